import assert from 'node:assert/strict'
import type { Resource } from '../model/resource.js'
import type { ResourceChanges } from '../storage/resource-port.js'
import type { Storage } from '../storage/port.js'
import { contractCase } from './contract-case.js'
import { tenantFixture, twoTenantsFixture, noon } from './fixtures/rows.js'
import { resourceOf } from './fixtures/resources.js'
import { awkward, awkwardJson, long } from './texts.js'
import { refuses, write } from './write.js'

const doc = { type: 'doc', id: 'one' } as const
const inAcme = { tenantId: 'acme', ...doc }
const inZeta = { tenantId: 'zeta', ...doc }

/** Acme, of which Ann, Bob and Eve are members, and Zeta and Third, of which Zoe is one, with these resources. */
async function resourcesFixture(storage: Storage, ...resources: readonly Resource[]): Promise<void> {
  await twoTenantsFixture(storage)
  await tenantFixture(storage, 'third', ['zoe', 'ann'])
  await write(storage, async (tx) => {
    for (const resource of resources) await tx.resources.insert(resource)
  })
}

const countLabels = (storage: Storage, tenantId: string) => {
  const query = { tenantId, type: 'doc', userId: 'ann', show: 'both', kind: 'tag', limit: 9 } as const
  return storage.read.resources.countLabels(query)
}

const everything = async (storage: Storage) => {
  const found: unknown[] = []
  for (const tenantId of ['acme', 'zeta', 'third']) {
    for (const userId of ['ann', 'bob', 'zoe']) {
      const query = { tenantId, userId, show: 'both', orderBy: 'created', direction: 'asc' } as const
      for (const type of ['doc', 'book'])
        found.push(await storage.read.resources.list({ ...query, type, page: { limit: 100 } }))
    }
    found.push(await storage.read.resources.listShares({ tenantId }))
  }
  return found
}

