import assert from 'node:assert/strict'
import type { Storage } from '../storage/port.js'
import { contractCase } from './contract-case.js'
import { givenOrganization, givenTenant, givenUsers, noon } from './given.js'
import { assertPages, scatteredPlaces } from './pages.js'

const page = { limit: 100 }

/** Umbrella has a tenant of each status, Omega one, and one is in no organization. */
async function givenTenantsOfUmbrella(storage: Storage): Promise<void> {
  await givenUsers(storage, 'ann')
  await givenOrganization(storage, 'umbrella', ['ann'])
  await givenOrganization(storage, 'omega', ['ann'])
  for (const [index, status] of (['active', 'suspended', 'archived', 'deleted'] as const).entries())
    await givenTenant(storage, status, ['ann'], { status, organizationId: 'umbrella', createdAt: noon - index })
  await givenTenant(storage, 'foreign', ['ann'], { organizationId: 'omega' })
  await givenTenant(storage, 'free', ['ann'])
}

export const tenantOrganizationCases = [
  contractCase(
    'tenant-list-by-organization',
    "The list of an organization's tenants holds its own, in every status but deleted, oldest first",
    async (storage) => {
      await givenTenantsOfUmbrella(storage)
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
      await givenUsers(storage, 'ann')
      await givenOrganization(storage, 'umbrella', ['ann'])
      for (const { id, at } of scatteredPlaces) {
        await givenTenant(storage, id, ['ann'], { createdAt: at, organizationId: 'umbrella' })
        await givenTenant(storage, `${id}-free`, ['ann'], { createdAt: at })
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
      await givenTenantsOfUmbrella(storage)
      const count = (organizationId: string) => storage.read.tenants.countByOrganization({ organizationId })
      assert.deepEqual([await count('umbrella'), await count('omega'), await count('nowhere')], [3, 1, 0])
    },
  ),
]
