import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ask, expectHeaders, PREFIX, ROUTES } from '../../testing/openapi-client.js'
import { approvedDevice, EVA, EXAMPLES, externalToken, sessionId } from '../../testing/openapi-examples.js'
import { rawRequest } from '../../testing/raw-request.js'
import { STORAGES } from '../../testing/storages.js'
import { exampleIn } from '../../testing/api-client.js'
import { createScenario } from '../../testing/scenario.js'
import type { Scenario } from '../../testing/scenario.js'

const UNKNOWN = '01900000-0000-7000-8000-000000000000'
const SESSIONS = 'GET /account/sessions'
const REVOKE = 'DELETE /account/sessions/{session_id}'

describe.each(STORAGES)('the owner of a token, on $storage', ({ makeStorage }) => {
  let scenario: Scenario
  beforeEach(async () => void (scenario = await createScenario(makeStorage())))
  afterEach(() => scenario.close())

  it('gets their account and workspaces', async () => {
    const { vic } = scenario.people
    const acme = { id: scenario.acme, name: 'Acme', role: 'viewer' }
    expect((await ask(scenario, 'GET /account', { as: 'vic' })).body).toEqual({
      subject_type: 'account',
      subject_email: vic.email,
      subject_issuer: null,
      account: { id: vic.id, email: vic.email, name: null },
      workspaces: [acme],
      default_workspace_id: scenario.acme,
    })
    expect((await ask(scenario, 'GET /account', { as: 'otto' })).body).toMatchObject({
      workspaces: [],
      default_workspace_id: null,
    })
  })

  it('gets an account without workspaces as an external subject', async () => {
    const { token } = await externalToken(scenario)
    expect((await ask(scenario, 'GET /account', { as: null, token })).body).toEqual({
      subject_type: 'external_sso',
      subject_email: EVA.email,
      subject_issuer: EVA.issuer,
      account: null,
      workspaces: [],
      default_workspace_id: null,
    })
  })

  it('gets their workspaces oldest first, and switches between them', async () => {
    const second = await scenario.tenancy.as({ userId: scenario.people.vic.id }).tenants.create({ name: 'Vic’s' })
    const list = async () => (await ask(scenario, 'GET /workspaces', { as: 'vic' })).body.workspaces
    expect(await list()).toEqual([
      { id: scenario.acme, name: 'Acme', role: 'viewer', status: 'normal', current: true },
      { id: second.id, name: 'Vic’s', role: 'owner', status: 'normal', current: false },
    ])
    const params = { workspace_id: second.id }
    const switched = await ask(scenario, 'POST /workspaces/{workspace_id}/switch', { as: 'vic', params })
    const detail = {
      id: second.id,
      name: 'Vic’s',
      role: 'owner',
      status: 'normal',
      current: true,
      created_at: new Date(scenario.clock.now).toISOString(),
    }
    expect(switched.body).toEqual(detail)
    expect((await ask(scenario, 'GET /workspaces/{workspace_id}', { as: 'vic', params })).body).toEqual(detail)
    expect((await list()).map(({ current }: { current: boolean }) => current)).toEqual([false, true])
  })

  it('gets the members in pages', async () => {
    const key = 'GET /workspaces/{workspace_id}/members'
    const params = { workspace_id: scenario.acme }
    const { body } = await ask(scenario, key, { as: 'vic', params, query: { page: 2, limit: 4 } })
    expect(body).toMatchObject({ page: 2, limit: 4, total: 6, has_more: false })
    expect(body.data).toHaveLength(2)
    for (const query of [{ page: 0 }, { limit: 101 }, { page: 'x' }, { sort: 'email' }]) {
      expect((await ask(scenario, key, { as: 'vic', params, query })).status).toBe(400)
    }
  })

  it('invites and gets the link', async () => {
    const key = 'POST /workspaces/{workspace_id}/members'
    const body = { email: 'new@example.com', role: 'member' }
    const response = await ask(scenario, key, { as: 'ann', params: { workspace_id: scenario.acme }, body })
    expect(response.body).toEqual({
      result: 'success',
      ...body,
      invite_url: expect.stringContaining('token='),
      tenant_id: scenario.acme,
    })
    const owner = await ask(scenario, key, {
      as: 'ada',
      params: { workspace_id: scenario.acme },
      body: { ...body, role: 'owner' },
    })
    expect(owner.status).toBe(400)
    const viewer = await ask(scenario, key, { as: 'vic', params: { workspace_id: scenario.acme }, body })
    expect(viewer.body).toMatchObject({ message: 'forbidden', status: 403 })
  })

  it('lists their valid tokens by prefix, and revokes one, which is invalid immediately', async () => {
    const phone = await sessionId(scenario, 'vic')
    const { body } = await ask(scenario, SESSIONS, { as: 'vic', query: { limit: 1 } })
    expect(body).toMatchObject({ page: 1, limit: 1, total: 2, has_more: true })
    const all = (await ask(scenario, SESSIONS, { as: 'vic' })).body.data
    expect(all).toHaveLength(2)
    expect(all.map((one: { prefix: string }) => one.prefix)).toContain(scenario.people.vic.token.slice(0, 9))
    expect(JSON.stringify(all)).not.toContain(scenario.people.vic.token)
    expect((await ask(scenario, REVOKE, { as: 'vic', params: { session_id: phone } })).body).toEqual({
      status: 'revoked',
    })
    expect((await ask(scenario, SESSIONS, { as: 'vic' })).body.total).toBe(1)
    await ask(scenario, 'DELETE /account/sessions/self', { as: 'vic' })
    expect((await ask(scenario, SESSIONS, { as: 'vic' })).body.message).toBe('token unknown or revoked')
  })

  it('cannot see or revoke another subject’s sessions, which are not found like unknown ones', async () => {
    const { token, id } = await externalToken(scenario)
    const anns = await sessionId(scenario, 'ann')
    for (const [caller, foreign] of [
      [{ as: 'vic' }, anns],
      [{ as: 'vic' }, id],
      [{ as: null, token }, anns],
    ] as const) {
      const [one, none] = [foreign, UNKNOWN].map((session_id) =>
        ask(scenario, REVOKE, { ...caller, params: { session_id } }),
      )
      expect((await one)?.text).toBe((await none)?.text)
      expect((await one)?.body).toMatchObject({ message: 'session not found', status: 404 })
    }
    expect((await ask(scenario, SESSIONS, { as: null, token })).body).toMatchObject({ total: 1, data: [{ id }] })
    await ask(scenario, 'DELETE /account/sessions/self', { as: null, token })
    expect((await ask(scenario, SESSIONS, { as: null, token })).status).toBe(401)
  })

  it('can send sixty requests per minute with each token', async () => {
    for (let count = 0; count < 60; count++) {
      expect((await ask(scenario, SESSIONS, { as: 'vic' })).status).toBe(200)
    }
    const { status, headers, body } = await ask(scenario, SESSIONS, { as: 'vic' })
    expect([status, body, headers.get('retry-after')]).toEqual([
      429,
      { error: 'rate_limited', retry_after_ms: 60_000 },
      '60',
    ])
    expect((await ask(scenario, SESSIONS, { as: 'ann' })).status).toBe(200)
    const token = await ask(scenario, 'POST /oauth/device/token', { as: 'vic', body: await approvedDevice(scenario) })
    expect([token.status, token.body]).toEqual([429, { error: 'rate_limited', retry_after_ms: 60_000 }])
    scenario.clock.now += 60_000
    expect((await ask(scenario, SESSIONS, { as: 'vic' })).status).toBe(200)
  })

  it('loses access to a workspace immediately when they are removed', async () => {
    const params = { workspace_id: scenario.acme, member_id: scenario.people.vic.id }
    await ask(scenario, 'DELETE /workspaces/{workspace_id}/members/{member_id}', { as: 'ann', params })
    const response = await ask(scenario, 'GET /workspaces/{workspace_id}', {
      as: 'vic',
      params: { workspace_id: scenario.acme },
    })
    expect(response.status).toBe(404)
  })

  it.each(['my workspace', 'ä', '\0', '%', 'x'.repeat(129)])('finds no workspace under %j', async (workspace_id) => {
    const keys = [...ROUTES.keys()].filter((key) => key.includes('{workspace_id}'))
    expect(keys).toHaveLength(6)
    for (const key of keys) {
      const { params, ...request } = await exampleIn(EXAMPLES, scenario, key)
      const [response, unknown] = [workspace_id, UNKNOWN].map((id) =>
        ask(scenario, key, { ...request, params: { ...params, workspace_id: id } }),
      )
      expect((await response)?.text).toBe((await unknown)?.text)
      expect((await response)?.body).toMatchObject({ message: 'workspace not found', status: 404 })
    }
  })

  it('is not a user in the console API as an external subject', async () => {
    const { token } = await externalToken(scenario)
    for (const path of ['/workspaces', '/workspaces/current', '/all-workspaces']) {
      expect((await fetch(`${scenario.url}${path}`, { headers: { authorization: `Bearer ${token}` } })).status).toBe(
        401,
      )
    }
  })

  it('gets the common headers on OPTIONS, HEAD, wrong methods and invalid paths', async () => {
    const headers = ['Authorization', `Bearer ${scenario.people.vic.token}`]
    for (const [method, path, status] of [
      ['OPTIONS', '/workspaces', 204],
      ['HEAD', '/workspaces', 200],
      ['PUT', '/workspaces', 405],
      ['GET', '/oauth/device/token', 405],
      ['GET', '/workspaces/%zz', 400],
    ] as const) {
      const response = await rawRequest(scenario.url, { method, path: `${PREFIX}${path}`, headers })
      expect(response.status).toBe(status)
      expectHeaders(new Headers(Object.entries(response.headers).map(([name, value]) => [name, String(value)])))
    }
  })
})
