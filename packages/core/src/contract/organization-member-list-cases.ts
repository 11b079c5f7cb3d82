import assert from 'node:assert/strict'
import { contractCase } from './contract-case.js'
import {
  organizationFixture,
  twoTenantsFixture,
  usersFixture,
  membershipOf,
  noon,
  organizationMembershipOf,
  organizationOf,
} from './fixtures/rows.js'
import { assertPages, scatteredPlaces } from './pages.js'
import { write } from './write.js'

const page = { limit: 100 }

export const organizationMemberListCases = [
  contractCase(
    'organization-member-list',
    "A list holds one organization's members only, oldest first, each with the user",
    async (storage) => {
      await twoTenantsFixture(storage)
      await organizationFixture(storage, 'umbrella', ['ann', 'bob'])
      await organizationFixture(storage, 'omega', ['zoe'])
      const zoe = organizationMembershipOf({
        organizationId: 'umbrella',
        userId: 'zoe',
        createdAt: noon - 1,
        active: false,
      })
      await write(storage, (tx) => tx.organizationMembers.insert(zoe))
      const listed = await storage.read.organizationMembers.list({ organizationId: 'umbrella', page })
      assert.deepEqual(
        listed.map(({ userId }) => userId),
        ['zoe', 'ann', 'bob'],
      )
      assert.deepEqual(listed[0], { ...zoe, user: await storage.read.users.find('zoe') })
      assert.deepEqual(await storage.read.organizationMembers.list({ organizationId: 'acme', page }), [])
    },
  ),

  contractCase(
    'organization-member-list-pages',
    'Members of an organization are paged without gap or repetition',
    async (storage) => {
      await usersFixture(storage, ...scatteredPlaces.map(({ id }) => id))
      await write(storage, async (tx) => {
        for (const id of ['umbrella', 'omega']) await tx.organizations.insert(organizationOf({ id }))
        for (const { id: userId, at: createdAt } of scatteredPlaces) {
          await tx.organizationMembers.insert(
            organizationMembershipOf({ organizationId: 'umbrella', userId, createdAt }),
          )
          await tx.organizationMembers.insert(organizationMembershipOf({ organizationId: 'omega', userId }))
        }
      })
      await assertPages(
        'oldest',
        (page) => storage.read.organizationMembers.list({ organizationId: 'umbrella', page }),
        ({ userId, createdAt }) => ({ id: userId, at: createdAt }),
      )
    },
  ),

  contractCase('organization-member-count', 'A count of members is what the list lists', async (storage) => {
    await twoTenantsFixture(storage)
    await organizationFixture(storage, 'umbrella', ['ann', 'bob', 'eve'])
    await organizationFixture(storage, 'omega', ['zoe'])
    const count = (organizationId: string) => storage.read.organizationMembers.count({ organizationId })
    await write(storage, (tx) =>
      tx.organizationMembers.update({ organizationId: 'umbrella', userId: 'eve', set: { active: false } }),
    )
    assert.deepEqual([await count('umbrella'), await count('omega'), await count('nowhere')], [3, 1, 0])
  }),

  contractCase('organization-member-count-admins', 'A count of admins counts those who are active', async (storage) => {
    await twoTenantsFixture(storage)
    await organizationFixture(storage, 'umbrella', ['ann', 'bob', 'eve', 'zoe'])
    await organizationFixture(storage, 'omega', ['zoe'])
    const set = (userId: string, flags: { active?: boolean; admin?: boolean }) =>
      write(storage, (tx) => tx.organizationMembers.update({ organizationId: 'umbrella', userId, set: flags }))
    const count = (organizationId = 'umbrella') => storage.read.organizationMembers.countAdmins({ organizationId })
    assert.equal(await count(), 1)
    await set('bob', { admin: true })
    await set('eve', { admin: true, active: false })
    await set('zoe', { active: false })
    assert.equal(await count(), 2)
    await set('ann', { active: false })
    assert.equal(await count(), 1)
    await set('bob', { admin: false })
    assert.deepEqual([await count(), await count('omega'), await count('nowhere')], [0, 1, 0])
  }),

  contractCase(
    'organization-member-list-by-user',
    'A person’s organizations are listed by id, whether active in them or not',
    async (storage) => {
      await usersFixture(storage, 'ann', 'bob')
      const z = await organizationFixture(storage, 'z', ['bob', 'ann'])
      const upper = await organizationFixture(storage, 'Z', ['ann'])
      const a = await organizationFixture(storage, 'a', ['ann'])
      await organizationFixture(storage, 'b', ['bob'])
      await write(storage, (tx) =>
        tx.organizationMembers.update({ organizationId: 'z', userId: 'ann', set: { active: false } }),
      )
      const of = (organizationId: string, flags: { active?: boolean; admin?: boolean }) =>
        organizationMembershipOf({ organizationId, userId: 'ann', ...flags })
      assert.deepEqual(await storage.read.organizationMembers.listByUser('ann'), [
        { organization: upper, membership: of('Z', { admin: true }) },
        { organization: a, membership: of('a', { admin: true }) },
        { organization: z, membership: of('z', { active: false }) },
      ])
      assert.deepEqual(await storage.read.organizationMembers.listByUser('nobody'), [])
    },
  ),

  contractCase(
    'organization-member-list-in-tenant',
    'The organization’s members among those of a tenant are exactly the members of both',
    async (storage) => {
      await twoTenantsFixture(storage)
      await organizationFixture(storage, 'umbrella', ['zoe', 'eve', 'bob'])
      await organizationFixture(storage, 'omega', ['ann'])
      await write(storage, async (tx) => {
        await tx.organizationMembers.update({ organizationId: 'umbrella', userId: 'bob', set: { active: false } })
        await tx.memberships.update({ tenantId: 'acme', userId: 'eve', set: { active: false } })
      })
      const list = (organizationId: string, tenantId: string) =>
        storage.read.organizationMembers.listInTenant({ organizationId, tenantId })
      assert.deepEqual(await list('umbrella', 'acme'), [
        organizationMembershipOf({ organizationId: 'umbrella', userId: 'bob', active: false }),
        organizationMembershipOf({ organizationId: 'umbrella', userId: 'eve' }),
      ])
      assert.deepEqual(
        (await list('umbrella', 'zeta')).map(({ userId, admin }) => [userId, admin]),
        [['zoe', true]],
      )
      await write(storage, (tx) => tx.memberships.insert(membershipOf({ tenantId: 'acme', userId: 'zoe' })))
      assert.equal((await list('umbrella', 'acme')).length, 3)
      assert.deepEqual([await list('umbrella', 'nowhere'), await list('nowhere', 'acme')], [[], []])
    },
  ),
]
