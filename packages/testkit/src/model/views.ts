import { addressKey, invitationsOf, membersOf, transferOf } from './model.js'
import type { Model, ModelUser } from './model.js'
import type { Observed } from './observe.js'

/** What the model and a storage both know, in one form. Lists without an order of their own are sorted by id. */

export function seenByStorage({ tenants, users, chains, tenantCount, userCount }: Observed) {
  return {
    tenantCount,
    userCount,
    tenants: tenants.map(({ tenant, members, invitations, transfer, resources, resourceCount, shares }) => ({
      id: tenant.id,
      name: tenant.name,
      slug: tenant.slug,
      plan: tenant.plan,
      status: tenant.status,
      ownerId: tenant.ownerId,
      members: byId(
        members.map(({ userId, roles, active, overrides, invitedBy }) => ({
          id: userId,
          roles: [...roles],
          active,
          overrides: { ...overrides },
          invitedBy,
        })),
      ),
      invitations: byId(
        invitations.map(({ id, emailKey, role, status, inviterId, expiresAt }) => ({
          id,
          emailKey,
          role,
          status,
          inviterId,
          expiresAt,
        })),
      ),
      transfer: transfer && { ownerId: transfer.ownerId, phase: transfer.phase, expiresAt: transfer.expiresAt },
      resourceCount,
      resources: byId(
        resources.map(({ id, ownerTenantId, ownerId, visibility }) => ({ id, ownerTenantId, ownerId, visibility })),
      ),
      shares: shares.map(
        ({ id, ownerTenantId, tenantId, ownerId }) => `${id} of ${ownerId}: ${ownerTenantId} to ${tenantId}`,
      ),
    })),
    users: users.map(({ user, accessTokenIds, currentTenantId }) => ({
      id: user.id,
      // What stands in place of a deleted account's address is the library's own matter.
      emailKey: user.status === 'deleted' ? null : user.emailKey,
      isVerified: user.emailVerifiedAt !== null,
      status: user.status,
      currentTenantId,
      accessTokenIds: [...accessTokenIds].sort(),
    })),
    events: Object.fromEntries(
      Object.entries(chains).map(([chain, events]) => [
        chain,
        events.map(({ type, actorId, target }) => `${type} of ${target.id} by ${actorId ?? 'nobody'}`),
      ]),
    ),
  }
}

export function seenByModel(model: Model): ReturnType<typeof seenByStorage> & { readonly mailed: readonly string[] } {
  return {
    tenantCount: model.tenants.filter(({ status }) => status !== 'deleted').length,
    userCount: model.users.filter(({ status }) => status !== 'deleted').length,
    tenants: model.tenants.map(({ id, name, slug, plan, status, ownerId }) => ({
      id,
      name,
      slug,
      plan,
      status,
      ownerId,
      members: byId(
        membersOf(model, id).map(({ userId, roles, active, overrides, invitedBy }) => ({
          id: userId,
          roles: [...roles],
          active,
          overrides,
          invitedBy,
        })),
      ),
      invitations: byId(
        invitationsOf(model, id).map(({ id, email, role, status, inviterId, expiresAt }) => ({
          id,
          emailKey: addressKey(email),
          role,
          status,
          inviterId,
          expiresAt,
        })),
      ),
      transfer: seenTransfer(model, id),
      ...seenResources(model, id),
    })),
    users: model.users.map((user) => ({
      id: user.id,
      emailKey: user.status === 'deleted' ? null : addressKey(user.email),
      isVerified: user.isVerified,
      status: user.status,
      currentTenantId: currentTenant(model, user),
      accessTokenIds: model.accessTokens
        .filter(({ userId }) => userId === user.id)
        .map(({ id }) => id)
        .sort(),
    })),
    events: Object.fromEntries(
      [...model.tenants, ...model.users].map(({ id }) => [
        id,
        model.events
          .filter(({ chain }) => chain === id)
          .map(({ type, actorId, targetId }) => `${type} of ${targetId} by ${actorId ?? 'nobody'}`),
      ]),
    ),
    // To who has no address goes no mail.
    mailed: model.mailed.filter((to) => !to.startsWith('no address ')).sort(),
  }
}

function seenResources(model: Model, seenIn: string) {
  const seen = model.resources.filter(({ tenantId }) => tenantId === seenIn)
  const shared = model.resources.filter((one) => one.tenantId !== one.ownerTenantId)
  return {
    resourceCount: seen.length,
    resources: byId(
      seen.map(({ id, ownerTenantId, ownerId, visibility }) => ({ id, ownerTenantId, ownerId, visibility })),
    ),
    shares: byId(shared.filter((one) => [one.tenantId, one.ownerTenantId].includes(seenIn))).map(
      ({ id, ownerTenantId, tenantId, ownerId }) => `${id} of ${ownerId}: ${ownerTenantId} to ${tenantId}`,
    ),
  }
}

function seenTransfer(model: Model, tenantId: string) {
  const transfer = transferOf(model, tenantId)
  return transfer ? { ownerId: transfer.ownerId, phase: transfer.phase, expiresAt: transfer.expiresAt } : null
}

/** The one switched to last, while the user is an active member and it is active; else the oldest membership's. */
function currentTenant(model: Model, { id: userId, currentTenantId }: ModelUser): string | null {
  const isActive = (tenantId: string) => model.tenants.some(({ id, status }) => id === tenantId && status === 'active')
  const usable = model.members
    .filter((member) => member.userId === userId && member.active && isActive(member.tenantId))
    .sort((a, b) => a.createdAt - b.createdAt || (a.tenantId < b.tenantId ? -1 : 1))
  return (usable.find(({ tenantId }) => tenantId === currentTenantId) ?? usable[0])?.tenantId ?? null
}

function byId<Row extends { readonly id: string }>(rows: Row[]): Row[] {
  return rows.sort((a, b) => (a.id < b.id ? -1 : 1))
}
