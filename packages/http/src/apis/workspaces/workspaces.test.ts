import { memoryStorage } from '@tenantry/core'
import { afterEach, describe, expect, it } from 'vitest'
import { STORAGES } from '../../testing/storages.js'
import { ask } from '../../testing/workspaces-client.js'
import { openTo } from '../../testing/workspaces-examples.js'
import { createScenario } from '../../testing/scenario.js'
import { snapshot } from '../../testing/snapshot.js'
import type { Person, Scenario } from '../../testing/scenario.js'

const LIST = 'GET /workspaces'
const GET = 'GET /workspaces/{workspace_id}'
const UNKNOWN = '01900000-0000-7000-8000-000000000000'

let scenario: Scenario
afterEach(() => scenario.close())

const inAcme = () => ({ workspace_id: scenario.acme })
const get = (as: Person, workspace_id = scenario.acme) => ask(scenario, GET, { as, params: { workspace_id } })

describe.each(STORAGES)('workspaces, on $storage', ({ makeStorage }) => {
  it('are listed with their number of members and the caller’s role', async () => {
    scenario = await createScenario(makeStorage())
    const made = await ask(scenario, 'POST /workspaces', { as: 'vic', body: { name: 'Vic’s', type: 'institution' } })
    const second = {
      id: made.body.id,
      name: 'Vic’s',
      type: 'institution',
      members_count: 1,
      access_level: 'owner',
      created_on: new Date(scenario.clock.now).toISOString(),
    }
    const first = {
      ...second,
      id: scenario.acme,
      name: 'Acme',
      type: 'group',
      members_count: 6,
      access_level: 'viewer',
    }
    const { body } = await ask(scenario, LIST, { as: 'vic' })
    expect(body).toEqual({
      items: [{ ...first, created_on: '2026-03-01T12:00:00.000Z' }, second],
      pagination: { current_page: 0, total_pages: 1, total_results: 2, page_size: 10, next_page: null },
    })
    const page = async (page_id: number) =>
      (await ask(scenario, LIST, { as: 'vic', query: { page_size: 1, page_id } })).body
    expect(await page(0)).toMatchObject({ items: [{ name: 'Acme' }], pagination: { total_pages: 2, next_page: 1 } })
    expect(await page(1)).toMatchObject({ items: [{ name: 'Vic’s' }], pagination: { next_page: null } })
    expect(await page(7)).toMatchObject({
      items: [],
      pagination: { current_page: 7, total_results: 2, next_page: null },
    })
    expect((await ask(scenario, LIST, { as: 'otto' })).body.pagination).toMatchObject({
      total_pages: 0,
      next_page: null,
    })
  })

  it('show a member the other members, their own permissions and the protocols', async () => {
    scenario = await createScenario(makeStorage())
    const { resources } = scenario.tenancy.as({ userId: scenario.people.ed.id }).in(scenario.acme)
    for (const [category, visibility] of [
      ['Cloning', 'tenant'],
      ['Imaging', 'tenant'],
      ['Cloning', 'tenant'],
      ['Secret', 'private'],
    ] as const)
      await resources.create({ type: 'protocol', name: 'P', visibility, labels: { category: [category] } })
    const { body } = await get('vic')
    expect(body).toMatchObject({
      id: scenario.acme,
      name: 'Acme',
      type: 'group',
      description: null,
      created_on: '2026-03-01T12:00:00.000Z',
      members_count: 6,
      settings: { join_policy: 'closed' },
      protocols_count: 3,
      categories: [
        { name: 'Cloning', count: 2 },
        { name: 'Imaging', count: 1 },
      ],
    })
    expect(body.members[0]).toEqual({
      id: scenario.people.ann.id,
      name: null,
      email: 'ann@example.com',
      role: 'owner',
      joined_on: '2026-03-01T12:00:00.000Z',
      active: true,
    })
    expect(body.permissions).toEqual(expect.arrayContaining(['tenant:read', 'protocol:read', 'protocol:comment']))
    expect(body.permissions).not.toContain('protocol:create')
    expect((await get('ed')).body).toMatchObject({ protocols_count: 4, categories: { length: 3 } })
  })
})

