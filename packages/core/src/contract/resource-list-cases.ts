import assert from 'node:assert/strict'
import type { Resource } from '../model/resource.js'
import type { ResourceFilter, ResourceListQuery, ResourceOrder, ResourcePosition } from '../storage/resource-port.js'
import type { Storage } from '../storage/port.js'
import { contractCase } from './contract-case.js'
import { twoTenantsFixture, noon } from './fixtures/rows.js'
import { resourceOf } from './fixtures/resources.js'
import { scatteredPlaces } from './pages.js'
import { write } from './write.js'

const page = { limit: 1000 }
const byCreation = { orderBy: 'created', direction: 'asc', page } as const

async function resourcesFixture(storage: Storage, resources: readonly Resource[]): Promise<void> {
  await twoTenantsFixture(storage)
  await write(storage, async (tx) => {
    for (const resource of resources) await tx.resources.insert(resource)
  })
}

const named = (id: string, ownerId: string, visibility: Resource['visibility'], name: string) =>
  resourceOf({ tenantId: 'acme', type: 'doc', id, ownerId, visibility, name })

/** Acme's documents by id, and some that must never be among them. */
const documents = [
  named('1', 'ann', 'private', 'Ann alone'),
  named('2', 'ann', 'tenant', '100% sure'),
  named('3', 'bob', 'private', 'under_score'),
  named('4', 'bob', 'tenant', 'back\\slash'),
  named('5', 'eve', 'tenant', 'ÉCLAIR of Hannah'),
  named('6', 'eve', 'tenant', 'underXscore 100 sure'),
  resourceOf({ tenantId: 'acme', type: 'book', id: '1', ownerId: 'ann', visibility: 'tenant', name: 'Ann 100%' }),
  resourceOf({ tenantId: 'zeta', type: 'doc', id: '9', ownerId: 'zoe', visibility: 'tenant', name: 'Ann 100%' }),
  resourceOf({ tenantId: 'acme', type: 'doc', id: '8', ownerId: 'ann', visibility: 'tenant', name: 'Ann shared' }),
]

const filters: readonly (readonly [Pick<ResourceFilter, 'userId' | 'show' | 'keyword'>, readonly string[]])[] = [
  [{ userId: 'ann', show: 'both' }, ['1', '2', '4', '5', '6']],
  [{ userId: 'ann', show: 'own' }, ['1', '2']],
  [{ userId: 'ann', show: 'others' }, ['4', '5', '6']],
  [{ userId: 'bob', show: 'both' }, ['2', '3', '4', '5', '6']],
  [{ userId: 'bob', show: 'own' }, ['3', '4']],
  [{ userId: 'zoe', show: 'both' }, ['2', '4', '5', '6']],
  [{ userId: 'zoe', show: 'own' }, []],
  [{ userId: 'ann', show: 'both', keyword: '' }, ['1', '2', '4', '5', '6']],
  [{ userId: 'ann', show: 'both', keyword: 'aNN' }, ['1', '5']],
  [{ userId: 'bob', show: 'both', keyword: 'ann' }, ['5']],
  [{ userId: 'ann', show: 'others', keyword: 'éclair' }, ['5']],
  [{ userId: 'ann', show: 'both', keyword: '%' }, ['2']],
  [{ userId: 'bob', show: 'both', keyword: '_' }, ['3']],
  [{ userId: 'ann', show: 'both', keyword: '\\' }, ['4']],
  [{ userId: 'ann', show: 'both', keyword: "'" }, []],
]

async function documentsFixture(storage: Storage): Promise<void> {
  await resourcesFixture(storage, documents)
  await write(storage, (tx) => tx.resources.share({ tenantId: 'acme', type: 'doc', id: '8', to: 'zeta', at: noon }))
}

// Names whose order by bytes differs from any order by words or by halves of surrogate pairs.
const names = ['b', 'B', 'a b', 'ab', 'É', 'z', 'Zebra', '日本', '\u{1F469}', '\uFF5E', '_', '-', '10', '9', 'İstanbul']

/** One resource at each of 25 places, with few different names, sizes and times. */
const scattered = scatteredPlaces.map(({ id, at }, index) =>
  resourceOf({
    tenantId: 'acme',
    type: 'doc',
    id,
    ownerId: index % 4 === 0 ? 'ann' : 'bob',
    visibility: 'tenant',
    name: names[(index * 4) % names.length] ?? '',
    createdAt: at,
    updatedAt: noon + ((index * 11) % 7),
    activeAt: noon + ((index * 3) % 5),
    sizeBytes: (index * 5) % 6,
  }),
)

