import assert from 'node:assert/strict'
import type { Resource } from '../model/resource.js'
import type { Storage } from '../storage/port.js'
import { contractCase } from './contract-case.js'
import { tenantFixture, twoTenantsFixture, noon } from './fixtures/rows.js'
import { resourceOf } from './fixtures/resources.js'
import { write } from './write.js'

const inAcme = { tenantId: 'acme', type: 'doc', id: 'one' } as const

/** Acme, of which Ann, Bob and Eve are members, and Zeta and Third, of which Zoe is one, with these resources. */
async function resourcesFixture(storage: Storage, ...resources: readonly Resource[]): Promise<void> {
  await twoTenantsFixture(storage)
  await tenantFixture(storage, 'third', ['zoe', 'ann'])
  await write(storage, async (tx) => {
    for (const resource of resources) await tx.resources.insert(resource)
  })
}

export const resourceTotalCases = [
  contractCase(
    'resource-count-labels',
    'Labels are counted where a person may know of what bears them',
    async (storage) => {
      const labelled = (id: string, ownerId: string, tag: readonly string[], more: Partial<Resource> = {}) =>
        resourceOf({ ...inAcme, id, ownerId, labels: { tag, category: ['pcr'] }, ...more })
      await resourcesFixture(
        storage,
        labelled('1', 'ann', ['pcr', 'Pcr']),
        labelled('2', 'bob', ['pcr', 'ü', 'z'], { visibility: 'tenant' }),
        labelled('3', 'bob', ['pcr', 'hidden']),
        labelled('4', 'ann', ['pcr', 'ü'], { visibility: 'tenant' }),
        labelled('1', 'ann', ['other type'], { type: 'book' }),
        labelled('1', 'zoe', ['other tenant'], { tenantId: 'zeta', ownerTenantId: 'zeta' }),
        labelled('shared', 'ann', ['shared']),
      )
      await write(storage, (tx) => tx.resources.share({ ...inAcme, id: 'shared', to: 'third', at: noon }))
      const asked = { tenantId: 'acme', type: 'doc', userId: 'ann', kind: 'tag', limit: 100 } as const
      const count = async (query: object, show: 'own' | 'others' | 'both' = 'both') => {
        const rows = await storage.read.resources.countLabels({ ...asked, show, ...query })
        return rows.map((row) => [row.label, row.count])
      }
      const all = [
        ['pcr', 3],
        ['ü', 2],
        ['Pcr', 1],
        ['z', 1],
      ]
      assert.deepEqual([await count({}), await count({ limit: 2 })], [all, all.slice(0, 2)])
      assert.deepEqual(await count({}, 'own'), [['pcr', 2], ['Pcr', 1], ['ü', 1]]) // prettier-ignore
      assert.deepEqual(await count({}, 'others'), [['pcr', 1], ['z', 1], ['ü', 1]]) // prettier-ignore
      assert.deepEqual(await count({ kind: 'category' }), [['pcr', 3]])
      assert.deepEqual([await count({ kind: 'none' }), await count({ tenantId: 'nowhere' })], [[], []])
      assert.deepEqual(await count({ tenantId: 'third' }), [['shared', 1]])
    },
  ),

  contractCase('resource-totals', 'What a tenant sees is summed up by type', async (storage) => {
    const sized = (tenantId: string, type: string, id: string, sizeBytes: number) =>
      resourceOf({ tenantId, type, id, sizeBytes, ownerId: tenantId === 'acme' ? 'ann' : 'zoe' })
    const huge = 2 ** 52
    await resourcesFixture(
      storage,
      sized('acme', 'doc', '1', 3),
      sized('acme', 'doc', '2', 0),
      sized('acme', 'doc', 'shared', 100),
      sized('acme', 'a_b', '1', huge),
      sized('acme', 'Zeta', '1', 1),
      sized('zeta', 'doc', '1', 50),
    )
    await write(storage, (tx) =>
      tx.resources.share({ tenantId: 'acme', type: 'doc', id: 'shared', to: 'zeta', at: noon }),
    )
    assert.deepEqual(await storage.read.resources.totals({ tenantId: 'acme' }), [
      { type: 'Zeta', count: 1, sizeBytes: 1 },
      { type: 'a_b', count: 1, sizeBytes: huge },
      { type: 'doc', count: 2, sizeBytes: 3 },
    ])
    assert.deepEqual(await storage.read.resources.totals({ tenantId: 'zeta' }), [
      { type: 'doc', count: 2, sizeBytes: 150 },
    ])
    assert.deepEqual(await storage.read.resources.totals({ tenantId: 'nowhere' }), [])
  }),
]