describe('a workspace', () => {
  it('shows its first fifty members in its details, and all of them in pages', async () => {
    scenario = await createScenario(memoryStorage())
    const { members } = scenario.tenancy.as({ userId: scenario.people.ann.id }).in(scenario.acme)
    for (let at = 0; at < 50; at++) await members.add({ email: `m${at}@example.com`, role: 'member' })
    const { body } = await get('vic')
    expect([body.members.length, body.members_count]).toEqual([50, 56])
    const query = { page_size: 50, page_id: 1 }
    const page = await ask(scenario, 'GET /workspaces/{workspace_id}/members', { as: 'vic', params: inAcme(), query })
    expect(page.body.pagination).toEqual({
      current_page: 1,
      total_pages: 2,
      total_results: 56,
      page_size: 50,
      next_page: null,
    })
    expect(page.body.items[5]).toMatchObject({ email: 'm49@example.com', role: 'member', last_active_on: null })
  })

  it('is not found for outsiders if it is closed; otherwise they see its public part', async () => {
    scenario = await createScenario(memoryStorage())
    const unknown = await get('otto', UNKNOWN)
    expect(unknown).toMatchObject({ status: 404, body: { status_code: 404, error_message: 'Workspace not found' } })
    expect((await get('otto')).text).toBe(unknown.text)
    for (const joinPolicy of ['request', 'open'] as const) {
      await openTo(scenario, scenario.acme, { joinPolicy })
      expect((await get('otto')).body).toEqual({
        id: scenario.acme,
        name: 'Acme',
        type: 'group',
        description: null,
        members_count: 6,
        settings: { join_policy: joinPolicy },
      })
    }
  })

  it('can be changed by its admins, field by field', async () => {
    scenario = await createScenario(memoryStorage())
    const change = (as: Person, body: object) =>
      ask(scenario, 'PUT /workspaces/{workspace_id}', { as, params: inAcme(), body })
    expect((await change('ada', { description: 'We clone.' })).body).toMatchObject({
      name: 'Acme',
      description: 'We clone.',
    })
    expect((await change('ann', { join_policy: 'open' })).body).toMatchObject({
      description: 'We clone.',
      settings: { join_policy: 'open' },
    })
    expect((await change('ada', { name: 'Cells', description: null })).body.description).not.toBeNull()
    expect((await change('ada', { description: '' })).body.description).toBeNull()
    const before = await snapshot(scenario)
    for (const as of ['ed', 'bob', 'vic'] as const) expect((await change(as, { name: 'Mine' })).status).toBe(403)
    for (const wrong of [{}, { name: '' }, { name: 7 }, { join_policy: 'public' }, { type: 'institution' }]) {
      expect((await change('ann', wrong)).status).toBe(400)
    }
    expect(await snapshot(scenario)).toEqual(before)
  })

  it('can only be deleted by its owner, and can be restored', async () => {
    scenario = await createScenario(memoryStorage())
    const act = (as: Person, key: string) => ask(scenario, key, { as, params: inAcme() })
    const [remove, restore] = ['DELETE /workspaces/{workspace_id}', 'POST /workspaces/{workspace_id}/restore']
    expect((await act('ada', remove)).status).toBe(403)
    expect((await act('ann', remove)).status).toBe(204)
    for (const as of ['ann', 'ada'] as const) expect((await get(as)).status).toBe(404)
    expect((await act('ada', restore)).status).toBe(404)
    expect((await act('ann', restore)).body).toMatchObject({ id: scenario.acme, members_count: 6 })
    expect((await act('ann', restore)).status).toBe(409)
  })

  it('can be restored for thirty days', async () => {
    scenario = await createScenario(memoryStorage())
    await ask(scenario, 'DELETE /workspaces/{workspace_id}', { as: 'ann', params: inAcme() })
    const after = async (milliseconds: number) => {
      scenario.clock.now += milliseconds
      const { accessToken: token } = await scenario.tenancy
        .as({ userId: scenario.people.ann.id })
        .accessTokens.create({})
      return (await ask(scenario, 'POST /workspaces/{workspace_id}/restore', { as: 'ann', token, params: inAcme() }))
        .status
    }
    const thirtyDays = 30 * 24 * 60 * 60 * 1000
    expect(await after(thirtyDays - 1)).toBe(200)
    await scenario.tenancy.as({ userId: scenario.people.ann.id }).in(scenario.acme).delete()
    expect(await after(thirtyDays)).toBe(404)
  })

  it('can be left by every member but its owner', async () => {
    scenario = await createScenario(memoryStorage())
    const leave = (as: Person) => ask(scenario, 'POST /workspaces/{workspace_id}/leave', { as, params: inAcme() })
    expect((await leave('vic')).status).toBe(204)
    expect((await leave('vic')).status).toBe(404)
    expect((await leave('ann')).body).toMatchObject({ status_code: 403 })
  })

  it.each([
    { name: '' },
    { name: 'x'.repeat(1001) },
    { name: 'Lab', type: 'personal' },
    { name: 'Lab', type: 'public' },
    { name: 'Lab', join_policy: 'ask' },
    { type: 'group' },
  ])('is not made from %j', async (body) => {
    scenario = await createScenario(memoryStorage())
    expect((await ask(scenario, 'POST /workspaces', { as: 'otto', body })).body).toMatchObject({ status_code: 400 })
    expect((await ask(scenario, LIST, { as: 'otto' })).body.items).toEqual([])
  })
})

