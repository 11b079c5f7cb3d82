import assert from 'node:assert/strict'
import { contractCase } from './contract-case.js'
import {
  organizationFixture,
  organizationMembershipOf,
  usersFixture,
  tenantFixture,
  twoTenantsFixture,
  membershipOf,
  roleOf,
} from './fixtures/rows.js'
import { write } from './write.js'

export const accessCases = [
  contractCase('access-find', 'Access holds tenant, user and membership as they stand now', async (storage) => {
    await twoTenantsFixture(storage)
    const elsewhere = membershipOf({ tenantId: 'zeta', userId: 'bob', roles: ['viewer', 'billing'] })
    await write(storage, (tx) => tx.memberships.insert(elsewhere))
    const facts = async () => {
      const [tenant, user] = [await storage.read.tenants.find('acme'), await storage.read.users.find('bob')]
      const found = await storage.read.access.find({ tenantId: 'acme', userId: 'bob' })
      assert.deepEqual({ tenant: found?.tenant, user: found?.user }, { tenant, user })
      return found
    }
    assert.deepEqual((await facts())?.membership, membershipOf({ tenantId: 'acme', userId: 'bob' }))
    const set = {
      roles: ['admin', 'billing'],
      active: false,
      overrides: { 'invoice:read': false },
      lastActiveAt: 5,
      metadata: { a: 1 },
    }
    await write(storage, async (tx) => {
      await tx.memberships.update({ tenantId: 'acme', userId: 'bob', set })
      await tx.tenants.update({ id: 'acme', status: 'active', set: { name: 'Renamed', settings: { a: 1 } } })
      await tx.tenants.setStatus({ id: 'acme', from: 'active', to: 'suspended' })
      await tx.users.update({ id: 'bob', set: { status: 'disabled', superuser: true, emailVerifiedAt: 7 } })
    })
    const now = await facts()
    assert.deepEqual(now?.membership, { ...membershipOf({ tenantId: 'acme', userId: 'bob' }), ...set })
    assert.deepEqual([now.tenant.status, now.user.status], ['suspended', 'disabled'])
  }),

  contractCase(
    'access-find-own-roles',
    'Access holds the definitions of those custom roles that the membership holds',
    async (storage) => {
      await twoTenantsFixture(storage)
      const customRoles = async (tenantId = 'acme', userId = 'bob') =>
        (await storage.read.access.find({ tenantId, userId }))?.customRoles
      assert.deepEqual(await customRoles(), [])
      const clerk = roleOf({ tenantId: 'acme', key: 'clerk', permissions: [] })
      const buyer = roleOf({ tenantId: 'acme', key: 'buyer', rank: 39, permissions: ['b:c', 'a:b'], createdAt: 7 })
      await write(storage, async (tx) => {
        for (const role of [clerk, buyer, roleOf({ tenantId: 'acme', key: 'unheld' })]) await tx.roles.insert(role)
        for (const key of ['clerk', 'buyer', 'member']) await tx.roles.insert(roleOf({ tenantId: 'zeta', key }))
      })
      assert.deepEqual(await customRoles(), [])
      const roles = ['member', 'clerk', 'gone', 'buyer']
      await write(storage, (tx) => tx.memberships.update({ tenantId: 'acme', userId: 'bob', set: { roles } }))
      assert.deepEqual(await customRoles(), [clerk, buyer])
      assert.deepEqual((await storage.read.access.find({ tenantId: 'acme', userId: 'bob' }))?.membership?.roles, roles)
      await write(storage, async (tx) => {
        await tx.roles.update({ tenantId: 'acme', key: 'clerk', set: { rank: 9 } })
        await tx.roles.delete({ tenantId: 'acme', key: 'buyer' })
        assert.deepEqual((await tx.access.find({ tenantId: 'acme', userId: 'bob' }))?.customRoles, [
          { ...clerk, rank: 9 },
        ])
      })
      assert.deepEqual(await customRoles(), [{ ...clerk, rank: 9 }])
      assert.deepEqual([await customRoles('acme', 'eve'), await customRoles('acme', 'zoe')], [[], []])
      assert.deepEqual(await customRoles('zeta', 'zoe'), [roleOf({ tenantId: 'zeta', key: 'member' })])
    },
  ),

  contractCase(
    'access-find-organization',
    "Access holds what the user is in the tenant's organization, and in no other",
    async (storage) => {
      await usersFixture(storage, 'ann', 'bob', 'zoe')
      await organizationFixture(storage, 'umbrella', ['ann', 'bob'])
      await organizationFixture(storage, 'omega', ['zoe', 'ann'])
      await tenantFixture(storage, 'acme', ['zoe', 'bob'], { organizationId: 'umbrella' })
      await tenantFixture(storage, 'free', ['ann'])
      const above = async (tenantId: string, userId: string) =>
        (await storage.read.access.find({ tenantId, userId }))?.organizationMembership
      const ann = organizationMembershipOf({ organizationId: 'umbrella', userId: 'ann', admin: true })
      const bob = organizationMembershipOf({ organizationId: 'umbrella', userId: 'bob' })
      assert.deepEqual(await above('acme', 'ann'), ann)
      assert.deepEqual(await above('acme', 'bob'), bob)
      assert.deepEqual([await above('acme', 'zoe'), await above('free', 'ann')], [null, null])
      const facts = await storage.read.access.find({ tenantId: 'acme', userId: 'ann' })
      assert.equal(facts?.membership, null)
      await write(storage, (tx) => tx.organizationMembers.update({ ...bob, set: { active: false, admin: true } }))
      assert.deepEqual(await above('acme', 'bob'), { ...bob, active: false, admin: true })
    },
  ),

  contractCase('access-find-outsider', 'Access of somebody who is no member holds no membership', async (storage) => {
    await twoTenantsFixture(storage)
    const find = () => storage.read.access.find({ tenantId: 'acme', userId: 'zoe' })
    const facts = await find()
    assert.deepEqual([facts?.tenant.id, facts?.user.id, facts?.membership], ['acme', 'zoe', null])
    await tenantFixture(storage, 'other', ['zoe', 'ann'])
    assert.equal((await find())?.membership, null)
    await write(storage, (tx) => tx.memberships.insert(membershipOf({ tenantId: 'acme', userId: 'zoe' })))
    assert.equal((await find())?.membership?.userId, 'zoe')
    await write(storage, (tx) => tx.memberships.delete({ tenantId: 'acme', userId: 'zoe' }))
    assert.equal((await find())?.membership, null)
  }),

  contractCase(
    'access-find-absent',
    'There is no access to a tenant or of a user that does not exist',
    async (storage) => {
      await twoTenantsFixture(storage)
      for (const [tenantId, userId] of [
        ['acme', 'nobody'],
        ['nowhere', 'ann'],
        ['ann', 'acme'],
        ['ACME', 'ann'],
      ] as const) {
        assert.equal(await storage.read.access.find({ tenantId, userId }), null)
      }
    },
  ),
]