const keyOf: Readonly<Record<ResourceOrder, (resource: Resource) => number | string>> = {
  name: ({ name }) => name.toLowerCase(),
  created: ({ createdAt }) => createdAt,
  updated: ({ updatedAt }) => updatedAt,
  active: ({ activeAt }) => activeAt,
  size: ({ sizeBytes }) => sizeBytes,
}

const orders = (['name', 'created', 'updated', 'active', 'size'] as const).flatMap((orderBy) =>
  (['asc', 'desc'] as const).map((direction) => ({ orderBy, direction })),
)

function compare(a: number | string, b: number | string): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return Buffer.compare(Buffer.from(String(a)), Buffer.from(String(b)))
}

function inOrder({ orderBy, direction }: Pick<ResourceListQuery, 'orderBy' | 'direction'>): readonly string[] {
  const sorted = [...scattered].sort((a, b) => compare(keyOf[orderBy](a), keyOf[orderBy](b)) || compare(a.id, b.id))
  return (direction === 'asc' ? sorted : sorted.reverse()).map(({ id }) => id)
}

const query = { tenantId: 'acme', type: 'doc', userId: 'ann', show: 'both' } as const
const idsOf = (resources: readonly Resource[]) => resources.map(({ id }) => id)

export const resourceListCases = [
  contractCase(
    'resource-list',
    'A person finds what is theirs and what the tenant sees, nothing else',
    async (storage) => {
      await documentsFixture(storage)
      const { read } = storage
      const listed = await read.resources.list({ ...query, ...byCreation })
      assert.deepEqual(
        listed,
        documents.filter(({ id, type }) => type === 'doc' && '12456'.includes(id)),
      )
      const shared = await read.resources.list({ ...query, ...byCreation, tenantId: 'zeta', userId: 'zoe' })
      assert.deepEqual(idsOf(shared), ['8', '9'])
      assert.deepEqual(await read.resources.list({ ...query, ...byCreation, tenantId: 'nowhere' }), [])
      assert.deepEqual(await read.resources.list({ ...query, ...byCreation, type: 'other' }), [])
    },
  ),

  contractCase('resource-list-filter', 'Resources are narrowed by owner and by a part of the name', async (storage) => {
    await documentsFixture(storage)
    for (const [filter, expected] of filters) {
      const listed = await storage.read.resources.list({ ...query, ...byCreation, ...filter })
      assert.deepEqual(idsOf(listed), expected, JSON.stringify(filter))
    }
  }),

  contractCase(
    'resource-list-order',
    'Resources come in the order that is asked for, the same on every storage',
    async (storage) => {
      await resourcesFixture(storage, scattered)
      for (const order of orders) {
        const listed = await storage.read.resources.list({ ...query, ...order, page })
        assert.deepEqual(idsOf(listed), inOrder(order), JSON.stringify(order))
      }
    },
  ),

  contractCase(
    'resource-list-pages',
    'Resources are paged without gap or repetition in every order',
    async (storage) => {
      await resourcesFixture(storage, scattered)
      for (const order of orders) {
        const expected = inOrder(order)
        for (const limit of [1, 4, 25]) {
          const byPosition: string[] = []
          const byOffset: string[] = []
          let after: ResourcePosition | undefined
          for (let offset = 0; offset < expected.length; offset += limit) {
            const next = await storage.read.resources.list({ ...query, ...order, page: { limit, after } })
            const last = next.at(-1)
            if (last) after = { at: keyOf[order.orderBy](last), id: last.id }
            byPosition.push(...idsOf(next))
            byOffset.push(...idsOf(await storage.read.resources.list({ ...query, ...order, page: { limit, offset } })))
          }
          assert.deepEqual(byPosition, expected, `${JSON.stringify(order)}: pages of ${limit} by position`)
          assert.deepEqual(byOffset, expected, `${JSON.stringify(order)}: pages of ${limit} by offset`)
          const behind = await storage.read.resources.list({ ...query, ...order, page: { limit, after } })
          assert.deepEqual(behind, [], 'behind the last one')
        }
        const own = expected.filter((id) => scattered.find((one) => one.id === id)?.ownerId === 'ann')
        const second = { limit: 2, offset: 1 }
        const listed = await storage.read.resources.list({ ...query, ...order, show: 'own', page: second })
        assert.deepEqual(idsOf(listed), own.slice(1, 3))
      }
    },
  ),

  contractCase('resource-count', 'The count of resources is the length of their list', async (storage) => {
    await documentsFixture(storage)
    for (const [filter, expected] of filters) {
      const count = await storage.read.resources.count({ ...query, ...filter })
      assert.equal(count, expected.length, JSON.stringify(filter))
    }
    assert.equal(await storage.read.resources.count({ ...query, tenantId: 'nowhere' }), 0)
  }),
]
