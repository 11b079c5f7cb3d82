import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { tenantRouter } from '@tenantry/express-router'
import { serve } from '../../testing/serve.js'
import { STORAGES } from '../../testing/storages.js'
import { ask } from '../../testing/tenant-client.js'
import { secondTenantId } from '../../testing/tenant-examples.js'
import { createScenario } from '../../testing/scenario.js'
import { snapshot } from '../../testing/snapshot.js'
import type { Person, Scenario } from '../../testing/scenario.js'

const ABOVE = '/tenant/{tenantId}/organization'

describe.each(STORAGES)('the organization of a tenant on $storage', ({ makeStorage }) => {
  let scenario: Scenario
  beforeEach(async () => {
    scenario = await createScenario(makeStorage())
  })
  afterEach(() => scenario.close())

  const get = (as: Person, path = '') => ask(scenario, `GET ${ABOVE}${path}`, { as })
  const put = (as: Person, userId: string, flags: object) =>
    ask(scenario, `PUT ${ABOVE}/users`, { as, body: { userId, ...flags } })
  const remove = (as: Person, userId: string) => ask(scenario, `DELETE ${ABOVE}/users`, { as, body: { userId } })
  const addResource = (as: Person, tenantId: string, type: string, sizeBytes: number) =>
    scenario.tenancy
      .as({ userId: scenario.people[as].id })
      .in(tenantId)
      .resources.create({ type, name: type, sizeBytes })

  it('is visible to the tenant’s members, but only its admins see its tenants and users', async () => {
    for (const as of ['vic', 'bob', 'ann', 'olga'] as const) {
      expect((await get(as)).body).toMatchObject({ id: scenario.umbrella, displayName: 'umbrella' })
    }
    for (const path of ['/statistics', '/tenants']) {
      for (const as of ['vic', 'bob'] as const) expect((await get(as, path)).status).toBe(403)
      expect((await get('olga', path)).status).toBe(200)
    }
    expect((await get('vic', '/users')).status).toBe(403)
    expect((await get('bob', '/users')).status).toBe(200)
  })

  it('is not found for a tenant without an organization', async () => {
    const { otto } = scenario.people
    const { id: tenantId } = await scenario.tenancy.as({ userId: otto.id }).tenants.create({ name: 'Otto’s' })
    for (const path of ['', '/statistics', '/tenants', '/users']) {
      const response = await ask(scenario, `GET ${ABOVE}${path}`, { as: 'otto', params: { tenantId } })
      expect([response.status, response.body.code]).toEqual([404, 'organization_not_found'])
    }
    const [row] = (await ask(scenario, 'GET /tenant/{tenantId}/users', { as: 'otto', params: { tenantId } })).body
    expect(row).toMatchObject({ organizationId: null, isActiveInOrganization: false, isAdminInOrganization: false })
  })

  it('has admins who are admins of each of its tenants', async () => {
    const renamed = await ask(scenario, 'PUT /tenant/{tenantId}', { as: 'olga', body: { displayName: 'Acme Ltd' } })
    expect(renamed.body.displayName).toBe('Acme Ltd')
    const added = await ask(scenario, 'POST /tenant/{tenantId}/users', {
      as: 'olga',
      body: { email: 'new@example.com' },
    })
    expect(added.status).toBe(201)
    await put('ann', scenario.people.olga.id, { isAdminInOrganization: false })
    expect((await ask(scenario, 'GET /tenant/{tenantId}', { as: 'olga' })).status).toBe(404)
  })

  it('adds up the statistics of its tenants', async () => {
    const second = await secondTenantId(scenario)
    await addResource('ann', scenario.acme, 'process', 1000)
    await addResource('ann', scenario.acme, 'invoice', 24)
    await addResource('ann', second, 'process', 3_000_000_000)
    await addResource('ann', second, 'dataset', 5)
    await addResource('gil', scenario.globex, 'dataset', 7)
    const { body } = await ask(scenario, 'GET /tenant/{tenantId}/statistics', { as: 'ada' })
    expect(body).toEqual({ processCount: 1, datasetCount: 0, userCount: 6, storageUsedBytes: 1024 })
    expect((await get('olga', '/statistics')).body).toEqual({
      tenantCount: 2,
      totalProcessCount: 2,
      totalDatasetCount: 1,
      totalUserCount: 6,
      totalStorageUsedBytes: 3_000_001_029,
    })
  })

  it('accepts counters of the host in the statistics of a tenant', async () => {
    await addResource('ann', scenario.acme, 'process', 7)
    const tenancy = scenario.tenancy
    const asked: string[] = []
    const countForTenant = async (tenantId: string) => {
      asked.push(tenantId)
      return { processCount: 5, storageUsedBytes: 10, robotCount: 3 }
    }
    const server = await serve(tenantRouter({ tenancy, countForTenant }))
    const counted = (as: Person) => ask({ ...scenario, url: server.url }, 'GET /tenant/{tenantId}/statistics', { as })
    expect((await counted('vic')).status).toBe(403)
    expect(asked).toEqual([])
    expect((await counted('ada')).body).toEqual({
      processCount: 6,
      datasetCount: 0,
      userCount: 6,
      storageUsedBytes: 17,
      robotCount: 3,
    })
    expect(asked).toEqual([scenario.acme])
    await server.close()
  })

  it('creates tenants with slugs unique in the installation, and deletes them', async () => {
    const key = `POST ${ABOVE}/tenants`
    const create = (as: Person, body: object, tenantId = scenario.acme) =>
      ask(scenario, key, { as, body, params: { tenantId } })
    const { body } = await create('olga', { shortName: 'second', description: 'The second one' })
    expect(body).toMatchObject({ shortName: 'second', displayName: 'second', description: 'The second one' })
    const taken = await create('gil', { shortName: 'second' }, scenario.globex)
    expect([taken.status, taken.body.code]).toEqual([409, 'slug_taken'])
    for (const shortName of ['A', 'Upper', 'a b', 'a--b', '-a', '']) {
      const response = await create('olga', { shortName })
      expect(response.status).toBe(400)
      expect(response.body.message).toContain('shortName')
    }
    const ids = async () => ((await get('olga', '/tenants')).body as { id: string }[]).map(({ id }) => id)
    expect(await ids()).toEqual([scenario.acme, body.id])
    const gone = { as: 'olga', params: { targetTenantId: body.id } } as const
    await ask(scenario, `DELETE ${ABOVE}/tenants/{targetTenantId}`, gone)
    expect(await ids()).toEqual([scenario.acme])
    expect((await ask(scenario, `DELETE ${ABOVE}/tenants/{targetTenantId}`, gone)).status).toBe(404)
    expect((await ask(scenario, 'GET /tenant/{tenantId}', { as: 'olga', params: { tenantId: body.id } })).status).toBe(
      404,
    )
  })

  it('accepts only members of its tenants as members', async () => {
    const { vic, mo, otto } = scenario.people
    expect((await put('olga', vic.id, { isAdminInOrganization: true })).status).toBe(200)
    const users = (await get('bob', '/users')).body as { id: string }[]
    expect(users.find(({ id }) => id === vic.id)).toMatchObject({
      organizationId: scenario.umbrella,
      isActiveInOrganization: true,
      isAdminInOrganization: true,
    })
    for (const { id } of [mo, otto]) {
      const response = await put('olga', id, { isAdminInOrganization: false })
      expect([response.status, response.body.code]).toEqual([404, 'member_not_found'])
    }
  })

  it('always keeps an admin', async () => {
    const { ann, olga } = scenario.people
    await remove('ann', olga.id)
    const before = await snapshot(scenario)
    for (const response of [
      await put('ann', ann.id, { isAdminInOrganization: false }),
      await put('ann', ann.id, { isActiveInOrganization: false }),
      await remove('ann', ann.id),
    ]) {
      expect([response.status, response.body.code]).toEqual([403, 'last_admin'])
    }
    expect(await snapshot(scenario)).toEqual(before)
  })

  it('lets only operators change superusers', async () => {
    const { opal } = scenario.people
    await ask(scenario, 'POST /tenant/{tenantId}/users', { as: 'ann', body: { email: opal.email } })
    // Until then she is a stranger, whom an organization does not know.
    await scenario.tenancy.as({ userId: opal.id }).in(scenario.acme).recordActivity()
    expect((await put('olga', opal.id, { isAdminInOrganization: true })).status).toBe(403)
    const body = { userId: opal.id, tenantId: scenario.acme }
    expect((await ask(scenario, 'DELETE /tenant/{tenantId}/users', { as: 'olga', body })).status).toBe(403)
  })

  it('can only be changed by its admins', async () => {
    const { bob } = scenario.people
    const before = await snapshot(scenario)
    for (const as of ['bob', 'ada', 'vic'] as const) {
      expect((await put(as, bob.id, { isAdminInOrganization: true })).status).toBe(403)
      expect((await remove(as, bob.id)).status).toBe(403)
      const create = { as, body: { shortName: 'second' } } as const
      expect((await ask(scenario, `POST ${ABOVE}/tenants`, create)).status).toBe(403)
      const target = { as, params: { targetTenantId: scenario.acme } } as const
      expect((await ask(scenario, `DELETE ${ABOVE}/tenants/{targetTenantId}`, target)).status).toBe(403)
    }
    expect(await snapshot(scenario)).toEqual(before)
  })
})
