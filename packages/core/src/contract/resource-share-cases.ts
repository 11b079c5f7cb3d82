import assert from 'node:assert/strict'
import type { Storage } from '../storage/port.js'
import { contractCase } from './contract-case.js'
import { tenantFixture, twoTenantsFixture, noon } from './fixtures/rows.js'
import { resourceOf } from './fixtures/resources.js'
import { awkwardJson } from './texts.js'
import { refuses, write } from './write.js'

const doc = { type: 'doc', id: 'one' } as const
const inAcme = { tenantId: 'acme', ...doc }
const inZeta = { tenantId: 'zeta', ...doc }
const full = {
  ...inAcme,
  ownerId: 'ann',
  name: 'Éclair',
  attributes: awkwardJson,
  labels: { tag: ['x', 'a'] },
  sizeBytes: 12,
  createdAt: noon - 9,
}
const input = { ...doc, ownerTenantId: 'acme', tenantId: 'zeta', ownerId: 'ann' }

const share = (storage: Storage, key: { tenantId: string; type: string; id: string }, to: string) =>
  write(storage, (tx) => tx.resources.share({ ...key, to, at: noon + 5 }))

const seenIn = async (storage: Storage, tenantId: string) => {
  const query = { tenantId, type: 'doc', userId: 'ann', orderBy: 'name', direction: 'asc' } as const
  const listed = await storage.read.resources.list({ ...query, show: 'both', page: { limit: 100 } })
  return listed.map(({ id }) => id)
}

/** Acme, Zeta and Third, with a document of Ann's in its own tenant in Acme, and another one. */
async function documentsFixture(storage: Storage): Promise<void> {
  await twoTenantsFixture(storage)
  await tenantFixture(storage, 'third', ['zoe', 'ann'])
  await write(storage, async (tx) => {
    await tx.resources.insert(resourceOf(full))
    await tx.resources.insert(resourceOf({ ...inAcme, id: 'two', ownerId: 'ann' }))
  })
}

