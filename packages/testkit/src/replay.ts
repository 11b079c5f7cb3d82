import { isDeepStrictEqual } from 'node:util'
import type { Event, EventData, InvitationStatus, TenancyEvent, TenantRole, TenantStatus } from '@tenantry/core'

/** A tenant as its audit log tells it. */
export interface ReplayedTenant {
  status: TenantStatus
  ownerId: string | null
  readonly members: Record<string, ReplayedMember>
  readonly invitations: Record<string, { role: string; status: InvitationStatus }>
  readonly roles: Record<string, ReplayedRole>
}

interface ReplayedMember {
  roles: readonly string[]
  active: boolean
  overrides: Readonly<Record<string, boolean>>
}

type ReplayedRole = Pick<TenantRole, 'name' | 'rank' | 'permissions'>

/**
 * Makes a tenant anew from nothing but its events, oldest first. What comes out must be what the storage holds: a change
 * without its event, or an event without its change, makes a difference.
 */
export function replay(events: readonly Event[]): ReplayedTenant {
  const tenant: ReplayedTenant = { status: 'active', ownerId: null, members: {}, invitations: {}, roles: {} }
  // The library writes no event that is not declared; replaying tells when that is not so.
  for (const event of events) apply(tenant, event as TenancyEvent)
  return tenant
}

function apply(tenant: ReplayedTenant, event: TenancyEvent): void {
  const { members, invitations, roles } = tenant
  const id = event.target.id
  switch (event.type) {
    case 'tenant.created':
      tenant.ownerId = event.actorId
      return join(tenant, event.actorId ?? '', ['owner'])
    case 'tenant.archived':
      tenant.status = 'archived'
      return
    case 'tenant.restored':
      tenant.status = 'active'
      return
    case 'tenant.deleted':
      tenant.status = 'deleted'
      return
    case 'member.joined':
      if (event.data.via === 'invitation') resolve(tenant, [event.data.invitationId], 'accepted')
      else resolve(tenant, event.data.revokedInvitationIds, 'revoked')
      return join(tenant, id, [event.data.role])
    case 'member.added':
      resolve(tenant, event.data.revokedInvitationIds, 'revoked')
      return join(tenant, id, event.data.roles, event.data.active)
    case 'member.left':
    case 'member.removed':
      delete members[id]
      return resolve(tenant, event.data.revokedInvitationIds, 'revoked')
    case 'member.claimed':
      return claim(tenant, event.data.from, id)
    case 'member.roles_updated':
      return change(members[id], { roles: event.data.to })
    case 'member.activated':
      return change(members[id], { active: true })
    case 'member.deactivated':
      change(members[id], { active: false })
      return resolve(tenant, event.data.revokedInvitationIds, 'revoked')
    case 'member.overrides_updated':
      return change(members[id], { overrides: event.data.overrides })
    case 'invitation.created':
    case 'invitation.resent':
      invitations[id] = { role: event.data.role, status: 'pending' }
      return
    case 'invitation.revoked':
      return resolve(tenant, [id], 'revoked')
    case 'invitation.declined':
      return resolve(tenant, [id], 'declined')
    case 'role.created':
      if (roles[id]) throw new Error(`The audit log makes the role ${id} twice.`)
      roles[id] = event.data
      return
    case 'role.updated':
      return rewrite(roles, id, event.data)
    case 'role.deleted':
      if (!isDeepStrictEqual(roles[id], event.data)) throw new Error(`The audit log deletes another role ${id}.`)
      delete roles[id]
      return
    case 'ownership.transferred':
      tenant.ownerId = event.data.to
      change(members[event.data.from], { roles: ['admin'] })
      return change(members[event.data.to], { roles: ['owner'] })
    default:
  }
}

function join({ members }: ReplayedTenant, userId: string, roles: readonly string[], active = true): void {
  if (members[userId]) throw new Error(`The audit log lets ${userId} join twice.`)
  members[userId] = { roles, active, overrides: {} }
}

/** What somebody was who waited is what their person is; the person's own membership stays as it was. */
function claim(tenant: ReplayedTenant, from: string, to: string): void {
  const { members } = tenant
  const waited = members[from]
  if (!waited) throw new Error(`The audit log gives ${to} what ${from} never was.`)
  delete members[from]
  members[to] ??= waited
  if (tenant.ownerId !== from) return
  tenant.ownerId = to
  change(members[to], { roles: ['owner'], active: true })
}

function change(member: ReplayedMember | undefined, set: Partial<ReplayedMember>): void {
  if (!member) throw new Error('The audit log changes somebody who is no member.')
  Object.assign(member, set)
}

/** What an event says a role was before must be what it was. */
function rewrite(roles: Record<string, ReplayedRole>, key: string, { from, to }: EventData['role.updated']): void {
  const role = roles[key]
  if (!role || !isDeepStrictEqual({ ...role, ...from }, role)) throw new Error(`The audit log rewrites another ${key}.`)
  roles[key] = { ...role, ...to }
}

function resolve({ invitations }: ReplayedTenant, ids: readonly string[], status: InvitationStatus): void {
  for (const id of ids) {
    const invitation = invitations[id]
    if (invitation?.status !== 'pending') throw new Error(`The audit log resolves the invitation ${id} twice.`)
    invitation.status = status
  }
}
