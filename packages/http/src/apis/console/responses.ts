import type { Event, Invitation, InvitationResult, ListedMember, ListedRole, Page, Tenant } from '@tenantry/core'
import type { z } from 'zod'
import { unixSeconds } from '../../handler/fields.js'
import type * as responses from './schemas.js'
import { wireError } from './errors.js'
import { toWireRole } from './roles.js'

export function toSummaryResponse({ id, name, status, createdAt }: Tenant): z.infer<typeof responses.WorkspaceSummary> {
  return { id, name, status: status === 'active' ? 'normal' : 'archived', created_at: unixSeconds(createdAt) }
}

/** `roles` are the caller's. */
export function toDetailResponse(tenant: Tenant, roles: readonly string[]): z.infer<typeof responses.WorkspaceDetail> {
  const { removeBranding, logoId } = tenant.settings
  return {
    ...toSummaryResponse(tenant),
    plan: tenant.plan,
    role: firstRole(roles),
    custom_config: {
      remove_webapp_brand: removeBranding === true,
      replace_webapp_logo: typeof logoId === 'string' ? logoId : null,
    },
  }
}

export function firstRole([role = '']: readonly string[]): string {
  return toWireRole(role)
}

export function toAccountResponse({ user, ...membership }: ListedMember): z.infer<typeof responses.Account> {
  return {
    id: user.id,
    name: user.name,
    email: user.email,
    avatar: user.avatarUrl,
    role: firstRole(membership.roles),
    roles: membership.roles.map(toWireRole),
    status: membership.active && user.status === 'active' ? 'active' : 'inactive',
    last_login_at: secondsOrNull(user.lastLoginAt),
    last_active_at: secondsOrNull(membership.lastActiveAt),
    created_at: unixSeconds(membership.createdAt),
  }
}

export function toRoleResponse({ key, permissions, ...role }: ListedRole): z.infer<typeof responses.Role> {
  return { ...role, key: role.custom ? key : toWireRole(key), permissions: [...permissions] }
}

export function toInvitationResponse(invitation: Invitation): z.infer<typeof responses.Invitation> {
  return {
    id: invitation.id,
    email: invitation.email,
    role: toWireRole(invitation.role),
    status: invitation.status,
    invited_by: invitation.inviterId,
    created_at: unixSeconds(invitation.createdAt),
    expires_at: unixSeconds(invitation.expiresAt),
  }
}

export function toInvitationResultResponse(result: InvitationResult): z.infer<typeof responses.InvitationResult> {
  if (result.status === 'invited') return { status: 'success', email: result.email, url: result.link }
  const { code, message } = wireError(result.error)
  return { status: 'failed', email: result.email, code, message }
}

export function toEventResponse({
  id,
  type,
  actorId,
  target,
  at,
  ip,
  data,
}: Event): z.infer<typeof responses.AuditEvent> {
  return { id, type, actor: actorId, target, at: unixSeconds(at), ip, data }
}

/** The position of a numbered page in its list. */
export function toPageResponse(
  { limit, page }: { readonly limit: number; readonly page: number },
  { nextCursor, total = 0 }: Page<unknown>,
): z.infer<typeof responses.PageFacts> {
  return { has_more: nextCursor !== null, limit, page, total }
}

function secondsOrNull(milliseconds: number | null): number | null {
  return milliseconds === null ? null : unixSeconds(milliseconds)
}
