import assert from 'node:assert/strict'
import type { Resource } from '../model/resource.js'
import type { Storage } from '../storage/port.js'
import { contractCase } from './contract-case.js'
import { twoTenantsFixture, membershipOf, noon } from './fixtures/rows.js'
import { resourceOf } from './fixtures/resources.js'
import { assertPages, scatteredPlaces } from './pages.js'
import { write } from './write.js'

const page = { limit: 100 }
const idsOf = (resources: readonly Resource[]) => resources.map(({ tenantId, id }) => `${tenantId} ${id}`)

const book = (tenantId: string, id: string, ownerId: string, fields: Partial<Resource> = {}) =>
  resourceOf({ tenantId, type: 'book', id, ownerId, visibility: 'tenant', ...fields })

/** Ann and Bob are in Acme, Zoe in Zeta, and Eve, idle in Acme, in both. */
async function booksFixture(storage: Storage): Promise<void> {
  await twoTenantsFixture(storage)
  await write(storage, async (tx) => {
    await tx.memberships.update({ tenantId: 'acme', userId: 'eve', set: { active: false } })
    const known = await tx.memberships.find({ tenantId: 'zeta', userId: 'eve' })
    if (!known) await tx.memberships.insert(membershipOf({ tenantId: 'zeta', userId: 'eve' }))
    for (const resource of [
      book('acme', '1', 'ann', { visibility: 'private', name: '100% Ann' }),
      book('acme', '2', 'ann', { createdAt: noon + 1, name: 'under_score' }),
      book('acme', '3', 'eve', { visibility: 'private', createdAt: noon + 2, name: 'ÉVE' }),
      book('acme', '4', 'ann', { createdAt: noon + 3 }),
      book('zeta', '1', 'zoe', { createdAt: noon + 4, name: 'Zoe’s' }),
      book('zeta', '5', 'zoe', { visibility: 'private' }),
      resourceOf({ tenantId: 'acme', type: 'doc', id: '1', ownerId: 'ann', visibility: 'tenant' }),
    ])
      await tx.resources.insert(resource)
    await tx.resources.insert(book('acme', '6', 'eve', { createdAt: noon + 5 }))
    for (const id of ['4', '6']) await tx.resources.share({ tenantId: 'acme', type: 'book', id, to: 'zeta', at: noon })
  })
}

/** Where what is one's own is looked for, and where what others let see; and what is found then. */
const lists: readonly (readonly [
  userId: string,
  ownIn: readonly string[],
  tenantIds: readonly string[],
  expected: readonly string[],
])[] = [
  ['ann', ['acme'], ['acme'], ['acme 2', 'acme 1']],
  ['ann', ['acme'], [], ['acme 2', 'acme 1']],
  ['ann', ['acme', 'zeta'], ['acme', 'zeta'], ['acme 2', 'acme 1']],
  ['ann', [], ['acme'], ['acme 2']],
  ['ann', ['zeta'], [], []],
  ['bob', ['acme'], ['acme'], ['acme 2']],
  ['bob', ['acme'], [], []],
  ['zoe', ['zeta'], ['zeta'], ['zeta 6', 'zeta 1', 'zeta 4', 'zeta 5']],
  ['eve', ['acme', 'zeta'], ['acme', 'zeta'], ['zeta 6', 'zeta 1', 'zeta 4', 'acme 3', 'acme 2']],
  ['eve', ['zeta'], ['zeta'], ['zeta 6', 'zeta 1', 'zeta 4']],
  ['eve', ['acme'], [], ['zeta 6', 'acme 3']],
  ['eve', ['zeta'], [], ['zeta 6']],
  ['eve', [], [], []],
  ['nobody', ['acme', 'zeta'], ['acme', 'zeta'], []],
]

export const resourceOfUserCases = [
  contractCase(
    'resource-find-of-user',
    'A resource is found by its id in all the tenants of a person, and in no other',
    async (storage) => {
      await booksFixture(storage)
      const find = async (userId: string, id: string) =>
        idsOf(await storage.read.resources.findForUser({ userId, type: 'book', id }))
      assert.deepEqual(await find('eve', '1'), ['acme 1', 'zeta 1'])
      assert.deepEqual(await find('ann', '1'), ['acme 1'])
      assert.deepEqual(await find('zoe', '1'), ['zeta 1'])
      assert.deepEqual(await find('ann', '4'), [])
      assert.deepEqual(await find('zoe', '4'), ['zeta 4'])
      assert.deepEqual(await find('ann', 'none'), [])
      assert.deepEqual(await find('nobody', '1'), [])
      const [found] = await storage.read.resources.findForUser({ userId: 'bob', type: 'book', id: '2' })
      assert.deepEqual(found, await storage.read.resources.find({ tenantId: 'acme', type: 'book', id: '2' }))
    },
  ),

  contractCase(
    'resource-list-of-user',
    'A person finds their own in the tenants that are named for that, and what others see in those named for this',
    async (storage) => {
      await booksFixture(storage)
      for (const [userId, ownIn, tenantIds, expected] of lists) {
        const listed = await storage.read.resources.listForUser({ userId, type: 'book', ownIn, tenantIds, page })
        assert.deepEqual(idsOf(listed), expected, `${userId} ${ownIn.join()} ${tenantIds.join()}`)
      }
    },
  ),

  contractCase(
    'resource-list-of-user-keyword',
    'What a person finds in all tenants is narrowed by a part of the name',
    async (storage) => {
      await booksFixture(storage)
      for (const [keyword, expected] of [
        ['', ['acme 2', 'acme 1']],
        ['ANN', ['acme 1']],
        ['%', ['acme 1']],
        ['_', ['acme 2']],
        ['é', []],
      ] as const) {
        const filter = { userId: 'ann', type: 'book', ownIn: ['acme'], tenantIds: ['acme'], keyword }
        assert.deepEqual(idsOf(await storage.read.resources.listForUser({ ...filter, page })), expected, keyword)
        assert.equal(await storage.read.resources.countForUser(filter), expected.length, keyword)
      }
      const ofEve = { userId: 'eve', type: 'book', ownIn: ['acme'], tenantIds: [], keyword: 'éve' }
      assert.deepEqual(idsOf(await storage.read.resources.listForUser({ ...ofEve, page })), ['acme 3'])
    },
  ),

  contractCase(
    'resource-list-of-user-pages',
    'What a person finds in all tenants is paged without gap or repetition',
    async (storage) => {
      await twoTenantsFixture(storage)
      await write(storage, async (tx) => {
        for (const { id, at } of scatteredPlaces) await tx.resources.insert(book('acme', id, 'ann', { createdAt: at }))
      })
      await assertPages(
        'newest',
        (request) =>
          storage.read.resources.listForUser({
            ...{ userId: 'bob', type: 'book', ownIn: [], tenantIds: ['acme'] },
            page: request,
          }),
        ({ createdAt, id }) => ({ at: createdAt, id }),
      )
    },
  ),

  contractCase(
    'resource-count-of-user',
    'The count of what a person finds in all tenants is the length of its list',
    async (storage) => {
      await booksFixture(storage)
      for (const [userId, ownIn, tenantIds, expected] of lists) {
        const count = await storage.read.resources.countForUser({ userId, type: 'book', ownIn, tenantIds })
        assert.equal(count, expected.length, `${userId} ${ownIn.join()} ${tenantIds.join()}`)
      }
    },
  ),
]
