import assert from 'node:assert/strict'
import type { TenantRole } from '../model/tenant-role.js'
import type { Storage } from '../storage/port.js'
import { contractCase } from './contract-case.js'
import { twoTenantsFixture, roleOf } from './fixtures/rows.js'
import { refuses, write } from './write.js'

async function rolesFixture(storage: Storage, ...roles: readonly TenantRole[]): Promise<void> {
  await twoTenantsFixture(storage)
  await write(storage, async (tx) => {
    for (const role of roles) await tx.roles.insert(role)
  })
}

const clerk = roleOf({ tenantId: 'acme', key: 'clerk' })
const buyer = roleOf({ tenantId: 'acme', key: 'buyer', rank: 39 })
const zetasClerk = roleOf({ tenantId: 'zeta', key: 'clerk', name: 'Theirs', permissions: ['invoice:approve'] })

const every = async ({ read }: Storage) => ({
  acme: await read.roles.list('acme'),
  zeta: await read.roles.list('zeta'),
})

export const roleCases = [
  contractCase('role-find', "A tenant's custom role is found in its own tenant only", async (storage) => {
    await rolesFixture(storage, clerk, zetasClerk, buyer)
    assert.deepEqual(await storage.read.roles.find({ tenantId: 'acme', key: 'clerk' }), clerk)
    assert.deepEqual(await storage.read.roles.find({ tenantId: 'zeta', key: 'clerk' }), zetasClerk)
    for (const [tenantId, key] of [
      ['zeta', 'buyer'],
      ['acme', 'Clerk'],
      ['acme', ''],
      ['nowhere', 'clerk'],
      ['clerk', 'acme'],
    ] as const) {
      assert.equal(await storage.read.roles.find({ tenantId, key }), null)
    }
  }),

  contractCase('role-list', "A tenant's custom roles are listed by key, and no other tenant's", async (storage) => {
    const keys = ['a_b', 'a1', 'z', 'ab', 'a', 'a_']
    await rolesFixture(storage, zetasClerk, ...keys.map((key) => roleOf({ tenantId: 'acme', key })))
    const listed = await storage.read.roles.list('acme')
    assert.deepEqual(
      listed,
      ['a', 'a1', 'a_', 'a_b', 'ab', 'z'].map((key) => roleOf({ tenantId: 'acme', key })),
    )
    assert.deepEqual(await storage.read.roles.list('nowhere'), [])
  }),

  contractCase('role-count', "A tenant's custom roles are counted", async (storage) => {
    await rolesFixture(storage, clerk, zetasClerk, buyer)
    const count = (tenantId: string) => storage.read.roles.count(tenantId)
    assert.deepEqual([await count('acme'), await count('zeta'), await count('nowhere')], [2, 1, 0])
  }),

  contractCase('role-insert', 'A new role is kept with every field as given', async (storage) => {
    const roles = [
      roleOf({ tenantId: 'acme', key: 'least', name: '会计 "👩‍💼" \\', rank: 0, permissions: [], createdAt: 0 }),
      roleOf({ tenantId: 'acme', key: 'most', rank: 39, permissions: ['z:z', 'a:a', 'm:"\\'] }),
      roleOf({
        tenantId: 'acme',
        key: 'x'.repeat(63),
        permissions: Array.from({ length: 500 }, (_, at) => `r:v${at}`),
      }),
    ]
    await rolesFixture(storage, ...roles)
    for (const role of roles) assert.deepEqual(await storage.read.roles.find(role), role)
  }),

  contractCase('role-insert-twice', 'A tenant has one role of a key', async (storage) => {
    await rolesFixture(storage, clerk, zetasClerk)
    const before = await every(storage)
    await refuses(storage, 'role', (tx) => tx.roles.insert({ ...clerk, name: 'Another', permissions: [] }))
    assert.deepEqual(await every(storage), before)
    await write(storage, (tx) => tx.roles.delete(clerk))
    await write(storage, (tx) => tx.roles.insert({ ...clerk, name: 'Another' }))
    assert.deepEqual((await every(storage)).acme, [{ ...clerk, name: 'Another' }])
  }),

  contractCase('role-update', 'A change of a role touches the named fields of that one only', async (storage) => {
    await rolesFixture(storage, clerk, buyer, zetasClerk)
    const update = (key: string, set: Partial<TenantRole>) =>
      write(storage, (tx) => tx.roles.update({ tenantId: 'acme', key, set }))
    assert.equal(await update('clerk', { permissions: ['b:b', 'a:a'] }), true)
    assert.deepEqual(await storage.read.roles.find(clerk), { ...clerk, permissions: ['b:b', 'a:a'] })
    assert.equal(await update('clerk', { name: 'New', rank: 0 }), true)
    assert.equal(await update('clerk', {}), true)
    assert.deepEqual([await update('gone', { name: 'New' }), await update('gone', {})], [false, false])
    const changed = { ...clerk, permissions: ['b:b', 'a:a'], name: 'New', rank: 0 }
    assert.deepEqual(await every(storage), { acme: [buyer, changed], zeta: [zetasClerk] })
  }),

  contractCase('role-delete', 'One role goes, and no other', async (storage) => {
    await rolesFixture(storage, clerk, buyer, zetasClerk)
    const remove = (key: string) => write(storage, (tx) => tx.roles.delete({ tenantId: 'acme', key }))
    assert.deepEqual([await remove('clerk'), await remove('clerk'), await remove('')], [true, false, false])
    assert.deepEqual(await every(storage), { acme: [buyer], zeta: [zetasClerk] })
  }),
]