describe('the personal workspace of an account', () => {
  it('is listed, and cannot be joined, left or opened', async () => {
    scenario = await createScenario(memoryStorage(), { tenancy: { personalTenants: true } })
    const { items } = (await ask(scenario, LIST, { as: 'bob' })).body
    const [personal] = items.filter(({ type }: { readonly type: string }) => type === 'personal')
    expect(personal).toMatchObject({ members_count: 1, access_level: 'owner' })
    const params = { workspace_id: personal.id }
    const status = async (as: Person, key: string, body?: object) =>
      (await ask(scenario, key, { as, params, body })).status
    for (const key of ['join', 'join-request']) {
      expect(await status('otto', `POST /workspaces/{workspace_id}/${key}`)).toBe(404)
    }
    expect(await status('bob', 'POST /workspaces/{workspace_id}/leave')).toBe(403)
    expect(await status('bob', 'PUT /workspaces/{workspace_id}', { join_policy: 'open' })).toBe(403)
    expect(await status('bob', 'DELETE /workspaces/{workspace_id}')).toBe(403)
  })
})

describe('a request', () => {
  it.each([
    { page_size: 0 },
    { page_size: 51 },
    { page_size: 'ten' },
    { page_id: -1 },
    { page_id: '1.5' },
    { page: 1 },
  ])('with %j is refused', async (query) => {
    scenario = await createScenario(memoryStorage())
    const { body } = await ask(scenario, LIST, { as: 'vic', query })
    expect(body).toEqual({ status_code: 400, error_message: expect.stringContaining(Object.keys(query).join()) })
  })

  it('is rejected without a token, and with an invalid workspace ID', async () => {
    scenario = await createScenario(memoryStorage())
    expect((await ask(scenario, LIST, { as: null })).body).toEqual({
      status_code: 401,
      error_message: 'Access token is missing or invalid',
    })
    expect((await get('vic', 'not an id')).status).toBe(400)
  })

  it('counts towards a limit of 100 per minute and user, for all tokens of the user together', async () => {
    scenario = await createScenario(memoryStorage())
    const { accessToken } = await scenario.tenancy.as({ userId: scenario.people.vic.id }).accessTokens.create({})
    for (let count = 0; count < 100; count++) {
      const token = count % 2 === 0 ? accessToken : scenario.people.vic.token
      expect((await ask(scenario, LIST, { as: 'vic', token })).status).toBe(200)
    }
    const refused = await ask(scenario, LIST, { as: 'vic' })
    expect(refused.headers.get('retry-after')).toBe('60')
    expect(refused.body).toEqual({ status_code: 429, error_message: 'Too many requests; wait and try again' })
    expect((await ask(scenario, LIST, { as: 'bob' })).status).toBe(200)
    scenario.clock.now += 60_000
    expect((await ask(scenario, LIST, { as: 'vic' })).status).toBe(200)
  })

  it('counts towards the limit that the host has set', async () => {
    scenario = await createScenario(memoryStorage(), { tenancy: { limits: { requestsPerUser: 1 } } })
    const statuses = [await ask(scenario, LIST, { as: 'vic' }), await ask(scenario, LIST, { as: 'vic' })]
    expect(statuses.map(({ status }) => status)).toEqual([200, 429])
  })

  it('returns only a request ID on an internal error', async () => {
    scenario = await createScenario(memoryStorage(), {
      router: { authenticate: () => Promise.reject(new Error('secret')) },
    })
    const { body } = await ask(scenario, LIST, { as: 'vic' })
    expect(body).toEqual({
      status_code: 500,
      error_message: 'Internal server error',
      request_id: expect.stringMatching(/^[\w-]{36}$/),
    })
  })
})
