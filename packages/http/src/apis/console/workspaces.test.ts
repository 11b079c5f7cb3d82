import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ask, ROUTES } from '../../testing/console-client.js'
import { EXAMPLES } from '../../testing/console-examples.js'
import { exampleIn } from '../../testing/api-client.js'
import { STORAGES } from '../../testing/storages.js'
import { createScenario } from '../../testing/scenario.js'
import { snapshot } from '../../testing/snapshot.js'
import type { Person, Scenario } from '../../testing/scenario.js'

const ARCHIVE = 'POST /workspaces/archive'
const RESTORE = 'POST /workspaces/restore'

describe.each(STORAGES)('workspaces on $storage', ({ makeStorage }) => {
  let scenario: Scenario
  beforeEach(async () => void (scenario = await createScenario(makeStorage())))
  afterEach(() => scenario.close())

  const create = (as: Person, name: unknown) => ask(scenario, 'POST /workspaces', { as, body: { name } })
  const current = (as: Person, headers = {}) => ask(scenario, 'GET /workspaces/current', { as, headers })
  const list = async (as: Person, headers = {}) =>
    (await ask(scenario, 'GET /workspaces', { as, headers })).body.workspaces

  it('creates a workspace owned by its creator', async () => {
    const { status, body } = await create('otto', '  Otto’s  ')
    expect(status).toBe(201)
    expect(body.tenant).toEqual({
      id: expect.any(String),
      name: 'Otto’s',
      status: 'normal',
      created_at: scenario.clock.now / 1000,
      plan: 'basic',
      role: 'owner',
      custom_config: { remove_webapp_brand: false, replace_webapp_logo: null },
    })
    expect((await current('otto')).body).toEqual(body.tenant)
  })

  it.each([[''], ['  '], ['x'.repeat(101)], [null], [1], [['Acme']], [{}], ['a\u0000b'], ['two\nlines']])(
    'refuses the name %j',
    async (name) => {
      const before = await snapshot(scenario)
      for (const key of ['POST /workspaces', 'POST /workspaces/info']) {
        const response = await ask(scenario, key, { as: 'ann', body: { name } })
        expect(response.body).toMatchObject({ code: 'invalid-param', params: 'name', status: 400 })
      }
      expect(await snapshot(scenario)).toEqual(before)
    },
  )

  it('uses the workspace of the header, else the last one switched to, else the oldest', async () => {
    const second = (await create('vic', 'Second')).body.tenant.id
    expect((await current('vic')).body.id).toBe(scenario.acme)
    expect((await current('vic', { 'x-workspace-id': second })).body.id).toBe(second)
    expect((await list('vic')).map((one: { current: boolean }) => one.current)).toEqual([true, false])
    const switched = await ask(scenario, 'POST /workspaces/switch', { as: 'vic', body: { tenant_id: second } })
    expect(switched.body).toMatchObject({ result: 'success', new_tenant: { id: second, role: 'owner' } })
    expect((await current('vic')).body.id).toBe(second)
    expect((await current('vic', { 'x-workspace-id': scenario.acme })).body.id).toBe(scenario.acme)
    const marked = await list('vic', { 'x-workspace-id': scenario.acme })
    expect(marked).toMatchObject([
      { id: scenario.acme, current: true, role: 'read_only' },
      { id: second, current: false },
    ])
  })

  it('isolates concurrent requests for two workspaces', async () => {
    const second = (await create('vic', 'Second')).body.tenant.id
    const asked = Array.from({ length: 40 }, (_, at) => (at % 2 === 0 ? scenario.acme : second))
    const responses = await Promise.all(asked.map((id) => current('vic', { 'x-workspace-id': id })))
    expect(responses.map(({ body }) => body.id)).toEqual(asked)
    expect(responses.map(({ body }) => body.role)).toEqual(asked.map((id) => (id === second ? 'owner' : 'read_only')))
  })

  it('lists more workspaces than one page contains', async () => {
    for (let number = 0; number < 101; number++) {
      await scenario.tenancy.as({ userId: scenario.people.otto.id }).tenants.create({ name: `No ${number}` })
    }
    expect(await list('otto')).toHaveLength(101)
    expect(await list('opal')).toEqual([])
  })

  it('rejects switching to an unknown, foreign or archived workspace with the same error', async () => {
    await ask(scenario, ARCHIVE, { as: 'ann' })
    const responses = await Promise.all(
      ['01900000-0000-7000-8000-000000000000', scenario.globex, scenario.acme].map((tenant_id) =>
        ask(scenario, 'POST /workspaces/switch', { as: 'vic', body: { tenant_id } }),
      ),
    )
    expect(responses[0]?.body).toMatchObject({ code: 'forbidden', status: 403 })
    expect(new Set(responses.map(({ text }) => text)).size).toBe(1)
  })

  it('enforces the host’s limit of workspaces per user', async () => {
    await scenario.close()
    scenario = await createScenario(makeStorage(), { tenancy: { limits: { tenantsPerUser: 1 } } })
    expect((await create('otto', 'One')).status).toBe(201)
    expect((await create('otto', 'Two')).body).toMatchObject({ code: 'workspaces-limit-exceeded', status: 400 })
  })

  it('shows operators all workspaces, including archived ones, newest first', async () => {
    await ask(scenario, ARCHIVE, { as: 'ann' })
    const page = (query: Record<string, number>) => ask(scenario, 'GET /all-workspaces', { as: 'opal', query })
    const { body } = await page({ limit: 1 })
    expect(body).toMatchObject({
      data: [{ id: scenario.globex, status: 'normal' }],
      has_more: true,
      limit: 1,
      page: 1,
      total: 2,
    })
    const { body: second } = await page({ limit: 1, page: 2 })
    expect(second).toMatchObject({
      data: [{ id: scenario.acme, status: 'archived' }],
      has_more: false,
      page: 2,
      total: 2,
    })
    expect((await ask(scenario, 'GET /all-workspaces', { as: 'ann' })).body).toMatchObject({
      code: 'forbidden',
      status: 403,
    })
  })

  it('renames a workspace and records it in the audit log', async () => {
    const { body } = await ask(scenario, 'POST /workspaces/info', { as: 'ada', body: { name: 'Acme Ltd' } })
    expect(body.tenant).toMatchObject({ id: scenario.acme, name: 'Acme Ltd', role: 'admin' })
    const log = await ask(scenario, 'GET /workspaces/current/audit-events', { as: 'ada', query: { limit: 1 } })
    expect(log.body.data).toMatchObject([
      {
        type: 'tenant.updated',
        actor: scenario.people.ada.id,
        target: { type: 'tenant', id: scenario.acme },
        at: scenario.clock.now / 1000,
      },
    ])
  })

  it.each([
    { tenant_id: 'globex' },
    { plan: 'pro' },
    { owner_id: 'x' },
    { status: 'normal' },
    { role: 'owner' },
    { superuser: true },
  ])('refuses %j beside a name', async (more) => {
    const response = await ask(scenario, 'POST /workspaces/info', { as: 'ann', body: { name: 'Acme', ...more } })
    expect(response.body).toMatchObject({ code: 'invalid-param', params: Object.keys(more)[0], status: 400 })
  })

  it('lets the owner restore the archived workspace that the header names', async () => {
    await ask(scenario, ARCHIVE, { as: 'ann' })
    const restore = (as: Person, headers = {}) => ask(scenario, RESTORE, { as, headers })
    const header = { 'x-workspace-id': scenario.acme }
    expect((await restore('ann')).body).toMatchObject({ code: 'workspace-not-found', status: 404 })
    expect((await restore('ada', header)).body).toMatchObject({ code: 'forbidden', status: 403 })
    expect((await restore('ann', header)).body).toEqual({ result: 'success' })
    expect((await restore('ann', header)).body).toMatchObject({ code: 'conflict', status: 409 })
    expect((await current('ann')).body).toMatchObject({ id: scenario.acme, status: 'normal' })
  })

  const inWorkspace = [...ROUTES].filter(([key, route]) => route.headers && key !== RESTORE).map(([key]) => key)

  it.each(inWorkspace.filter((key) => key !== 'GET /workspaces'))(
    '%s is in no workspace once it is archived',
    async (key) => {
      const request = await exampleIn(EXAMPLES, scenario, key)
      await ask(scenario, ARCHIVE, { as: 'ann' })
      expect((await ask(scenario, key, request)).body.code).toBe('workspace-not-found')
    },
  )
})
