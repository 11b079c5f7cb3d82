import type { AccessToken, ExternalToken, Member, Membership, Page, Tenant, User } from '@tenantry/core'
import type { z } from 'zod'
import { isoTime, isoTimeOrNull, queryInteger } from '../../handler/fields.js'
import type * as responses from './schemas.js'

interface OfCaller {
  readonly tenant: Tenant
  readonly membership: Pick<Membership, 'roles'>
}

export function toListedResponse(
  { tenant, membership }: OfCaller,
  currentId: string | undefined,
): z.infer<typeof responses.WorkspaceListed> {
  return {
    id: tenant.id,
    name: tenant.name,
    role: membership.roles[0] ?? '',
    status: tenant.status === 'active' ? 'normal' : 'archived',
    current: tenant.id === currentId,
  }
}

export function toDetailResponse(
  workspace: OfCaller,
  currentId: string | undefined,
): z.infer<typeof responses.WorkspaceDetail> {
  return { ...toListedResponse(workspace, currentId), created_at: isoTime(workspace.tenant.createdAt) }
}

export function toAccountWorkspaceResponse({
  tenant,
  membership,
}: OfCaller): z.infer<typeof responses.WorkspaceOfAccount> {
  return { id: tenant.id, name: tenant.name, role: membership.roles[0] ?? '' }
}

export function toMemberResponse({ user, roles, active }: Member): z.infer<typeof responses.Member> {
  const status = active && user.status === 'active' ? 'active' : 'inactive'
  return { id: user.id, name: user.name, email: user.email, role: roles[0] ?? '', status, avatar: user.avatarUrl }
}

export function toAccountResponse({ id, email, name }: User): z.infer<typeof responses.AccountOfSubject> {
  return { id, email, name }
}

export function toSessionResponse(token: AccessToken | ExternalToken): z.infer<typeof responses.Session> {
  return {
    id: token.id,
    prefix: token.prefix,
    ...(token.clientId === null ? {} : { client_id: token.clientId }),
    ...(token.label === null ? {} : { device_label: token.label }),
    created_at: isoTime(token.createdAt),
    last_used_at: isoTimeOrNull(token.lastUsedAt),
    expires_at: isoTime(token.expiresAt),
  }
}

/** The query parameters of a numbered page. */
export const pageQuery = {
  page: queryInteger({ maximum: 1_000_000, fallback: 1 }),
  limit: queryInteger({ maximum: 100, fallback: 20 }),
}

export function toPageResponse<Row, Wire>(
  { page, limit }: { readonly page: number; readonly limit: number },
  { items, nextCursor, total = 0 }: Page<Row>,
  present: (row: Row) => Wire,
) {
  return { page, limit, total, has_more: nextCursor !== null, data: items.map(present) }
}
