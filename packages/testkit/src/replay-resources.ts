import assert from 'node:assert/strict'
import type { Event, Member, Storage, TenancyEvent } from '@tenantry/core'

/** A resource as a tenant knows it. `shared` says which way: out of the tenant, or into it. */
interface KnownResource {
  ownerId: string
  isOpen: boolean
  shared: 'out' | 'in' | null
}

type KnownResources = Record<string, KnownResource>

const LIMIT = 500

/**
 * What a storage holds of a tenant's resources, by type and id: all it sees, and what is shared from it.
 *
 * @throws {Error} when something is there that belongs to no member.
 */
export async function resourcesIn(
  { read }: Storage,
  tenantId: string,
  members: readonly Member[],
): Promise<KnownResources> {
  const known: KnownResources = {}
  const totals = await read.resources.totals({ tenantId })
  for (const { type, count } of totals) {
    for (const { userId } of members) {
      const page = { orderBy: 'name', direction: 'asc', page: { limit: LIMIT } } as const
      for (const { id, ...seen } of await read.resources.list({ tenantId, type, userId, show: 'own', ...page })) {
        const shared = seen.ownerTenantId === tenantId ? null : 'in'
        known[`${type} ${id}`] = { ownerId: seen.ownerId, isOpen: seen.visibility === 'tenant', shared }
      }
    }
    const found = Object.keys(known).filter((name) => name.startsWith(`${type} `))
    assert.equal(found.length, count, `the tenant ${tenantId} holds a ${type} of somebody who is no member`)
  }
  for (const { type, id, ownerId, ownerTenantId } of await read.resources.listShares({ tenantId })) {
    if (ownerTenantId === tenantId) known[`${type} ${id}`] = { ownerId, isOpen: true, shared: 'out' }
  }
  return known
}

/** The same from nothing but the tenant's events, oldest first. */
export function replayResources(tenantId: string, events: readonly Event[]): KnownResources {
  const known: KnownResources = {}
  // The library writes no event that is not declared; replaying tells when that is not so.
  for (const event of events) apply(known, tenantId, event as TenancyEvent)
  return known
}

function apply(known: KnownResources, tenantId: string, event: TenancyEvent): void {
  const name = 'type' in event.data ? `${event.data.type} ${event.target.id}` : ''
  const resource = known[name]
  switch (event.type) {
    case 'resource.created':
      assert.equal(resource, undefined, `the audit log makes the ${name} twice`)
      known[name] = { ownerId: event.actorId ?? '', isOpen: event.data.visibility === 'tenant', shared: null }
      return
    case 'resource.deleted':
      delete known[name]
      return
    case 'resource.shared':
      if (resource?.shared === null) {
        Object.assign(resource, { isOpen: true, shared: event.data.tenantId === tenantId ? null : 'out' })
        return
      }
      assert.equal(resource, undefined, `the audit log shares the ${name} twice`)
      known[name] = { ownerId: event.actorId ?? '', isOpen: true, shared: 'in' }
      return
    case 'resource.unshared':
      assert.ok(resource, `the audit log takes the ${name} back, which is not there`)
      if (resource.shared === 'in') delete known[name]
      else Object.assign(resource, { isOpen: false, shared: null })
      return
    case 'resource.transferred':
      assert.equal(resource?.ownerId, event.data.from, `the audit log transfers the ${name} of somebody else`)
      resource.ownerId = event.data.to
      return
    case 'resource.reassigned': {
      const theirs = Object.values(known).filter(({ ownerId }) => ownerId === event.target.id)
      assert.equal(theirs.length, event.data.count, 'the audit log passes on another number of resources')
      for (const one of theirs) one.ownerId = event.data.to
      return
    }
    default:
  }
}
