import { z } from 'zod'
import { WireId, wireLine } from '../../../handler/fields.js'
import type { Call } from '../../../handler/route.js'
import { PAGE_HEADERS, pageOf, pageQuery, queryFlag, toPageReply } from '../pages.js'
import { present } from '../responses.js'
import { created, CREATED_HEADERS, pathOf, row } from '../row.js'
import { AccessToken, IssuedToken } from '../schemas.js'
import { currentPassword } from './me.js'

const tag = 'Access tokens'

const listTokens = row({
  method: 'GET',
  path: '/me/tokens',
  operationId: 'listMyTokens',
  summary: 'List the caller’s access tokens, newest first; never the tokens themselves',
  tag,
  external: true,
  query: z.strictObject({ ...pageQuery, live: queryFlag().describe('Whether only those that have not expired') }),
  response: pageOf(AccessToken),
  responseHeaders: PAGE_HEADERS,
  async run(call) {
    const { query, as } = call
    const { live: _, ...page } = query
    const external = ofSubject(call)
    if (!external) return toPageReply(query, await as.accessTokens.list(query), (token) => present(AccessToken, token))
    // The tokens of an external subject are listed while they are valid.
    return toPageReply(query, await external.list(page), (token) =>
      present(AccessToken, { ...token, signedInAt: null }),
    )
  },
})

const createToken = row({
  method: 'POST',
  path: '/me/tokens',
  operationId: 'createMyToken',
  summary: 'Create an access token for the caller, which is shown this once',
  tag,
  status: 201,
  body: z.strictObject({
    label: wireLine(100).optional(),
    days: z.int().min(1).max(365).optional().describe('How long it lives'),
    currentPassword,
  }),
  example: { label: 'Deployment', days: 30 },
  response: IssuedToken,
  responseHeaders: CREATED_HEADERS,
  async run(call) {
    const issued = await call.as.accessTokens.create(call.body)
    return created(call, pathOf('me', 'tokens', issued.token.id), present(IssuedToken, issued))
  },
})

const revokeToken = row({
  method: 'DELETE',
  path: '/me/tokens/{tokenId}',
  operationId: 'revokeMyToken',
  summary: 'Revoke one of the caller’s access tokens',
  tag,
  external: true,
  params: z.strictObject({ tokenId: WireId.describe('The ID of a token') }),
  status: 204,
  response: z.undefined(),
  async run(call) {
    const tokenId = call.params.tokenId
    return void (await (ofSubject(call) ?? call.as.accessTokens).revoke({ tokenId }))
  },
})

/** The token calls of an external subject; `null` for any other caller. */
function ofSubject({ tenancy, bearer }: Pick<Call, 'tenancy' | 'bearer'>) {
  return bearer?.kind === 'external' ? tenancy.asExternal(bearer.subject).accessTokens : null
}

export const tokenRoutes = [listTokens, createToken, revokeToken]
