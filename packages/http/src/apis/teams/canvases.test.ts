import { memoryStorage } from '@tenantry/core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { teamsRouter } from '@tenantry/express-router'
import { UNKNOWN } from '../../testing/every-route.js'
import { serve } from '../../testing/serve.js'
import { STORAGES } from '../../testing/storages.js'
import { ask } from '../../testing/teams-client.js'
import { canvasOf } from '../../testing/teams-examples.js'
import { createScenario } from '../../testing/scenario.js'
import type { Person, Scenario } from '../../testing/scenario.js'

const GET = 'GET /canvas/get/{canvas_id}'
const LIST = 'GET /canvas/list'
const SET = 'POST /canvas/set'
const SETTING = 'POST /canvas/setting'
const RM = 'POST /canvas/rm'
const RESET = 'POST /canvas/reset'
const COMPLETION = 'POST /canvas/completion'
const DEBUG = 'POST /canvas/debug'

/** Every way to a canvas, with the permission that a member of its team needs for it. */
const WAYS: readonly (readonly [key: string, verb: string, request: (id: string) => object])[] = [
  [GET, 'read', (canvas_id) => ({ params: { canvas_id } })],
  [COMPLETION, 'read', (id) => ({ body: { id } })],
  [DEBUG, 'read', (id) => ({ body: { id } })],
  [SET, 'update', (id) => ({ body: { id, title: 'Theirs' } })],
  [SETTING, 'update', (id) => ({ body: { id, title: 'Theirs' } })],
  [RESET, 'update', (id) => ({ body: { id } })],
  [RM, 'delete', (id) => ({ body: { canvas_ids: [id] } })],
]

const ALL = ['create', 'read', 'update', 'delete']

