import assert from 'node:assert/strict'
import type { TenantStatus } from '../model/tenant.js'
import type { TenantChanges } from '../storage/tenant-port.js'
import { contractCase } from './contract-case.js'
import { tenantFixture, twoTenantsFixture, usersFixture, membershipOf, noon, tenantOf } from './fixtures/rows.js'
import { awkward, awkwardJson } from './texts.js'
import { refuses, write } from './write.js'

export const tenantCases = [
  contractCase('tenant-find', 'A tenant is found by its id, whatever its status', async (storage) => {
    await usersFixture(storage, 'ann')
    for (const status of ['active', 'suspended', 'archived', 'deleted'] as const) {
      const tenant = await tenantFixture(storage, status, ['ann'], { status })
      assert.deepEqual(await storage.read.tenants.find(status), tenant)
    }
    for (const id of ['unknown', 'Active', 'activ_', '%', '']) assert.equal(await storage.read.tenants.find(id), null)
  }),

  contractCase('tenant-insert', 'A new tenant is kept with every field as given', async (storage) => {
    await usersFixture(storage, 'ann')
    const fields = {
      name: awkward,
      slug: 'a-slug-1',
      type: 'institution' as const,
      joinPolicy: 'open' as const,
      description: awkward,
      deletedAt: 253_402_300_799_998,
      plan: awkward,
      settings: { ...awkwardJson, deep: { list: [1, [], {}, null, awkward] } },
      createdAt: 253_402_300_799_999,
      organizationId: 'umbrella',
    }
    const tenant = await tenantFixture(storage, '~!"\'\\$%&', ['ann'], fields)
    const fixture = structuredClone(tenant)
    Reflect.set(tenant.settings, 'zebra', 'changed by its maker after it was stored')
    const found = await storage.read.tenants.find(tenant.id)
    assert.deepEqual(found, fixture)
    assert.equal(JSON.stringify(found?.settings), JSON.stringify(fixture.settings), 'the order of keys')
  }),

  contractCase('tenant-insert-twice', 'A second tenant with the same id is refused', async (storage) => {
    await twoTenantsFixture(storage)
    const before = await storage.read.tenants.find('acme')
    await refuses(storage, 'tenant.id', (tx) =>
      tx.tenants.insert(tenantOf({ id: 'acme', ownerId: 'bob', name: 'Another Acme' })),
    )
    assert.deepEqual(await storage.read.tenants.find('acme'), before)
  }),

  contractCase(
    'tenant-insert-slug',
    'A second tenant with the same slug is refused, one without a slug is not',
    async (storage) => {
      await usersFixture(storage, 'ann')
      const first = await tenantFixture(storage, 'first', ['ann'], { slug: 'shop' })
      await tenantFixture(storage, 'second', ['ann'], { slug: null })
      await tenantFixture(storage, 'third', ['ann'], { slug: null })
      await refuses(storage, 'tenant.slug', async (tx) => {
        await tx.tenants.insert(tenantOf({ id: 'fourth', ownerId: 'ann', slug: 'shop' }))
        await tx.memberships.insert(membershipOf({ tenantId: 'fourth', userId: 'ann' }))
      })
      assert.deepEqual(await storage.read.tenants.find('first'), first)
      assert.equal(await storage.read.tenants.find('fourth'), null)
    },
  ),

  contractCase(
    'tenant-owner-is-member',
    'A new tenant is refused when its owner is no member of it at the end',
    async (storage) => {
      await twoTenantsFixture(storage)
      await refuses(storage, 'reference', (tx) => tx.tenants.insert(tenantOf({ id: 'ownerless', ownerId: 'ann' })))
      await refuses(storage, 'reference', async (tx) => {
        await tx.tenants.insert(tenantOf({ id: 'ownerless', ownerId: 'ann' }))
        await tx.memberships.insert(membershipOf({ tenantId: 'ownerless', userId: 'bob' }))
      })
      assert.equal(await storage.read.tenants.find('ownerless'), null)
      assert.equal(await storage.read.memberships.find({ tenantId: 'ownerless', userId: 'bob' }), null)
    },
  ),

  contractCase(
    'tenant-update',
    'An update changes the named fields of one tenant and nothing else',
    async (storage) => {
      await twoTenantsFixture(storage)
      const tenant = await storage.read.tenants.find('acme')
      const other = await storage.read.tenants.find('zeta')
      assert.ok(tenant)
      const changes = [
        { name: awkward },
        { slug: 'acme' },
        { joinPolicy: 'request' as const },
        { joinPolicy: 'open' as const, description: awkward },
        { description: null },
        { plan: 'pro' },
        { settings: { ...awkwardJson } },
        { ownerId: 'bob' },
      ]
      let expected = tenant
      for (const set of [...changes, { slug: null, name: 'Both' }, {}, { plan: 'pro' }]) {
        expected = { ...expected, ...set }
        assert.equal(await write(storage, (tx) => tx.tenants.update({ id: 'acme', status: 'active', set })), true)
        assert.deepEqual(await storage.read.tenants.find('acme'), expected)
      }
      assert.deepEqual(await storage.read.tenants.find('zeta'), other)
    },
  ),

  contractCase(
    'tenant-update-guard',
    'An update of a tenant in another status, or of none, changes nothing',
    async (storage) => {
      await usersFixture(storage, 'ann')
      const update = (id: string, status: TenantStatus, set: TenantChanges = { name: 'Changed' }) =>
        write(storage, (tx) => tx.tenants.update({ id, status, set }))
      for (const status of ['active', 'suspended', 'archived', 'deleted'] as const) {
        const tenant = await tenantFixture(storage, status, ['ann'], { status })
        const other = status === 'active' ? 'archived' : 'active'
        assert.deepEqual([await update(status, other), await update(status, other, {})], [false, false])
        assert.deepEqual(await storage.read.tenants.find(status), tenant)
        assert.equal(await update(status, status), true)
      }
      assert.deepEqual([await update('absent', 'active'), await update('absent', 'active', {})], [false, false])
      assert.equal(await storage.read.tenants.find('absent'), null)
    },
  ),

  contractCase(
    'tenant-update-slug',
    'A slug that another tenant has is refused, a slug given up is free',
    async (storage) => {
      await usersFixture(storage, 'ann')
      await tenantFixture(storage, 'first', ['ann'], { slug: 'shop' })
      const second = await tenantFixture(storage, 'second', ['ann'], { slug: 'store' })
      const rename = (id: string, slug: string) =>
        write(storage, (tx) => tx.tenants.update({ id, status: 'active', set: { slug } }))
      await refuses(storage, 'tenant.slug', (tx) =>
        tx.tenants.update({ id: 'second', status: 'active', set: { slug: 'shop' } }),
      )
      assert.deepEqual(await storage.read.tenants.find('second'), second)
      assert.equal(await rename('first', 'shop'), true)
      assert.equal(await rename('first', 'boutique'), true)
      assert.equal(await rename('second', 'shop'), true)
      assert.equal((await storage.read.tenants.find('second'))?.slug, 'shop')
    },
  ),

  contractCase('tenant-update-owner', 'A new owner is refused who is no member at the end', async (storage) => {
    await twoTenantsFixture(storage)
    const toZoe = { id: 'acme', status: 'active', set: { ownerId: 'zoe' } } as const
    await refuses(storage, 'reference', (tx) => tx.tenants.update(toZoe))
    assert.equal((await storage.read.tenants.find('acme'))?.ownerId, 'ann')
    await write(storage, async (tx) => {
      await tx.tenants.update(toZoe)
      await tx.memberships.insert(membershipOf({ tenantId: 'acme', userId: 'zoe' }))
    })
    assert.equal((await storage.read.tenants.find('acme'))?.ownerId, 'zoe')
  }),

  contractCase(
    'tenant-set-status',
    'A tenant moves from one status to another, and is deleted at a moment',
    async (storage) => {
      await twoTenantsFixture(storage)
      const tenant = await storage.read.tenants.find('acme')
      const other = await storage.read.tenants.find('zeta')
      const move = async (from: TenantStatus, to: TenantStatus, deletedAt?: number) => {
        const change = { id: 'acme', from, to, ...(deletedAt === undefined ? {} : { deletedAt }) }
        assert.equal(await write(storage, (tx) => tx.tenants.setStatus(change)), true)
        const expected = { ...tenant, status: to, deletedAt: deletedAt ?? null }
        assert.deepEqual(await storage.read.tenants.find('acme'), expected)
      }
      await move('active', 'archived')
      await move('archived', 'deleted', noon)
      await move('deleted', 'active')
      assert.deepEqual(await storage.read.tenants.find('zeta'), other)
    },
  ),

  contractCase(
    'tenant-set-status-guard',
    'A tenant moves from the status it has, and from no other',
    async (storage) => {
      await twoTenantsFixture(storage)
      const tenant = await storage.read.tenants.find('acme')
      const move = (from: TenantStatus, to: TenantStatus, id = 'acme') =>
        write(storage, (tx) => tx.tenants.setStatus({ id, from, to, deletedAt: noon }))
      assert.equal(await move('archived', 'deleted'), false)
      assert.equal(await move('active', 'archived', 'absent'), false)
      assert.deepEqual(await storage.read.tenants.find('acme'), tenant)
      const race = await Promise.all([1, 2, 3, 4, 5].map(() => move('active', 'deleted')))
      assert.equal(race.filter(Boolean).length, 1, 'one of five moves wins')
    },
  ),
]
