import assert from 'node:assert/strict'
import { contractCase } from './contract-case.js'
import { givenTenant, givenTwoTenants, membershipOf } from './given.js'
import { write } from './write.js'

export const accessCases = [
  contractCase('access-find', 'Access holds tenant, user and membership as they stand now', async (storage) => {
    await givenTwoTenants(storage)
    const facts = async () => {
      const [tenant, user] = [await storage.read.tenants.find('acme'), await storage.read.users.find('bob')]
      const found = await storage.read.access.find({ tenantId: 'acme', userId: 'bob' })
      assert.deepEqual({ tenant: found?.tenant, user: found?.user }, { tenant, user })
      return found
    }
    assert.deepEqual((await facts())?.membership, membershipOf({ tenantId: 'acme', userId: 'bob' }))
    const set = { roles: ['admin', 'billing'], active: false, overrides: { 'invoice:read': false }, lastActiveAt: 5 }
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

  contractCase('access-find-outsider', 'Access of somebody who is no member holds no membership', async (storage) => {
    await givenTwoTenants(storage)
    const find = () => storage.read.access.find({ tenantId: 'acme', userId: 'zoe' })
    const facts = await find()
    assert.deepEqual([facts?.tenant.id, facts?.user.id, facts?.membership], ['acme', 'zoe', null])
    await givenTenant(storage, 'other', ['zoe', 'ann'])
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
      await givenTwoTenants(storage)
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
