import { checkUrl } from '../../handler/origins.js'
import type { Api } from '../../handler/api.js'
import { OpenapiFailure, toFailureResponse } from './errors.js'
import { identify } from './identify.js'
import { accountRoutes } from './routes/account.js'
import { deviceRoutes, signInRoute } from './routes/devices.js'
import { memberRoutes } from './routes/members.js'
import { workspaceRoutes } from './routes/workspaces.js'

const INTRODUCTION = `Workspaces, members and sessions for programs that have an access token, and device sign-in (RFC 8628).

**Credential.** \`Authorization: Bearer\` with an access token of an account. The token of an external subject works
on \`/account\` only.

**Rate limit.** 60 requests per minute and token, unless the operator has set another. A 429 has \`Retry-After\`.`

export interface OpenapiOptions {
  /**
   * The whole address of the page on which people approve a device, as they reach it. Default: `/device` below
   * `publicUrl`. Without either it is linked at the host that a request names, and in production
   * (`NODE_ENV=production`) no device can begin to sign in.
   */
  readonly verificationUri?: string | undefined
}

interface OpenapiParts extends OpenapiOptions {
  readonly userManagement: 'builtin' | 'external'
  /** Where the API lies in the handler that has the page `/device`. */
  readonly prefix: string
  readonly publicUrl?: string | undefined
}

/** What programs with a bearer token use, such as the command line: workspaces, members, sessions, device sign-in. */
export function openapiApi({ userManagement, prefix, verificationUri, publicUrl }: OpenapiParts): Api {
  const mount = prefix.replace(/\/$/, '')
  const known = knownPage({ verificationUri, publicUrl })
  return {
    name: 'openapi',
    title: 'Programs with a token',
    introduction: INTRODUCTION,
    routes: [
      ...workspaceRoutes,
      ...memberRoutes,
      ...accountRoutes,
      ...deviceRoutes({
        verificationUri: ({ baseUrl }) => known ?? (isProduction() ? null : `${withoutEnd(baseUrl, mount)}/device`),
      }),
      ...(userManagement === 'builtin' ? [signInRoute] : []),
    ],
    identify,
    toFailureResponse,
    failure: OpenapiFailure,
    headers: { 'X-Frame-Options': 'DENY', 'Content-Security-Policy': "frame-ancestors 'none'" },
  }
}

/** @throws {TypeError} naming the option, for what is no whole address. */
function knownPage({ verificationUri, publicUrl }: Pick<OpenapiParts, 'verificationUri' | 'publicUrl'>) {
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
