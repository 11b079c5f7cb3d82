import assert from 'node:assert/strict'
import type { Event, Invitation, Member, Storage, Tenant } from '@tenantry/core'
import { followChain } from './chain.js'
import { replay } from './replay.js'
import { replayResources, resourcesIn } from './replay-resources.js'

/** A tenant with everybody and everything in it. */
export interface TenantState {
  readonly tenant: Tenant
  readonly members: readonly Member[]
  readonly invitations: readonly Invitation[]
  readonly events: readonly Event[]
}

const BATCH = 500

/**
 * Reads a tenant and proves that it is whole: its hash chain holds, it is what its audit log tells, exactly one member
 * is its owner, and active, and as many members are counted as there are.
 *
 * @throws {Error} telling what is wrong.
 */
export async function wholeTenant(storage: Storage, tenantId: string): Promise<TenantState> {
  const tenant = await storage.read.tenants.find(tenantId)
  assert.ok(tenant, `the tenant ${tenantId} is gone`)
  const events = await readChain(storage, tenantId)
  const members = await storage.read.memberships.list({ tenantId, page: { limit: BATCH } })
  assert.equal(await storage.read.memberships.count({ tenantId }), members.length, `the tenant ${tenantId} miscounts`)
  const invitations = await storage.read.invitations.list({ tenantId, page: { limit: BATCH } })
  const roles = await storage.read.roles.list(tenantId)
  const resources = await resourcesIn(storage, tenantId, members)
  const owners = members.filter(({ roles }) => roles.includes('owner'))
  assert.deepEqual(
    owners.map(({ userId, active }) => ({ userId, active })),
    [{ userId: tenant.ownerId, active: true }],
    `the tenant ${tenantId} needs one owner, who is an active member`,
  )
  const state = {
    status: tenant.status,
    ownerId: tenant.ownerId,
    members: Object.fromEntries(
      members.map(({ userId, roles, active, overrides }) => [userId, { roles, active, overrides }]),
    ),
    roles: Object.fromEntries(roles.map(({ key, name, rank, permissions }) => [key, { name, rank, permissions }])),
    invitations: Object.fromEntries(invitations.map(({ id, role, status }) => [id, { role, status }])),
  }
  assert.deepEqual(
    resources,
    replayResources(tenantId, events),
    `the resources of ${tenantId} are not what its log tells`,
  )
  assert.deepEqual(state, replay(events), `the tenant ${tenantId} is not what its audit log (the second) tells`)
  return { tenant, members, invitations, events }
}

async function readChain({ read }: Storage, tenantId: string): Promise<readonly Event[]> {
  const events: Event[] = []
  for (;;) {
    const batch = await read.events.list({
      scope: { tenantId },
      order: 'oldest',
      limit: BATCH,
      after: events.at(-1)?.seq ?? 0,
    })
    events.push(...batch)
    if (batch.length < BATCH) break
  }
  followChain(events)
  return events
}
