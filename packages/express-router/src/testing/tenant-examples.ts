import type { Examples } from './surface-client.js'
import { ask } from './tenant-client.js'
import type { World } from './world.js'

/** The id of a second tenant of Umbrella, which Ann owns. */
export async function secondTenantId(world: World, shortName = 'second'): Promise<string> {
  const key = 'POST /tenant/{tenantId}/organization/tenants'
  const { body } = await ask(world, key, { as: 'ann', body: { shortName } })
  return body.id
}

const inAcme = ({ acme }: World) => ({ tenantId: acme })

/** One for each route: the requests of the document, unchanged but for their ids. */
export const EXAMPLES: Examples = {
  'GET /tenant/{tenantId}': (world) => ({ as: 'vic', params: inAcme(world) }),
  'PUT /tenant/{tenantId}': (world) => ({
    as: 'ada',
    params: inAcme(world),
    body: { displayName: 'New Company Name' },
  }),
  'GET /tenant/{tenantId}/statistics': (world) => ({ as: 'ada', params: inAcme(world) }),
  'GET /tenant/{tenantId}/users': (world) => ({ as: 'vic', params: inAcme(world) }),
  'POST /tenant/{tenantId}/users': (world) => ({
    as: 'ada',
    params: inAcme(world),
    body: {
      email: 'newuser@example.com',
      firstName: 'John',
      lastName: 'Doe',
      isAdminInTenant: false,
      isActiveInTenant: true,
      isDeveloperInTenant: false,
    },
  }),
  'PUT /tenant/{tenantId}/users': (world) => ({
    as: 'ann',
    params: inAcme(world),
    body: {
      userId: world.people.bob.id,
      tenantId: world.acme,
      isAdminInTenant: true,
      isActiveInTenant: true,
      isDeveloperInTenant: false,
    },
  }),
  'DELETE /tenant/{tenantId}/users': (world) => ({
    as: 'ada',
    params: inAcme(world),
    body: { userId: world.people.vic.id, tenantId: world.acme },
  }),
  'GET /tenant/{tenantId}/organization': (world) => ({ as: 'vic', params: inAcme(world) }),
  'GET /tenant/{tenantId}/organization/statistics': (world) => ({ as: 'olga', params: inAcme(world) }),
  'GET /tenant/{tenantId}/organization/tenants': (world) => ({ as: 'olga', params: inAcme(world) }),
  'POST /tenant/{tenantId}/organization/tenants': (world) => ({
    as: 'olga',
    params: inAcme(world),
    body: { shortName: 'second', displayName: 'Second', description: 'The second one' },
  }),
  'DELETE /tenant/{tenantId}/organization/tenants/{targetTenantId}': async (world) => ({
    as: 'olga',
    params: { ...inAcme(world), targetTenantId: await secondTenantId(world) },
  }),
  'GET /tenant/{tenantId}/organization/users': (world) => ({ as: 'bob', params: inAcme(world) }),
  'PUT /tenant/{tenantId}/organization/users': (world) => ({
    as: 'olga',
    params: inAcme(world),
    body: { userId: world.people.bob.id, isActiveInOrganization: true, isAdminInOrganization: true },
  }),
  'DELETE /tenant/{tenantId}/organization/users': (world) => ({
    as: 'olga',
    params: inAcme(world),
    body: { userId: world.people.bob.id },
  }),
}
