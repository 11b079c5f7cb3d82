import assert from 'node:assert/strict'
import type { Storage } from '../storage/port.js'
import { contractCase } from './contract-case.js'
import { resourceOf } from './fixtures/resources.js'
import { organizationFixture, tenantFixture, usersFixture, membershipOf, noon } from './fixtures/rows.js'
import { assertPages, scatteredPlaces } from './pages.js'
import { write } from './write.js'

const page = { limit: 100 }

/** Umbrella has a tenant of each status, Omega one, and one is in no organization. */
async function tenantsOfUmbrellaFixture(storage: Storage): Promise<void> {
  await usersFixture(storage, 'ann')
  await organizationFixture(storage, 'umbrella', ['ann'])
  await organizationFixture(storage, 'omega', ['ann'])
  for (const [index, status] of (['active', 'suspended', 'archived', 'deleted'] as const).entries())
    await tenantFixture(storage, status, ['ann'], { status, organizationId: 'umbrella', createdAt: noon - index })
  await tenantFixture(storage, 'foreign', ['ann'], { organizationId: 'omega' })
  await tenantFixture(storage, 'free', ['ann'])
}

export const tenantOrganizationCases = [
  contractCase(
    'tenant-list-by-organization',
    "The list of an organization's tenants holds its own, in every status but deleted, oldest first",
    async (storage) => {
      await tenantsOfUmbrellaFixture(storage)
      const list = async (organizationId: string) =>
        (await storage.read.tenants.listByOrganization({ organizationId, page })).map(({ id }) => id)
      assert.deepEqual(await list('umbrella'), ['archived', 'suspended', 'active'])
      assert.deepEqual(await list('omega'), ['foreign'])
      assert.deepEqual(await list('nowhere'), [])
      for (const tenant of await storage.read.tenants.listByOrganization({ organizationId: 'umbrella', page }))
        assert.deepEqual(tenant, await storage.read.tenants.find(tenant.id))
    },
  ),

  contractCase(
    'tenant-list-by-organization-pages',
    "An organization's tenants are paged without gap or repetition",
    async (storage) => {
      await usersFixture(storage, 'ann')
      await organizationFixture(storage, 'umbrella', ['ann'])
      for (const { id, at } of scatteredPlaces) {
        await tenantFixture(storage, id, ['ann'], { createdAt: at, organizationId: 'umbrella' })
        await tenantFixture(storage, `${id}-free`, ['ann'], { createdAt: at })
      }
      await assertPages(
        'oldest',
        (request) => storage.read.tenants.listByOrganization({ organizationId: 'umbrella', page: request }),
        ({ createdAt, id }) => ({ at: createdAt, id }),
      )
    },
  ),

  contractCase(
    'tenant-count-by-organization',
    "The count of an organization's tenants is the length of their list",
    async (storage) => {
      await tenantsOfUmbrellaFixture(storage)
      const count = (organizationId: string) => storage.read.tenants.countByOrganization({ organizationId })
      assert.deepEqual([await count('umbrella'), await count('omega'), await count('nowhere')], [3, 1, 0])
    },
  ),

  contractCase(
    'membership-count-by-organization',
    "The people of an organization's tenants are counted once each, if they are active in one that is there",
    async (storage) => {
      await tenantsOfUmbrellaFixture(storage)
      await usersFixture(storage, 'bob', 'eve', 'zoe')
      await write(storage, async (tx) => {
        const join = (tenantId: string, userId: string, active = true) =>
          tx.memberships.insert(membershipOf({ tenantId, userId, active }))
        await join('active', 'bob')
        await join('archived', 'bob', false)
        await join('suspended', 'eve', false)
        await join('deleted', 'zoe')
        await join('foreign', 'zoe')
      })
      const count = (organizationId: string) => storage.read.memberships.countByOrganization(organizationId)
      assert.deepEqual([await count('umbrella'), await count('omega'), await count('nowhere')], [2, 2, 0])
    },
  ),

  contractCase(
    'resource-totals-by-organization',
    "An organization's totals are those of what is seen in its tenants, each thing once",
    async (storage) => {
      await tenantsOfUmbrellaFixture(storage)
      await write(storage, async (tx) => {
        const add = (tenantId: string, type: string, id: string, sizeBytes: number) =>
          tx.resources.insert(resourceOf({ tenantId, type, id, ownerId: 'ann', sizeBytes }))
        await add('active', 'order', '1', 3_000_000_000)
        await add('archived', 'order', '1', 4_000_000_000)
        await add('suspended', 'file', '1', 5)
        await add('deleted', 'file', '2', 7)
        await add('foreign', 'order', '2', 11)
        await add('free', 'order', '3', 13)
        await add('active', 'order', '4', 17)
        await tx.resources.share({ tenantId: 'active', type: 'order', id: '4', to: 'suspended', at: noon })
      })
      const totals = (organizationId: string) => storage.read.resources.totalsByOrganization({ organizationId })
      assert.deepEqual(await totals('umbrella'), [
        { type: 'file', count: 1, sizeBytes: 5 },
        { type: 'order', count: 3, sizeBytes: 7_000_000_017 },
      ])
      assert.deepEqual(await totals('omega'), [{ type: 'order', count: 1, sizeBytes: 11 }])
      assert.deepEqual(await totals('nowhere'), [])
    },
  ),
]
