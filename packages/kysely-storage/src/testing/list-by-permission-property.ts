import assert from 'node:assert/strict'
import { createTenancy, isTenancyError, SYSTEM, type Storage } from '@tenantry/core'
import fc from 'fast-check'

const here = 'tenant-a'
const members = ['owner', 'ann', 'bob', 'cat', 'dan', 'eve']
/** The tenant's organization has all of them, and two who are no members of the tenant. */
const people = [...members, 'fay', 'gus']
const resources = { doc: ['read', 'write'], note: ['read'] } as const
const roles = {
  clerk: { rank: 15, name: 'Clerk', permissions: ['doc:write', 'member:read'] },
  editor: { rank: 30, name: 'Editor', permissions: ['*:read', 'member:read'] },
  boss: { rank: 30, name: 'Boss', unrestricted: true, permissions: [] },
}

const permission = fc.constantFrom('doc:read', 'doc:write', 'note:read', 'member:read', 'tenant:transfer', 'doc:fly')
const member = fc.record({
  roles: fc.uniqueArray(fc.constantFrom('admin', 'boss', 'editor', 'viewer', 'clerk', 'helper', 'gone'), {
    minLength: 1,
    maxLength: 3,
  }),
  overrides: fc.dictionary(fc.constantFrom('doc:read', 'doc:write', 'member:read', 'doc:fly'), fc.boolean(), {
    noNullPrototype: true,
    maxKeys: 3,
  }),
  active: fc.constantFrom(true, true, true, false),
  status: fc.constantFrom('active' as const, 'active' as const, 'disabled' as const),
})
const above = fc.record({ admin: fc.boolean(), active: fc.constantFrom(true, true, true, false) })
/** The tenant's custom roles: one that nobody else has, one of a key that the host has, too. */
const customRoles = fc.dictionary(fc.constantFrom('helper', 'clerk', 'viewer'), fc.uniqueArray(permission), {
  noNullPrototype: true,
})
const tenant = fc.constantFrom(here, here, 'tenant-b', null, undefined)
const resource = fc.option(
  fc.record({
    ownerId: fc.constantFrom(...people, 'stranger', null, undefined),
    visibility: fc.constantFrom('tenant' as const, 'tenant' as const, 'private' as const, undefined),
    tenantId: tenant,
    sharedTenantId: fc.oneof(fc.constant(null), tenant),
  }),
  { nil: undefined },
)
const fixture = fc.record({
  places: fc.tuple(member, member, member, member, member),
  organizationMemberships: fc.tuple(above, above, above, above, above, above, above),
  customRoles,
  questions: fc.array(fc.record({ permission, resource }), { minLength: 1, maxLength: 4 }),
})

/** Whoever is listed as having a permission is told so when asked about alone, and nobody else. */
export async function checkListByPermission(storage: Storage, numRuns: number): Promise<void> {
  const tenancy = createTenancy<Record<string, readonly string[]>>({ storage, resources, roles, newId: () => here })
  const system = tenancy.as(SYSTEM)
  for (const id of people) await system.users.create({ id, email: `${id}@example.com` })
  const umbrella = { shortName: 'umbrella', displayName: 'Umbrella', adminId: 'owner' }
  const { id: organizationId } = await system.organizations.create(umbrella)
  for (const userId of people.slice(1)) await system.organization(organizationId).members.add({ userId })
  await tenancy.as({ userId: 'owner' }).organization(organizationId).tenants.create({ name: 'Here' })
  const fresh = {
    tenantId: here,
    invitedBy: null,
    lastActiveAt: null,
    metadata: null,
    active: true,
    roles: [],
    overrides: {},
  }
  const locks = { tenants: [here], organizations: [organizationId], users: people }
  await storage.transaction(locks, async (tx) => {
    for (const userId of members.slice(1)) await tx.memberships.insert({ ...fresh, userId, createdAt: userId.length })
  })
  const asked = tenancy.as({ userId: 'owner' }).in(here).members

  /** Whoever is no member, and does not run the organization, has nothing to explain. */
  async function isAllowed(question: Parameters<typeof asked.explain>[0]): Promise<boolean> {
    try {
      return (await asked.explain(question)).allowed
    } catch (error) {
      if (isTenancyError(error, 'member_not_found')) return false
      throw error
    }
  }

  async function whoIsListed(question: Parameters<typeof asked.listByPermission>[0]): Promise<readonly string[]> {
    const listed: string[] = []
    let cursor: string | null = null
    do {
      const page: Awaited<ReturnType<typeof asked.listByPermission>> = await asked.listByPermission({
        ...question,
        limit: 2,
        ...(cursor !== null && { cursor }),
      })
      listed.push(...page.items.map(({ userId }) => userId))
      cursor = page.nextCursor
    } while (cursor !== null)
    return listed
  }

  await fc.assert(
    fc.asyncProperty(fixture, async ({ places, organizationMemberships, customRoles, questions }) => {
      await storage.transaction(locks, async (tx) => {
        for (const { key } of await tx.roles.list(here)) await tx.roles.delete({ tenantId: here, key })
        for (const [key, permissions] of Object.entries(customRoles)) {
          await tx.roles.insert({ tenantId: here, key, name: key, rank: 5, permissions, createdAt: 0 })
        }
        for (const [at, set] of organizationMemberships.entries()) {
          await tx.organizationMembers.update({ organizationId, userId: people[at + 1] ?? '', set })
        }
        for (const [at, { status, ...set }] of places.entries()) {
          const userId = people[at + 1] ?? ''
          await tx.memberships.update({ tenantId: here, userId, set })
          await tx.users.update({ id: userId, set: { status } })
        }
      })
      for (const { permission, resource } of questions) {
        // Names that are declared, and one that is not.
        const question = { permission: permission as `${string}:${string}`, ...(resource && { resource }) }
        const expected: string[] = []
        for (const userId of people) {
          if (await isAllowed({ ...question, userId })) expected.push(userId)
        }
        assert.deepEqual([...(await whoIsListed(question))].sort(), expected.sort())
        assert.equal((await asked.listByPermission({ ...question, page: 1 })).total, expected.length)
      }
    }),
    { numRuns },
  )
}
