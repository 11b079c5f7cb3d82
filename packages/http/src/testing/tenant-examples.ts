import type { Examples } from './api-client.js'
import { ask } from './tenant-client.js'
import type { Scenario } from './scenario.js'

/** The ID of a second tenant of Umbrella, owned by Ann. */
export async function secondTenantId(scenario: Scenario, shortName = 'second'): Promise<string> {
  const key = 'POST /tenant/{tenantId}/organization/tenants'
  const { body } = await ask(scenario, key, { as: 'ann', body: { shortName } })
  return body.id
}

const inAcme = ({ acme }: Scenario) => ({ tenantId: acme })

/** An example request for each route: those of the document, with IDs replaced. */
export const EXAMPLES: Examples = {
  'GET /tenant/{tenantId}': (scenario) => ({ as: 'vic', params: inAcme(scenario) }),
  'PUT /tenant/{tenantId}': (scenario) => ({
    as: 'ada',
    params: inAcme(scenario),
    body: { displayName: 'New Company Name' },
  }),
  'GET /tenant/{tenantId}/statistics': (scenario) => ({ as: 'ada', params: inAcme(scenario) }),
  'GET /tenant/{tenantId}/users': (scenario) => ({ as: 'vic', params: inAcme(scenario) }),
  'POST /tenant/{tenantId}/users': (scenario) => ({
    as: 'ada',
    params: inAcme(scenario),
    body: {
      email: 'newuser@example.com',
      firstName: 'John',
      lastName: 'Doe',
      isAdminInTenant: false,
      isActiveInTenant: true,
      isDeveloperInTenant: false,
    },
  }),
  'PUT /tenant/{tenantId}/users': (scenario) => ({
    as: 'ann',
    params: inAcme(scenario),
    body: {
      userId: scenario.people.bob.id,
      tenantId: scenario.acme,
      isAdminInTenant: true,
      isActiveInTenant: true,
      isDeveloperInTenant: false,
    },
  }),
  'DELETE /tenant/{tenantId}/users': (scenario) => ({
    as: 'ada',
    params: inAcme(scenario),
    body: { userId: scenario.people.vic.id, tenantId: scenario.acme },
  }),
  'GET /tenant/{tenantId}/organization': (scenario) => ({ as: 'vic', params: inAcme(scenario) }),
  'GET /tenant/{tenantId}/organization/statistics': (scenario) => ({ as: 'olga', params: inAcme(scenario) }),
  'GET /tenant/{tenantId}/organization/tenants': (scenario) => ({ as: 'olga', params: inAcme(scenario) }),
  'POST /tenant/{tenantId}/organization/tenants': (scenario) => ({
    as: 'olga',
    params: inAcme(scenario),
    body: { shortName: 'second', displayName: 'Second', description: 'The second one' },
  }),
  'DELETE /tenant/{tenantId}/organization/tenants/{targetTenantId}': async (scenario) => ({
    as: 'olga',
    params: { ...inAcme(scenario), targetTenantId: await secondTenantId(scenario) },
  }),
  'GET /tenant/{tenantId}/organization/users': (scenario) => ({ as: 'bob', params: inAcme(scenario) }),
  'PUT /tenant/{tenantId}/organization/users': (scenario) => ({
    as: 'olga',
    params: inAcme(scenario),
    body: { userId: scenario.people.bob.id, isActiveInOrganization: true, isAdminInOrganization: true },
  }),
  'DELETE /tenant/{tenantId}/organization/users': (scenario) => ({
    as: 'olga',
    params: inAcme(scenario),
    body: { userId: scenario.people.bob.id },
  }),
}
