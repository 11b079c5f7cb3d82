import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { tenantRouter } from '../index.js'
import { serve } from '../testing/serve.js'
import { STORAGES } from '../testing/storages.js'
import { ask } from '../testing/tenant-client.js'
import { secondTenantId } from '../testing/tenant-examples.js'
import { createWorld, snapshot } from '../testing/world.js'
import type { Person, World } from '../testing/world.js'

const ABOVE = '/tenant/{tenantId}/organization'

describe.each(STORAGES)('the organization above a tenant on $storage', ({ makeStorage }) => {
  let world: World
  beforeEach(async () => {
    const resources = { process: ['create', 'read'], dataset: ['create', 'read'], invoice: ['create', 'read'] }
    world = await createWorld(makeStorage(), { tenancy: { resources } })
  })
  afterEach(() => world.close())

  const get = (as: Person, path = '') => ask(world, `GET ${ABOVE}${path}`, { as })
  const put = (as: Person, userId: string, flags: object) =>
    ask(world, `PUT ${ABOVE}/users`, { as, body: { userId, ...flags } })
  const remove = (as: Person, userId: string) => ask(world, `DELETE ${ABOVE}/users`, { as, body: { userId } })
  const addResource = (as: Person, tenantId: string, type: string, sizeBytes: number) =>
    world.tenancy.as({ userId: world.people[as].id }).in(tenantId).resources.create({ type, name: type, sizeBytes })

  it('is shown to the tenant’s members; what it holds, to its admins', async () => {
    for (const as of ['vic', 'bob', 'ann', 'olga'] as const) {
      expect((await get(as)).body).toMatchObject({ id: world.umbrella, displayName: 'umbrella' })
    }
    for (const path of ['/statistics', '/tenants']) {
      for (const as of ['vic', 'bob'] as const) expect((await get(as, path)).status).toBe(403)
      expect((await get('olga', path)).status).toBe(200)
    }
    expect((await get('vic', '/users')).status).toBe(403)
    expect((await get('bob', '/users')).status).toBe(200)
  })

  it('is none for a tenant that is in none', async () => {
    const { otto } = world.people
    const { id: tenantId } = await world.tenancy.as({ userId: otto.id }).tenants.create({ name: 'Otto’s' })
    for (const path of ['', '/statistics', '/tenants', '/users']) {
      const answer = await ask(world, `GET ${ABOVE}${path}`, { as: 'otto', params: { tenantId } })
      expect([answer.status, answer.body.code]).toEqual([404, 'organization_not_found'])
    }
    const [row] = (await ask(world, 'GET /tenant/{tenantId}/users', { as: 'otto', params: { tenantId } })).body
    expect(row).toMatchObject({ organizationId: null, isActiveInOrganization: false, isAdminInOrganization: false })
  })

  it('has admins who are admins of each of its tenants', async () => {
    const renamed = await ask(world, 'PUT /tenant/{tenantId}', { as: 'olga', body: { displayName: 'Acme Ltd' } })
    expect(renamed.body.displayName).toBe('Acme Ltd')
    const added = await ask(world, 'POST /tenant/{tenantId}/users', { as: 'olga', body: { email: 'new@example.com' } })
    expect(added.status).toBe(201)
    await put('ann', world.people.olga.id, { isAdminInOrganization: false })
    expect((await ask(world, 'GET /tenant/{tenantId}', { as: 'olga' })).status).toBe(404)
  })

  it('counts what its tenants hold, as each tenant does', async () => {
    const second = await secondTenantId(world)
    await addResource('ann', world.acme, 'process', 1000)
    await addResource('ann', world.acme, 'invoice', 24)
    await addResource('ann', second, 'process', 3_000_000_000)
    await addResource('ann', second, 'dataset', 5)
    await addResource('gil', world.globex, 'dataset', 7)
    const { body } = await ask(world, 'GET /tenant/{tenantId}/statistics', { as: 'ada' })
    expect(body).toEqual({ processCount: 1, datasetCount: 0, userCount: 6, storageUsedBytes: 1024 })
    expect((await get('olga', '/statistics')).body).toEqual({
      tenantCount: 2,
      totalProcessCount: 2,
      totalDatasetCount: 1,
      totalUserCount: 6,
      totalStorageUsedBytes: 3_000_001_029,
    })
  })

  it('leaves room for counters of the host, in the statistics of a tenant', async () => {
    await addResource('ann', world.acme, 'process', 7)
    const tenancy = world.tenancy
    const asked: string[] = []
    const countForTenant = async (tenantId: string) => {
      asked.push(tenantId)
      return { processCount: 5, storageUsedBytes: 10, robotCount: 3 }
    }
    const server = await serve(tenantRouter({ tenancy, countForTenant }))
    const counted = (as: Person) => ask({ ...world, url: server.url }, 'GET /tenant/{tenantId}/statistics', { as })
    expect((await counted('vic')).status).toBe(403)
    expect(asked).toEqual([])
    expect((await counted('ada')).body).toEqual({
      processCount: 6,
      datasetCount: 0,
      userCount: 6,
      storageUsedBytes: 17,
      robotCount: 3,
    })
    expect(asked).toEqual([world.acme])
    await server.close()
  })

  it('gets tenants under short names of their own in the installation, and loses them', async () => {
    const key = `POST ${ABOVE}/tenants`
    const create = (as: Person, body: object, tenantId = world.acme) =>
      ask(world, key, { as, body, params: { tenantId } })
    const { body } = await create('olga', { shortName: 'second', description: 'The second one' })
    expect(body).toMatchObject({ shortName: 'second', displayName: 'second', description: 'The second one' })
    const taken = await create('gil', { shortName: 'second' }, world.globex)
    expect([taken.status, taken.body.code]).toEqual([409, 'slug_taken'])
    for (const shortName of ['A', 'Upper', 'a b', 'a--b', '-a', '']) {
      const answer = await create('olga', { shortName })
      expect(answer.status).toBe(400)
      expect(answer.body.message).toContain('shortName')
    }
    const ids = async () => ((await get('olga', '/tenants')).body as { id: string }[]).map(({ id }) => id)
    expect(await ids()).toEqual([world.acme, body.id])
    const gone = { as: 'olga', params: { targetTenantId: body.id } } as const
    await ask(world, `DELETE ${ABOVE}/tenants/{targetTenantId}`, gone)
    expect(await ids()).toEqual([world.acme])
    expect((await ask(world, `DELETE ${ABOVE}/tenants/{targetTenantId}`, gone)).status).toBe(404)
    expect((await ask(world, 'GET /tenant/{tenantId}', { as: 'olga', params: { tenantId: body.id } })).status).toBe(404)
  })

  it('takes in people of its tenants, and nobody else', async () => {
    const { vic, mo, otto } = world.people
    expect((await put('olga', vic.id, { isAdminInOrganization: true })).status).toBe(200)
    const users = (await get('bob', '/users')).body as { id: string }[]
    expect(users.find(({ id }) => id === vic.id)).toMatchObject({
      organizationId: world.umbrella,
      isActiveInOrganization: true,
      isAdminInOrganization: true,
    })
    for (const { id } of [mo, otto]) {
      const answer = await put('olga', id, { isAdminInOrganization: false })
      expect([answer.status, answer.body.code]).toEqual([404, 'member_not_found'])
    }
  })

  it('keeps its last admin', async () => {
    const { ann, olga } = world.people
    await remove('ann', olga.id)
    const before = await snapshot(world)
    for (const answer of [
      await put('ann', ann.id, { isAdminInOrganization: false }),
      await put('ann', ann.id, { isActiveInOrganization: false }),
      await remove('ann', ann.id),
    ]) {
      expect([answer.status, answer.body.code]).toEqual([403, 'last_admin_must_stay'])
    }
    expect(await snapshot(world)).toEqual(before)
  })

  it('leaves superusers to operators', async () => {
    const { opal } = world.people
    await ask(world, 'POST /tenant/{tenantId}/users', { as: 'ann', body: { email: opal.email } })
    // Until then she is a stranger, whom an organization does not know.
    await world.tenancy.as({ userId: opal.id }).in(world.acme).recordActivity()
    expect((await put('olga', opal.id, { isAdminInOrganization: true })).status).toBe(403)
    const body = { userId: opal.id, tenantId: world.acme }
    expect((await ask(world, 'DELETE /tenant/{tenantId}/users', { as: 'olga', body })).status).toBe(403)
  })

  it('is changed by its admins only', async () => {
    const { bob } = world.people
    const before = await snapshot(world)
    for (const as of ['bob', 'ada', 'vic'] as const) {
      expect((await put(as, bob.id, { isAdminInOrganization: true })).status).toBe(403)
      expect((await remove(as, bob.id)).status).toBe(403)
      const create = { as, body: { shortName: 'second' } } as const
      expect((await ask(world, `POST ${ABOVE}/tenants`, create)).status).toBe(403)
      const target = { as, params: { targetTenantId: world.acme } } as const
      expect((await ask(world, `DELETE ${ABOVE}/tenants/{targetTenantId}`, target)).status).toBe(403)
    }
    expect(await snapshot(world)).toEqual(before)
  })
})