export const resourceCases = [
  contractCase('resource-find', 'A resource is found where it is seen only', async (storage) => {
    const resource = resourceOf({ ...inAcme, ownerId: 'ann' })
    await resourcesFixture(storage, resource, resourceOf({ tenantId: 'zeta', ...doc, type: 'book', ownerId: 'zoe' }))
    assert.deepEqual(await storage.read.resources.find(inAcme), resource)
    for (const key of [inZeta, { ...inAcme, type: 'book' }, { ...inAcme, id: 'ONE' }, { ...inAcme, type: 'DOC' }]) {
      assert.equal(await storage.read.resources.find(key), null)
    }
    await write(storage, (tx) => tx.resources.share({ ...inAcme, to: 'zeta', at: noon }))
    assert.equal(await storage.read.resources.find(inAcme), null)
    assert.equal((await storage.read.resources.find(inZeta))?.ownerTenantId, 'acme')
  }),

  contractCase('resource-insert', 'A new resource is kept with every field as given', async (storage) => {
    const labels = { tag: ['b', awkward, 'a', 'A'], category: ['ü'.repeat(100), 'a'] }
    const resources = [
      resourceOf({ ...inAcme, ownerId: 'ann', name: awkward, attributes: awkwardJson, visibility: 'tenant', labels }),
      resourceOf({ ...inAcme, id: 'long', ownerId: 'bob', name: long.slice(0, 200), attributes: { long } }),
      resourceOf({ ...inAcme, id: 'large', ownerId: 'bob', sizeBytes: Number.MAX_SAFE_INTEGER, createdAt: 0 }),
      resourceOf({ ...inAcme, id: '~!%', type: 'book', ownerId: 'bob', updatedAt: 253_402_300_799_999, activeAt: 0 }),
    ]
    await resourcesFixture(storage, ...resources)
    for (const resource of resources) {
      const found = await storage.read.resources.find(resource)
      assert.deepEqual(found, resource)
      assert.equal(JSON.stringify(found.attributes), JSON.stringify(resource.attributes), 'the order of keys')
      assert.equal(JSON.stringify(found.labels), JSON.stringify(resource.labels), 'the order of labels')
    }
  }),

  contractCase(
    'resource-insert-twice',
    'A second resource of one type and id is refused, also while the first is shared',
    async (storage) => {
      await resourcesFixture(storage, resourceOf({ ...inAcme, ownerId: 'ann' }))
      const again = resourceOf({ ...inAcme, ownerId: 'bob', name: 'Again' })
      const before = await everything(storage)
      await refuses(storage, 'resource', (tx) => tx.resources.insert(again))
      assert.deepEqual(await everything(storage), before)
      await write(storage, (tx) => tx.resources.share({ ...inAcme, to: 'zeta', at: noon }))
      const shared = await everything(storage)
      await refuses(storage, 'resource', (tx) => tx.resources.insert(again))
      await refuses(storage, 'resource', (tx) => tx.resources.insert(resourceOf({ ...inZeta, ownerId: 'zoe' })))
      assert.deepEqual(await everything(storage), shared)
      for (const other of [
        { ...inAcme, type: 'book' },
        { ...inAcme, id: 'One' },
        { ...inAcme, tenantId: 'third' },
      ]) {
        await write(storage, (tx) => tx.resources.insert(resourceOf({ ...other, ownerId: 'zoe' })))
      }
    },
  ),

  contractCase(
    'resource-insert-reference',
    'A resource in an unknown tenant or of an unknown owner is refused',
    async (storage) => {
      await twoTenantsFixture(storage)
      for (const [tenantId, ownerId] of [
        ['nowhere', 'ann'],
        ['acme', 'nobody'],
      ] as const) {
        const resource = resourceOf({ tenantId, ...doc, ownerId })
        await refuses(storage, 'reference', (tx) => tx.resources.insert(resource))
        assert.equal(await storage.read.resources.find(resource), null)
      }
    },
  ),

  contractCase(
    'resource-update',
    'An update changes the named fields of one resource and nothing else',
    async (storage) => {
      let expected = resourceOf({ ...inAcme, ownerId: 'ann' })
      const others = [{ ...inAcme, id: 'two' }, { ...inAcme, type: 'book' }, inZeta].map((key) =>
        resourceOf({ ...key, ownerId: 'ann', labels: { tag: ['x', 'theirs'] } }),
      )
      await resourcesFixture(storage, expected, ...others)
      const changes: readonly ResourceChanges[] = [
        { name: 'Éclair' },
        { attributes: awkwardJson },
        { attributes: {} },
        { sizeBytes: 7, updatedAt: noon + 1 },
        { activeAt: noon + 2 },
        { labels: { tag: ['x', 'y'], category: ['x'] } },
        { labels: { tag: ['y', 'z'] }, updatedAt: noon + 3 },
        { labels: {} },
        { labels: { category: ['kept'] } },
        { visibility: 'tenant' },
        {},
      ]
      for (const set of changes) {
        assert.equal(await write(storage, (tx) => tx.resources.update({ ...inAcme, set })), true)
        expected = { ...expected, ...set }
        assert.deepEqual(await storage.read.resources.find(inAcme), expected)
        const query = { ...inAcme, userId: 'ann', show: 'own', keyword: expected.name.toUpperCase() } as const
        assert.equal(await storage.read.resources.count(query), expected.name === 'Éclair' ? 1 : 2)
      }
      for (const other of others) assert.deepEqual(await storage.read.resources.find(other), other)
      await write(storage, (tx) => tx.resources.share({ ...inAcme, to: 'third', at: noon }))
      for (const set of [{ name: 'Not there' }, {}]) {
        assert.equal(await write(storage, (tx) => tx.resources.update({ ...inAcme, set })), false)
        assert.equal(await write(storage, (tx) => tx.resources.update({ ...inAcme, id: 'none', set })), false)
      }
      assert.equal((await storage.read.resources.find({ ...inAcme, tenantId: 'third' }))?.name, 'Éclair')
    },
  ),

  contractCase('resource-delete', 'A deletion removes one resource, and frees its id at home', async (storage) => {
    const other = resourceOf({ ...inAcme, id: 'two', ownerId: 'ann' })
    const labels = { tag: ['gone with it'] }
    await resourcesFixture(storage, resourceOf({ ...inAcme, ownerId: 'ann', labels }), other)
    const remove = (tenantId: string) => write(storage, (tx) => tx.resources.delete({ tenantId, ...doc }))
    assert.equal(await remove('zeta'), false)
    assert.equal(await remove('acme'), true)
    assert.equal(await remove('acme'), false)
    await write(storage, (tx) => tx.resources.insert(resourceOf({ ...inAcme, ownerId: 'bob', labels })))
    await write(storage, (tx) => tx.resources.share({ ...inAcme, to: 'zeta', at: noon }))
    assert.equal(await remove('acme'), false, 'it is seen elsewhere')
    assert.equal(await remove('zeta'), true)
    assert.equal(await storage.read.resources.findShare({ ownerTenantId: 'acme', ...doc }), null)
    assert.deepEqual(await storage.read.resources.find(other), other)
    assert.deepEqual(await countLabels(storage, 'acme'), [])
    const anew = resourceOf({ ...inAcme, ownerId: 'eve' })
    await write(storage, (tx) => tx.resources.insert(anew))
    assert.deepEqual(await storage.read.resources.find(inAcme), anew)
  }),
]