export const resourceShareCases = [
  contractCase(
    'resource-share',
    'A shared resource is in the other tenant with everything, and only there',
    async (storage) => {
      await documentsFixture(storage)
      assert.equal(await share(storage, { ...inAcme, id: 'none' }, 'zeta'), false)
      assert.equal(await share(storage, inZeta, 'acme'), false)
      assert.equal(await share(storage, inAcme, 'zeta'), true)
      const expected = resourceOf({
        ...full,
        tenantId: 'zeta',
        ownerTenantId: 'acme',
        visibility: 'tenant',
        updatedAt: noon + 5,
        activeAt: noon + 5,
      })
      assert.deepEqual(await storage.read.resources.find(inZeta), expected)
      assert.deepEqual(await seenIn(storage, 'acme'), ['two'])
      assert.deepEqual(await seenIn(storage, 'zeta'), ['one'])
      assert.equal(await share(storage, inAcme, 'third'), false, 'it is not in the owner tenant')
      assert.equal(await share(storage, inZeta, 'third'), false, 'the tenant it is shared with cannot share it on')
      assert.deepEqual(await storage.read.resources.find(inZeta), expected)
    },
  ),

  contractCase('resource-share-twice', 'Nothing is shared with a tenant where its id is taken', async (storage) => {
    await documentsFixture(storage)
    await write(storage, async (tx) => {
      await tx.resources.insert(resourceOf({ ...inZeta, ownerId: 'zoe', name: 'Theirs' }))
      await tx.resources.insert(resourceOf({ ...inAcme, tenantId: 'third', ownerId: 'zoe' }))
      await tx.resources.insert(resourceOf({ ...inZeta, type: 'book', ownerId: 'zoe' }))
    })
    await refuses(storage, 'resource', (tx) => tx.resources.share({ ...inAcme, to: 'zeta', at: noon }))
    assert.deepEqual(await storage.read.resources.find(inAcme), resourceOf(full))
    assert.equal((await storage.read.resources.find(inZeta))?.name, 'Theirs')
    await write(storage, (tx) => tx.resources.delete(inZeta))
    await share(storage, { ...inAcme, tenantId: 'third' }, 'zeta')
    await refuses(storage, 'resource', (tx) => tx.resources.share({ ...inAcme, to: 'zeta', at: noon }))
    await refuses(storage, 'resource', (tx) => tx.resources.share({ ...inAcme, to: 'third', at: noon }))
    assert.equal(await storage.read.resources.findShare({ ownerTenantId: 'acme', ...doc }), null)
    await share(storage, { ...inAcme, id: 'two' }, 'zeta')
    assert.deepEqual(await seenIn(storage, 'zeta'), ['one', 'two'])
  }),

  contractCase(
    'resource-take-back',
    'A resource that is unshared is in its own tenant again, and private',
    async (storage) => {
      await documentsFixture(storage)
      const unshare = (key: typeof inAcme | typeof inZeta) =>
        write(storage, (tx) => tx.resources.unshare({ ...key, at: noon + 9 }))
      assert.equal(await unshare(inAcme), false, 'it is in the owner tenant')
      assert.equal(await unshare(inZeta), false)
      await share(storage, inAcme, 'zeta')
      await write(storage, (tx) => tx.resources.update({ ...inZeta, set: { name: 'Changed', sizeBytes: 5 } }))
      assert.equal(await unshare(inAcme), false, 'it is not seen there')
      assert.equal(await unshare(inZeta), true)
      const expected = resourceOf({ ...full, name: 'Changed', sizeBytes: 5, updatedAt: noon + 9, activeAt: noon + 9 })
      assert.deepEqual(await storage.read.resources.find(inAcme), expected)
      assert.equal(await storage.read.resources.find(inZeta), null)
      assert.deepEqual(await seenIn(storage, 'zeta'), [])
      assert.deepEqual(await storage.read.resources.listShares({ tenantId: 'acme' }), [])
      assert.equal(await share(storage, inAcme, 'third'), true)
    },
  ),

  contractCase('resource-find-share', 'A share is found from its home while it lasts', async (storage) => {
    await documentsFixture(storage)
    const find = (ownerTenantId: string) => storage.read.resources.findShare({ ownerTenantId, ...doc })
    assert.equal(await find('acme'), null)
    await share(storage, inAcme, 'zeta')
    assert.deepEqual(await find('acme'), input)
    assert.equal(await find('zeta'), null)
    assert.equal(await storage.read.resources.findShare({ ownerTenantId: 'acme', type: 'book', id: 'one' }), null)
    await write(storage, (tx) => tx.resources.unshare({ ...inZeta, at: noon }))
    assert.equal(await find('acme'), null)
  }),

  contractCase(
    'resource-list-shares',
    'What is shared into a tenant and out of it is listed, by owner',
    async (storage) => {
      await documentsFixture(storage)
      await write(storage, async (tx) => {
        await tx.resources.insert(resourceOf({ tenantId: 'third', type: 'book', id: 'x', ownerId: 'ann' }))
        await tx.resources.insert(resourceOf({ tenantId: 'third', type: 'doc', id: 'B', ownerId: 'zoe' }))
      })
      for (const query of [{}, { ownerId: 'ann' }]) {
        assert.deepEqual(await storage.read.resources.listShares({ tenantId: 'acme', ...query }), [])
      }
      await share(storage, inAcme, 'zeta')
      await share(storage, { tenantId: 'third', type: 'book', id: 'x' }, 'acme')
      await share(storage, { tenantId: 'third', type: 'doc', id: 'B' }, 'acme')
      const book = { type: 'book', id: 'x', ownerTenantId: 'third', tenantId: 'acme', ownerId: 'ann' }
      const other = { type: 'doc', id: 'B', ownerTenantId: 'third', tenantId: 'acme', ownerId: 'zoe' }
      const list = (tenantId: string, ownerId?: string) => storage.read.resources.listShares({ tenantId, ownerId })
      assert.deepEqual(await list('acme'), [book, other, input])
      assert.deepEqual(await list('acme', 'ann'), [book, input])
      assert.deepEqual(await list('acme', 'bob'), [])
      assert.deepEqual(await list('zeta', 'ann'), [input])
      assert.deepEqual(await list('third'), [book, other])
    },
  ),

  contractCase(
    'resource-reassign',
    "An owner's resources in its own tenant get another one, or one of them does",
    async (storage) => {
      await documentsFixture(storage)
      await write(storage, async (tx) => {
        await tx.resources.insert(resourceOf({ ...inAcme, id: 'three', ownerId: 'ann', visibility: 'tenant' }))
        await tx.resources.insert(resourceOf({ ...inAcme, id: 'shared', ownerId: 'ann' }))
        await tx.resources.insert(resourceOf({ ...inAcme, id: 'of-bob', ownerId: 'bob' }))
        await tx.resources.insert(resourceOf({ ...inAcme, id: 'elsewhere', tenantId: 'third', ownerId: 'ann' }))
        await tx.resources.insert(resourceOf({ ...inAcme, id: 'received', tenantId: 'third', ownerId: 'ann' }))
      })
      await share(storage, { ...inAcme, id: 'shared' }, 'zeta')
      await share(storage, { ...inAcme, id: 'received', tenantId: 'third' }, 'acme')
      const reassign = (change: { from: string; to: string; only?: { type: string; id: string } }) =>
        write(storage, (tx) => tx.resources.reassign({ tenantId: 'acme', ...change }))
      const ownerOf = async (tenantId: string, id: string) =>
        (await storage.read.resources.find({ tenantId, type: 'doc', id }))?.ownerId
      assert.equal(await reassign({ from: 'bob', to: 'eve', only: doc }), 0, 'it is not his')
      assert.equal(await reassign({ from: 'ann', to: 'bob', only: { type: 'doc', id: 'received' } }), 0)
      assert.equal(await reassign({ from: 'ann', to: 'bob', only: { type: 'doc', id: 'shared' } }), 0)
      assert.equal(await reassign({ from: 'ann', to: 'bob', only: doc }), 1)
      assert.deepEqual(await storage.read.resources.find(inAcme), resourceOf({ ...full, ownerId: 'bob' }))
      assert.equal(await ownerOf('acme', 'two'), 'ann')
      assert.equal(await reassign({ from: 'ann', to: 'eve' }), 2)
      assert.equal(await reassign({ from: 'ann', to: 'eve' }), 0)
      const expected = { one: 'bob', two: 'eve', three: 'eve', 'of-bob': 'bob', received: 'ann', shared: undefined }
      for (const [id, owner] of Object.entries(expected)) assert.equal(await ownerOf('acme', id), owner, id)
      assert.deepEqual([await ownerOf('zeta', 'shared'), await ownerOf('third', 'elsewhere')], ['ann', 'ann'])
    },
  ),
]
