import assert from 'node:assert/strict'
import { contractCase } from './contract-case.js'
import { formerMemberOf, twoTenantsFixture, noon } from './fixtures/rows.js'
import { write } from './write.js'

const zoes = formerMemberOf({
  tenantId: 'acme',
  userId: 'zoe',
  roles: ['viewer', 'own_role'],
  overrides: { 'doc:read': false, 'doc:create': true },
  ending: 'removed',
})
const bobs = formerMemberOf({ tenantId: 'acme', userId: 'bob', roles: [] })
const elsewhere = formerMemberOf({ tenantId: 'zeta', userId: 'zoe' })

export const formerMemberCases = [
  contractCase('former-member-find', 'What somebody was is found in the tenant where they were it', async (storage) => {
    await twoTenantsFixture(storage)
    const find = (tenantId: string, userId: string) => storage.read.formerMembers.find({ tenantId, userId })
    assert.equal(await find('acme', 'zoe'), null)
    await write(storage, (tx) => tx.formerMembers.put(zoes))
    assert.deepEqual(
      [await find('acme', 'zoe'), await find('zeta', 'zoe'), await find('acme', 'bob'), await find('acme', 'Zoe')],
      [zoes, null, null, null],
    )
  }),

  contractCase('former-member-list-by-user', 'What one person was is listed for every tenant', async (storage) => {
    await twoTenantsFixture(storage)
    assert.deepEqual(await storage.read.formerMembers.listByUser('zoe'), [])
    for (const one of [elsewhere, zoes, bobs]) await write(storage, (tx) => tx.formerMembers.put(one))
    assert.deepEqual(await storage.read.formerMembers.listByUser('zoe'), [zoes, elsewhere])
    assert.deepEqual(await write(storage, (tx) => tx.formerMembers.listByUser('bob')), [bobs])
    assert.deepEqual(await storage.read.formerMembers.listByUser('Zoe'), [])
  }),

  contractCase('former-member-put', 'Every field of what somebody was is kept', async (storage) => {
    await twoTenantsFixture(storage)
    for (const one of [zoes, bobs]) await write(storage, (tx) => tx.formerMembers.put(one))
    for (const one of [zoes, bobs]) assert.deepEqual(await storage.read.formerMembers.find(one), one)
  }),

  contractCase(
    'former-member-put-again',
    'The last departure from a tenant is the one that is kept',
    async (storage) => {
      await twoTenantsFixture(storage)
      const again = formerMemberOf({ tenantId: 'acme', userId: 'zoe', roles: ['admin'], endedAt: noon + 1 })
      for (const one of [zoes, bobs, elsewhere, again]) await write(storage, (tx) => tx.formerMembers.put(one))
      for (const one of [again, bobs, elsewhere]) assert.deepEqual(await storage.read.formerMembers.find(one), one)
    },
  ),

  contractCase('former-member-delete-by-user', 'What one person was is forgotten in all tenants', async (storage) => {
    await twoTenantsFixture(storage)
    for (const one of [zoes, bobs, elsewhere]) await write(storage, (tx) => tx.formerMembers.put(one))
    const deleteByUser = () => write(storage, (tx) => tx.formerMembers.deleteByUser('zoe'))
    assert.deepEqual([await deleteByUser(), await deleteByUser()], [2, 0])
    for (const one of [zoes, elsewhere]) assert.equal(await storage.read.formerMembers.find(one), null)
    assert.deepEqual(await storage.read.formerMembers.find(bobs), bobs)
  }),
]