describe.each(STORAGES)('canvases on $storage', ({ makeStorage }) => {
  let scenario: Scenario
  beforeEach(async () => void (scenario = await createScenario(makeStorage())))
  afterEach(() => scenario.close())

  const send = (as: Person, [key, , request]: (typeof WAYS)[number], id: string) =>
    ask(scenario, key, { as, ...request(id) })
  const codes = async (as: Person, id: string) => {
    const responses = []
    for (const way of WAYS) responses.push((await send(as, way, id)).body.code as number)
    return responses
  }
  /** What a member may do with the canvases of Acme, and nothing else. */
  const allow = (person: Person, verbs: readonly string[]) => {
    const canvas = Object.fromEntries(ALL.map((verb) => [verb, verbs.includes(verb)]))
    return ask(scenario, 'PUT /tenant/{tenant_id}/users/{user_id}/permissions', {
      as: 'ann',
      params: { tenant_id: scenario.acme, user_id: scenario.people[person].id },
      body: { permissions: { canvas } },
    })
  }
  const inTeam = () => ({ permission: 'team', shared_tenant_id: scenario.acme })
  const team = () => ({ team: scenario.acme })
  const get = (as: Person, canvas_id: string) => ask(scenario, GET, { as, params: { canvas_id } })

  it('are returned as they were created', async () => {
    const dsl = { graph: { nodes: [{ id: 'begin' }] }, path: [], messages: [] }
    const fields = { title: ' Plan ', dsl, description: 'What to do', ...inTeam() }
    const { body } = await ask(scenario, SET, { as: 'ann', body: fields })
    expect(body).toMatchObject({ code: 0, data: { ...fields, title: 'Plan', user_id: scenario.people.ann.id } })
    expect((await get('vic', body.data.id)).body.data).toEqual(body.data)
    const listed = { ...body.data }
    delete listed.dsl
    expect((await ask(scenario, LIST, { as: 'vic' })).body.data).toEqual({ canvases: [listed], total: 1 })
  })

  it('check access in order: own canvas, private canvas, owner and admins of the team, permissions', async () => {
    const mine = () => canvasOf(scenario, 'bob')
    expect(await codes('bob', (await mine()).id)).toEqual(WAYS.map(() => 0))
    for (const as of ['ann', 'ada', 'vic', 'mo', 'otto', 'opal'] as const) {
      expect(await codes(as, (await mine()).id)).toEqual(WAYS.map(() => 102))
    }
    for (const as of ['mo', 'otto', 'opal'] as const) {
      expect(await codes(as, (await canvasOf(scenario, 'ann', team())).id)).toEqual(WAYS.map(() => 102))
    }
    await allow('bob', ['create'])
    for (const as of ['ann', 'ada'] as const) {
      expect(await codes(as, (await canvasOf(scenario, 'bob', team())).id)).toEqual(WAYS.map(() => 0))
    }
    for (const verb of ['read', 'update', 'delete']) {
      await allow('vic', [verb])
      const id = (await canvasOf(scenario, 'ann', team())).id
      expect(await codes('vic', id)).toEqual(WAYS.map(([, needed]) => (needed === verb ? 0 : 108)))
    }
  })

  it('can be read but not changed by a new member', async () => {
    const { id } = await canvasOf(scenario, 'ann', team())
    expect(await codes('bob', id)).toEqual(WAYS.map(([, needed]) => (needed === 'read' ? 0 : 108)))
  })

  it('can be created in a team only with permission; a foreign and an unknown team get the same error (F01)', async () => {
    const set = (body: object) => ask(scenario, SET, { as: 'bob', body: { title: 'Mine', ...body } })
    const forbidden = await set(inTeam())
    expect([forbidden.status, forbidden.body.code]).toEqual([403, 108])
    const foreign = await set({ permission: 'team', shared_tenant_id: scenario.globex })
    const unknown = await set({ permission: 'team', shared_tenant_id: UNKNOWN })
    expect([foreign.status, foreign.body.code]).toEqual([403, 108])
    expect(foreign.text).toBe(unknown.text)
    expect((await ask(scenario, LIST, { as: 'bob' })).body.data.total).toBe(0)
    const { id } = await canvasOf(scenario, 'bob')
    for (const shared_tenant_id of [scenario.acme, scenario.globex, UNKNOWN]) {
      const body = { id, title: 'Shared', permission: 'team', shared_tenant_id }
      expect((await ask(scenario, SETTING, { as: 'bob', body })).body.code).toBe(108)
    }
    expect((await get('bob', id)).body.data).toMatchObject({ title: "bob's", permission: 'me' })
    await allow('bob', ['create'])
    expect((await set(inTeam())).body.data).toMatchObject(inTeam())
  })

  it('are not visible to the team as soon as they are unshared (F02)', async () => {
    const { id } = await canvasOf(scenario, 'ann', team())
    expect((await get('vic', id)).status).toBe(200)
    const { body } = await ask(scenario, SETTING, { as: 'ann', body: { id, permission: 'me' } })
    expect(body.data).toMatchObject({ permission: 'me', shared_tenant_id: null })
    for (const as of ['vic', 'ada'] as const) expect(await codes(as, id)).toEqual(WAYS.map(() => 102))
    expect((await ask(scenario, LIST, { as: 'vic' })).body.data.total).toBe(0)
    expect((await get('ann', id)).status).toBe(200)
  })

  it('are not accessible to a user who lost the permission or the membership (F04)', async () => {
    const { id } = await canvasOf(scenario, 'ann', team())
    await allow('bob', ['read', 'update', 'delete'])
    expect((await get('bob', id)).status).toBe(200)
    await allow('bob', [])
    expect(await codes('bob', id)).toEqual(WAYS.map(() => 108))
    expect((await ask(scenario, LIST, { as: 'bob' })).body.data.total).toBe(0)
    await allow('bob', ALL)
    const left = (await canvasOf(scenario, 'bob', team())).id
    await ask(scenario, 'POST /tenant/{tenant_id}/user/remove', {
      as: 'ann',
      params: { tenant_id: scenario.acme },
      body: { user_id: scenario.people.bob.id },
    })
    expect(await codes('bob', id)).toEqual(WAYS.map(() => 102))
    expect((await get('bob', left)).body.data).toMatchObject({ permission: 'me' })
    expect((await get('ann', left)).status).toBe(404)
  })

  it('can only be shared by their owner, whatever other permissions a user has (F05)', async () => {
    const { id } = await canvasOf(scenario, 'ann', team())
    await allow('vic', ALL)
    for (const as of ['vic', 'ada'] as const) {
      for (const change of [{ permission: 'me' }, { permission: 'team', shared_tenant_id: scenario.globex }]) {
        for (const key of [SET, SETTING]) {
          const response = await ask(scenario, key, { as, body: { id, title: 'Taken', ...change } })
          expect([response.status, response.body.code]).toEqual([403, 108])
        }
      }
      const same = { id, title: as, ...inTeam() }
      expect((await ask(scenario, SET, { as, body: same })).body.data).toMatchObject({ title: as, ...inTeam() })
    }
  })

  it('are shared with their owner’s default team if none is named', async () => {
    const body = { title: 'Plan', permission: 'team' }
    expect((await ask(scenario, SET, { as: 'ann', body })).body.data.shared_tenant_id).toBe(scenario.acme)
    const alone = (await ask(scenario, SET, { as: 'bob', body })).body.data
    expect(alone).toMatchObject({ permission: 'team', shared_tenant_id: expect.any(String) })
    expect((await get('ann', alone.id)).status).toBe(404)
  })

  it('reject a team for a private canvas, and invalid fields', async () => {
    const { id } = await canvasOf(scenario, 'ann')
    for (const [key, body] of [
      [SET, { title: 'Plan', shared_tenant_id: scenario.acme }],
      [SET, { title: 'Plan', permission: 'me', shared_tenant_id: scenario.acme }],
      [SET, { title: '' }],
      [SET, { dsl: {} }],
      [SET, { title: 'Plan', permission: 'public' }],
      [SET, { title: 'Plan', dsl: 7 }],
      [SET, { title: 'x'.repeat(201) }],
      [SET, { title: 'Plan', user_id: scenario.people.bob.id }],
      [SETTING, { title: 'Plan' }],
      [SETTING, { id, shared_tenant_id: scenario.acme }],
      [SETTING, { id, permission: 'me', shared_tenant_id: scenario.acme }],
      [RM, { canvas_ids: [] }],
      [RM, { canvas_ids: [7] }],
      [RM, {}],
    ] as const) {
      const response = await ask(scenario, key, { as: 'ann', body })
      expect({ body, code: response.body.code, status: response.status }).toEqual({ body, code: 101, status: 400 })
    }
    const neither = { title: 'Plan', permission: 'me', shared_tenant_id: null }
    expect((await ask(scenario, SET, { as: 'ann', body: neither })).status).toBe(200)
  })

  it('keep fields that a change does not name', async () => {
    const dsl = { graph: { a: 1 } }
    const { id } = (await ask(scenario, SET, { as: 'ann', body: { title: 'Plan', dsl, description: 'Old' } })).body.data
    await ask(scenario, SETTING, { as: 'ann', body: { id, description: 'New' } })
    const { body } = await ask(scenario, SET, { as: 'ann', body: { id, title: 'Other' } })
    expect(body.data).toMatchObject({ title: 'Other', dsl, description: 'New', permission: 'me' })
  })

  it('lose only the results of runs when they are reset', async () => {
    const dsl = { graph: { a: 1 }, history: [['user', 'hi']], messages: [1], path: ['begin'], other: [1] }
    const { id } = await canvasOf(scenario, 'ann', { dsl })
    const { body } = await ask(scenario, RESET, { as: 'ann', body: { id } })
    expect(body.data.dsl).toEqual({ graph: { a: 1 }, history: [], messages: [], path: [], other: [1] })
  })

  it('keep concurrent changes when they are reset', async () => {
    const history = [['user', 'hi']]
    const { id } = await canvasOf(scenario, 'ann', { dsl: { history, at: -1 } })
    const set = (at: number) => ask(scenario, SET, { as: 'ann', body: { id, dsl: { history: [], at }, note: at } })
    const reset = () => ask(scenario, RESET, { as: 'ann', body: { id } })
    for (let at = 0; at < 10; at++) {
      const dsl = { history, at: -1 }
      await ask(scenario, SET, { as: 'ann', body: { id, dsl, note: -1 } })
      const responses = await Promise.all([reset(), set(at), reset()])
      expect(responses.map(({ status }) => status)).toEqual([200, 200, 200])
      expect((await get('ann', id)).body.data).toMatchObject({ dsl: { history: [], at }, note: at })
    }
  })

  it('store and return the clients’ own fields', async () => {
    const own = {
      canvas_category: 'agent_canvas',
      canvas_type: 'Recommended',
      avatar: 'data:,',
      tags: [1, { a: null }],
    }
    const made = await ask(scenario, SET, { as: 'ann', body: { title: 'Plan', dsl: { a: 1 }, ...own, release: null } })
    expect(made.body.data).toMatchObject({ title: 'Plan', dsl: { a: 1 }, ...own })
    const { id, create_time } = made.body.data
    const setting = { id, title: 'New', avatar: 'data:1', id_of_theirs: 7, create_time: 1, update_time: 2 }
    const set = await ask(scenario, SETTING, { as: 'ann', body: setting })
    const expected = { ...own, title: 'New', dsl: { a: 1 }, avatar: 'data:1', id_of_theirs: 7, create_time }
    expect(set.body.data).toMatchObject(expected)
    expect((await get('ann', id)).body.data).toMatchObject(expected)
    const [listed] = (await ask(scenario, LIST, { as: 'ann' })).body.data.canvases
    expect(listed).toMatchObject({ ...own, avatar: 'data:1' })
    expect(listed).not.toHaveProperty('dsl')
  })

  it.each([
    'role',
    'tenant_id',
    'tenantId',
    'owner',
    'owner_id',
    'user_id',
    'status',
    'email',
    'is_superuser',
    '__proto__',
  ])('refuse what would be taken for standing: %s', async (name) => {
    const { id } = await canvasOf(scenario, 'ann')
    for (const [key, title] of [
      [SET, '"title":"Plan"'],
      [SET, `"id":"${id}"`],
      [SETTING, `"id":"${id}"`],
    ] as const) {
      // Written as text: in a literal `__proto__` would set the prototype.
      const body = JSON.parse(`{${title},"${name}":"x"}`) as unknown
      const response = await ask(scenario, key, { as: 'ann', body })
      expect([response.status, response.body.code]).toEqual([400, 101])
      expect(response.body.message).toMatch(new RegExp(`^${name}: `))
    }
  })

  it('are removed all or none', async () => {
    const ids = [(await canvasOf(scenario, 'bob')).id, (await canvasOf(scenario, 'bob')).id]
    const foreign = (await canvasOf(scenario, 'gil')).id
    for (const other of [foreign, UNKNOWN]) {
      const response = await ask(scenario, RM, { as: 'bob', body: { canvas_ids: [...ids, other] } })
      expect([response.status, response.body.code]).toEqual([404, 102])
    }
    const forms = ids.map((id) => id.toUpperCase().replaceAll('-', ''))
    expect((await ask(scenario, RM, { as: 'bob', body: { canvas_ids: forms } })).status).toBe(200)
    expect((await ask(scenario, LIST, { as: 'bob' })).body.data).toEqual({ canvases: [], total: 0 })
  })

  it('are listed newest first, in pages, filtered by a part of the title', async () => {
    for (const [as, options] of [
      ['ann', team()],
      ['ann', {}],
      ['vic', {}],
      ['gil', { team: scenario.globex }],
    ] as const) {
      await canvasOf(scenario, as, options)
      scenario.clock.now += 1000
    }
    const titles = async (as: Person, query = {}) => {
      const { data } = (await ask(scenario, LIST, { as, query })).body
      return [data.canvases.map(({ title }: { title: string }) => title), data.total]
    }
    expect(await titles('vic')).toEqual([["vic's", "ann's"], 2])
    expect(await titles('vic', { page: 2, page_size: 1 })).toEqual([["ann's"], 2])
    expect(await titles('vic', { keywords: 'ANN' })).toEqual([["ann's"], 1])
    expect(await titles('otto')).toEqual([[], 0])
  })
})

