import { TenancyError } from '@tenantry/core'
import type { Bearer } from '@tenantry/core'
import { z } from 'zod'
import { WireId } from '../../../handler/fields.js'
import { defineRoute } from '../../../handler/route.js'
import type { Call } from '../../../handler/route.js'
import { AccountOfSubject, pageOf, Revoked, REVOKED, Session, WorkspaceOfAccount } from '../schemas.js'
import { collectWorkspaces } from '../collect-workspaces.js'
import {
  pageQuery,
  toAccountResponse,
  toAccountWorkspaceResponse,
  toPageResponse,
  toSessionResponse,
} from '../responses.js'

const tag = 'Account'

const getAccount = defineRoute({
  method: 'GET',
  path: '/account',
  summary: 'Who bears the token',
  tag,
  external: true,
  response: z.object({
    subject_type: z.enum(['account', 'external_sso']),
    subject_email: z.string(),
    subject_issuer: z.string().nullable(),
    account: AccountOfSubject.nullable(),
    workspaces: z.array(WorkspaceOfAccount),
    default_workspace_id: WireId.nullable(),
  }),
  async run(call) {
    const bearer = bearerOf(call)
    if (bearer.kind === 'external') {
      return {
        subject_type: 'external_sso' as const,
        subject_email: bearer.subject.email,
        subject_issuer: bearer.subject.issuer,
        account: null,
        workspaces: [],
        default_workspace_id: null,
      }
    }
    return {
      subject_type: 'account' as const,
      subject_email: bearer.user.email,
      subject_issuer: null,
      account: toAccountResponse(bearer.user),
      workspaces: (await collectWorkspaces(call.as)).map(toAccountWorkspaceResponse),
      default_workspace_id: (await call.as.tenants.current())?.tenant.id ?? null,
    }
  },
})

const listSessions = defineRoute({
  method: 'GET',
  path: '/account/sessions',
  summary: 'List the caller’s valid tokens, newest first',
  tag,
  external: true,
  query: z.strictObject(pageQuery),
  response: pageOf(Session),
  async run(call) {
    const bearer = bearerOf(call)
    if (bearer.kind === 'account') {
      return toPageResponse(
        call.query,
        await call.as.accessTokens.list({ ...call.query, live: true }),
        toSessionResponse,
      )
    }
    const { accessTokens } = call.tenancy.asExternal(bearer.subject)
    return toPageResponse(call.query, await accessTokens.list(call.query), toSessionResponse)
  },
})

const revokeSelf = defineRoute({
  method: 'DELETE',
  path: '/account/sessions/self',
  summary: 'End the token that the request bears',
  tag,
  external: true,
  response: Revoked,
  run: (call) => revoke(call, bearerOf(call).token.id),
})

const revokeSession = defineRoute({
  method: 'DELETE',
  path: '/account/sessions/{session_id}',
  summary: 'End a token of one’s own',
  tag,
  external: true,
  params: z.strictObject({ session_id: WireId }),
  response: Revoked,
  run: (call) => revoke(call, call.params.session_id),
})

async function revoke(call: Call, tokenId: string): Promise<typeof REVOKED> {
  const bearer = bearerOf(call)
  if (bearer.kind === 'account') await call.as.accessTokens.revoke({ tokenId })
  else await call.tenancy.asExternal(bearer.subject).accessTokens.revoke({ tokenId })
  return REVOKED
}

function bearerOf({ bearer }: Call): Bearer {
  if (bearer === null) throw new TenancyError('unauthenticated', 'Sign in first', {})
  return bearer
}

export const accountRoutes = [getAccount, listSessions, revokeSelf, revokeSession]
