import type { Surface } from '../http/surface.js'
import { OpenapiFailure, presentFailure } from './errors.js'
import { identify } from './identify.js'
import { accountRoutes } from './routes/account.js'
import { deviceRoutes, signInRoute } from './routes/devices.js'
import { memberRoutes } from './routes/members.js'
import { workspaceRoutes } from './routes/workspaces.js'

export interface OpenapiOptions {
  readonly accounts: 'tenantry' | 'host'
  /** Where the surface lies in the router that has the page `/device`. */
  readonly prefix: string
  readonly verificationUri?: string | undefined
}

/** What programs with a bearer token use, such as the command line: workspaces, members, sessions, device sign-in. */
export function openapiSurface({ accounts, prefix, verificationUri }: OpenapiOptions): Surface {
  const mount = prefix.replace(/\/$/, '')
  return {
    name: 'openapi',
    title: 'Programs with a token',
    routes: [
      ...workspaceRoutes,
      ...memberRoutes,
      ...accountRoutes,
      ...deviceRoutes({
        verificationUri: ({ baseUrl }) =>
          verificationUri ?? `${baseUrl.slice(0, baseUrl.length - mount.length)}/device`,
      }),
      ...(accounts === 'tenantry' ? [signInRoute] : []),
    ],
    identify,
    presentFailure,
    failure: OpenapiFailure,
    headers: { 'X-Frame-Options': 'DENY', 'Content-Security-Policy': "frame-ancestors 'none'" },
  }
}
