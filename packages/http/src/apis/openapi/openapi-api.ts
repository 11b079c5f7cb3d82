import { checkUrl } from '../../handler/origins.js'
import type { Api } from '../../handler/api.js'
import { OpenapiFailure, toFailureResponse } from './errors.js'
import { identify } from './identify.js'
import { accountRoutes } from './routes/account.js'
import { deviceRoutes, signInRoute } from './routes/devices.js'
import { memberRoutes } from './routes/members.js'
import { workspaceRoutes } from './routes/workspaces.js'

export interface OpenapiOptions {
  readonly accounts: 'tenantry' | 'host'
  /** Where the API lies in the router that has the page `/device`. */
  readonly prefix: string
  readonly verificationUri?: string | undefined
  readonly publicUrl?: string | undefined
}

/** What programs with a bearer token use, such as the command line: workspaces, members, sessions, device sign-in. */
export function openapiApi({ accounts, prefix, verificationUri, publicUrl }: OpenapiOptions): Api {
  const mount = prefix.replace(/\/$/, '')
  const known = knownPage({ verificationUri, publicUrl })
  return {
    name: 'openapi',
    title: 'Programs with a token',
    routes: [
      ...workspaceRoutes,
      ...memberRoutes,
      ...accountRoutes,
      ...deviceRoutes({
        verificationUri: ({ baseUrl }) => known ?? (isProduction() ? null : `${withoutEnd(baseUrl, mount)}/device`),
      }),
      ...(accounts === 'tenantry' ? [signInRoute] : []),
    ],
    identify,
    toFailureResponse,
    failure: OpenapiFailure,
    headers: { 'X-Frame-Options': 'DENY', 'Content-Security-Policy': "frame-ancestors 'none'" },
  }
}

/** @throws {TypeError} naming the option, for what is no whole address. */
function knownPage({ verificationUri, publicUrl }: Pick<OpenapiOptions, 'verificationUri' | 'publicUrl'>) {
  if (verificationUri !== undefined) return checkUrl('verificationUri', verificationUri).href
  return publicUrl === undefined ? null : `${checkUrl('publicUrl', publicUrl).href.replace(/\/$/, '')}/device`
}

/** Only while developing is the page linked under whatever name a request gives this host. */
function isProduction(): boolean {
  return process.env['NODE_ENV'] === 'production'
}

function withoutEnd(address: string, end: string): string {
  return address.slice(0, address.length - end.length)
}
