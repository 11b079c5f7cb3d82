import type { Event, Invitation, InvitationResult, ListedMember, ListedRole, Page, Tenant } from '@tenantry/core'
import type { z } from 'zod'
import { unixSeconds } from '../http/fields.js'
import type * as answers from './answers.js'
import { wireError } from './errors.js'
import { toWireRole } from './roles.js'

export function presentSummary({ id, name, status, createdAt }: Tenant): z.infer<typeof answers.WorkspaceSummary> {
  return { id, name, status: status === 'active' ? 'normal' : 'archived', created_at: unixSeconds(createdAt) }
}

/** `roles` are the caller's. */
export function presentDetail(tenant: Tenant, roles: readonly string[]): z.infer<typeof answers.WorkspaceDetail> {
  const { removeBranding, logoId } = tenant.settings
  return {
    ...presentSummary(tenant),
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

export function presentAccount({ user, ...membership }: ListedMember): z.infer<typeof answers.Account> {
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

export function presentRole({ key, permissions, ...role }: ListedRole): z.infer<typeof answers.Role> {
  return { ...role, key: role.own ? key : toWireRole(key), permissions: [...permissions] }
}

export function presentInvitation(invitation: Invitation): z.infer<typeof answers.Invitation> {
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

export function presentInvitationResult(result: InvitationResult): z.infer<typeof answers.InvitationResult> {
  if (result.status === 'invited') return { status: 'success', email: result.email, url: result.link }
  const { code, message } = wireError(result.error)
  return { status: 'failed', email: result.email, code, message }
}

export function presentEvent({ id, type, actorId, target, at, ip, data }: Event): z.infer<typeof answers.AuditEvent> {
  return { id, type, actor: actorId, target, at: unixSeconds(at), ip, data }
}

/** Where a numbered page stands in its list. */
export function presentPage(
  { limit, page }: { readonly limit: number; readonly page: number },
  { nextCursor, total = 0 }: Page<unknown>,
): z.infer<typeof answers.PageFacts> {
  return { has_more: nextCursor !== null, limit, page, total }
}

function secondsOrNull(milliseconds: number | null): number | null {
  return milliseconds === null ? null : unixSeconds(milliseconds)
}
