import assert from 'node:assert/strict'
import type { Storage } from '../storage/port.js'
import { contractCase } from './contract-case.js'
import {
  tenantFixture,
  twoTenantsFixture,
  usersFixture,
  membershipOf,
  noon,
  tenantOf,
  userOf,
} from './fixtures/rows.js'
import { assertPages, scatteredPlaces } from './pages.js'
import { write } from './write.js'

const page = { limit: 100 }

/** Ann is a member of six tenants, but an active one of an active one only in `older`, since long, and in `newer`. */
async function tenantsOfAnnFixture(storage: Storage): Promise<void> {
  await usersFixture(storage, 'ann', 'bob')
  await tenantFixture(storage, 'newer', ['bob', 'ann'])
  await tenantFixture(storage, 'older', ['bob'], { createdAt: noon - 5 })
  await tenantFixture(storage, 'suspended', ['ann'], { status: 'suspended' })
  await tenantFixture(storage, 'archived', ['ann'], { status: 'archived' })
  await tenantFixture(storage, 'deleted', ['ann'], { status: 'deleted' })
  await tenantFixture(storage, 'inactive', ['bob', 'ann'])
  await tenantFixture(storage, 'foreign', ['bob'])
  await write(storage, async (tx) => {
    await tx.memberships.insert(membershipOf({ tenantId: 'older', userId: 'ann', createdAt: noon - 1 }))
    await tx.memberships.update({ tenantId: 'inactive', userId: 'ann', set: { active: false } })
  })
}

export const tenantListCases = [
  contractCase(
    'tenant-list-by-user',
    "A user's list holds active tenants with an active membership only",
    async (storage) => {
      await tenantsOfAnnFixture(storage)
      const listed = await storage.read.tenants.listByUser({ userId: 'ann', page })
      assert.deepEqual(
        listed.map(({ tenant }) => tenant.id),
        ['older', 'newer'],
      )
      for (const { tenant, membership } of listed) {
        assert.deepEqual(tenant, await storage.read.tenants.find(tenant.id))
        const createdAt = tenant.id === 'older' ? noon - 1 : noon
        assert.deepEqual(membership, membershipOf({ tenantId: tenant.id, userId: 'ann', createdAt }))
      }
      assert.deepEqual(await storage.read.tenants.listByUser({ userId: 'nobody', page }), [])
    },
  ),

  contractCase('tenant-list-by-user-pages', "A user's tenants are paged without gap or repetition", async (storage) => {
    await usersFixture(storage, 'ann', 'bob')
    await write(storage, async (tx) => {
      for (const { id, at } of scatteredPlaces) {
        await tx.tenants.insert(tenantOf({ id, ownerId: 'ann', createdAt: noon - (at % 10) }))
        await tx.memberships.insert(membershipOf({ tenantId: id, userId: 'ann', createdAt: at }))
        await tx.memberships.insert(membershipOf({ tenantId: id, userId: 'bob', createdAt: noon }))
      }
    })
    await assertPages(
      'oldest',
      (request) => storage.read.tenants.listByUser({ userId: 'ann', page: request }),
      ({ membership, tenant }) => ({ at: membership.createdAt, id: tenant.id }),
    )
  }),

  contractCase(
    'tenant-list-by-user-members',
    "A tenant in a person's list tells its members on request",
    async (storage) => {
      await twoTenantsFixture(storage)
      await tenantFixture(storage, 'third', ['bob', 'zoe'])
      await write(storage, (tx) => tx.memberships.update({ tenantId: 'acme', userId: 'eve', set: { active: false } }))
      const list = async (countMembers?: boolean) => {
        const query = { userId: 'bob', page, ...(countMembers === undefined ? {} : { countMembers }) }
        const rows = await storage.read.tenants.listByUser(query)
        return Object.fromEntries(rows.map(({ tenant, membersCount }) => [tenant.id, membersCount]))
      }
      assert.deepEqual(await list(true), { acme: 3, third: 2 })
      assert.deepEqual(
        [await list(false), await list()],
        [
          { acme: null, third: null },
          { acme: null, third: null },
        ],
      )
    },
  ),

  contractCase('tenant-count-by-user', "The count of a user's tenants is the length of their list", async (storage) => {
    await tenantsOfAnnFixture(storage)
    for (const [userId, count] of [
      ['ann', 2],
      ['bob', 4],
      ['nobody', 0],
    ] as const) {
      assert.equal(await storage.read.tenants.countByUser({ userId }), count)
      assert.equal((await storage.read.tenants.listByUser({ userId, page })).length, count)
    }
  }),

  contractCase('tenant-list-all', 'The list of all tenants holds every status but deleted', async (storage) => {
    assert.deepEqual(await storage.read.tenants.listAll({ page }), [])
    await tenantsOfAnnFixture(storage)
    const listed = await storage.read.tenants.listAll({ page })
    assert.deepEqual(
      listed.map(({ id }) => id),
      ['suspended', 'newer', 'inactive', 'foreign', 'archived', 'older'],
    )
    for (const tenant of listed) assert.deepEqual(tenant, await storage.read.tenants.find(tenant.id))
  }),

  contractCase('tenant-list-all-pages', 'All tenants are paged without gap or repetition', async (storage) => {
    await usersFixture(storage, 'ann')
    for (const { id, at } of scatteredPlaces) await tenantFixture(storage, id, ['ann'], { createdAt: at })
    await assertPages(
      'newest',
      (request) => storage.read.tenants.listAll({ page: request }),
      ({ createdAt, id }) => ({ at: createdAt, id }),
    )
  }),

  contractCase('tenant-count-all', 'The count of all tenants is the length of their list', async (storage) => {
    assert.equal(await storage.read.tenants.countAll(), 0)
    await tenantsOfAnnFixture(storage)
    assert.equal(await storage.read.tenants.countAll(), 6)
  }),

  contractCase(
    'tenant-current',
    'The current tenant is the one switched to while it is open, else the first listed',
    async (storage) => {
      await tenantsOfAnnFixture(storage)
      await usersFixture(storage, userOf({ id: 'eve' }))
      const currentAfter = async (currentTenantId: string | null) => {
        await write(storage, (tx) => tx.users.setState({ id: 'ann', set: { currentTenantId } }))
        return storage.read.tenants.current({ userId: 'ann' })
      }
      const listed = await storage.read.tenants.listByUser({ userId: 'ann', page })
      const [first, second] = listed.map(({ tenant, membership }) => ({ tenant, membership }))
      assert.equal(second?.tenant.id, 'newer')
      assert.deepEqual(await currentAfter(null), first)
      assert.deepEqual(await currentAfter('newer'), second)
      for (const closed of ['suspended', 'archived', 'deleted', 'inactive', 'foreign']) {
        assert.deepEqual(await currentAfter(closed), first, `switched to ${closed}`)
      }
      assert.equal(await storage.read.tenants.current({ userId: 'eve' }), null)
      for (const id of ['b', 'a', 'B', 'c']) await tenantFixture(storage, id, ['eve'])
      assert.equal((await storage.read.tenants.current({ userId: 'eve' }))?.tenant.id, 'B')
      assert.equal(await storage.read.tenants.current({ userId: 'nobody' }), null)
    },
  ),
]