describe('running a canvas', () => {
  it('passes the canvas and the request fields to the host', async () => {
    const scenario = await createScenario(memoryStorage())
    const { id } = await canvasOf(scenario, 'ann', { team: scenario.acme })
    const body = { id: id.toUpperCase(), query: 'Why?', inputs: { a: [1] } }
    for (const [key, kind] of [
      [COMPLETION, 'completion'],
      [DEBUG, 'debug'],
    ] as const) {
      const { data } = (await ask(scenario, key, { as: 'vic', body })).body
      expect(data).toEqual({ kind, ran: id, input: { query: 'Why?', inputs: { a: [1] } } })
    }
    await scenario.close()
  })

  it('checks authorization before it responds with 501', async () => {
    const scenario = await createScenario(memoryStorage())
    const server = await serve(teamsRouter({ tenancy: scenario.tenancy }))
    const run = async (as: Person, id: string) => {
      const headers = { authorization: scenario.people[as].token, 'content-type': 'application/json' }
      const request = { method: 'POST', headers, body: JSON.stringify({ id }) }
      const response = await fetch(`${server.url}/canvas/completion`, request)
      return [response.status, ((await response.json()) as { code: number }).code]
    }
    const { id } = await canvasOf(scenario, 'ann', { team: scenario.acme })
    expect(await run('otto', id)).toEqual([404, 102])
    expect(await run('vic', id)).toEqual([501, 103])
    await server.close()
    await scenario.close()
  })

  it('does not reveal the error if it fails at the host', async () => {
    const runCanvas = async () => Promise.reject(new Error('the host’s secret'))
    const scenario = await createScenario(memoryStorage(), { router: { apis: { teams: { runCanvas } } } })
    const { id } = await canvasOf(scenario, 'ann')
    const { status, text } = await ask(scenario, COMPLETION, { as: 'ann', body: { id } })
    expect(status).toBe(500)
    expect(text).not.toContain('secret')
    await scenario.close()
  })
})
