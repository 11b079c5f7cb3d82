import { createTenancy, memoryStorage, SYSTEM, type Access, type TenancyPermission } from '@tenantry/core'
import fc from 'fast-check'

/** Who asks, in the tenant `here`. */
export interface Asker {
  readonly roles: readonly string[]
  readonly overrides: Readonly<Record<string, boolean>>
}

export const here = 'tenant-a'
export const elsewhere = 'tenant-b'
export const ann = 'ann'

const resources = { thing: ['read', 'update'], other: ['read'] } as const

export type ThingPermission = 'thing:read' | 'thing:update' | 'other:read'
export type ThingAccess = Access<ThingPermission | TenancyPermission>

export const asker: fc.Arbitrary<Asker> = fc.record({
  roles: fc.uniqueArray(fc.constantFrom('owner', 'admin', 'editor', 'viewer', 'clerk', 'idle', 'gone'), {
    minLength: 1,
    maxLength: 2,
  }),
  overrides: fc.dictionary(fc.constantFrom('thing:read', 'thing:update', 'gone:read'), fc.boolean(), {
    noNullPrototype: true,
  }),
})

/** Answers the access of Ann as she then stands in `here`, from the library itself on its storage in memory. */
export async function givenAnn(): Promise<(asker: Asker) => Promise<ThingAccess>> {
  const storage = memoryStorage()
  const roles = {
    clerk: { rank: 15, name: 'Clerk', permissions: ['thing:update'] },
    idle: { rank: 1, name: 'Idle', permissions: [] },
  }
  const tenancy = createTenancy({ storage, resources, roles, newId: () => here })
  const host = tenancy.as(SYSTEM)
  for (const id of ['boss', ann]) await host.users.create({ id, email: `${id}@example.com` })
  await tenancy.as({ userId: 'boss' }).tenants.create({ name: 'Here' })
  const key = { tenantId: here, userId: ann }
  const first = {
    invitedBy: null,
    lastActiveAt: null,
    metadata: null,
    createdAt: 0,
    active: true,
    roles: [],
    overrides: {},
  }
  await storage.transaction({ tenants: [here] }, (tx) => tx.memberships.insert({ ...key, ...first }))
  return async (set) => {
    await storage.transaction({ tenants: [here] }, (tx) => tx.memberships.update({ ...key, set }))
    return tenancy.as({ userId: ann }).in(here).access()
  }
}
