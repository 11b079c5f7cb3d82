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
   * The absolute URL of the page on which users approve a device. Default: `/device` below `publicUrl`. Without either,
   * links use the host name of the request, and in production (`NODE_ENV=production`) device sign-in is disabled.
   */
  readonly verificationUri?: string | undefined
}

interface OpenapiParts extends OpenapiOptions {
  readonly userManagement: 'builtin' | 'external'
  /** The path of the API in the handler that serves the page `/device`. */
  readonly prefix: string
  readonly publicUrl?: string | undefined
}

/**
 * The `openapi` API for programs with an access token, such as a command line: workspaces, members, sessions, device
 * sign-in.
 */
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

/** @throws {TypeError} naming the option, unless the value is an absolute URL. */
function knownPage({ verificationUri, publicUrl }: Pick<OpenapiParts, 'verificationUri' | 'publicUrl'>) {
  if (verificationUri !== undefined) return checkUrl('verificationUri', verificationUri).href
  return publicUrl === undefined ? null : `${checkUrl('publicUrl', publicUrl).href.replace(/\/$/, '')}/device`
}

/** Links use the host name of the request only in development, because clients can forge it. */
function isProduction(): boolean {
  return process.env['NODE_ENV'] === 'production'
}

function withoutEnd(address: string, end: string): string {
  return address.slice(0, address.length - end.length)
}
