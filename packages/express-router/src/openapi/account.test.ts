import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ask, expectHeaders, PREFIX, ROUTES } from '../testing/openapi-client.js'
import { approvedDevice, EVA, EXAMPLES, externalToken, sessionId } from '../testing/openapi-examples.js'
import { rawRequest } from '../testing/raw-request.js'
import { STORAGES } from '../testing/storages.js'
import { exampleIn } from '../testing/surface-client.js'
import { createWorld } from '../testing/world.js'
import type { World } from '../testing/world.js'

const UNKNOWN = '01900000-0000-7000-8000-000000000000'
const SESSIONS = 'GET /account/sessions'
const REVOKE = 'DELETE /account/sessions/{session_id}'

describe.each(STORAGES)('whoever bears a token, on $storage', ({ makeStorage }) => {
  let world: World
  beforeEach(async () => void (world = await createWorld(makeStorage())))
  afterEach(() => world.close())

  it('is told who they are, and which workspaces they have', async () => {
    const { vic } = world.people
    const acme = { id: world.acme, name: 'Acme', role: 'viewer' }
    expect((await ask(world, 'GET /account', { as: 'vic' })).body).toEqual({
      subject_type: 'account',
      subject_email: vic.email,
      subject_issuer: null,
      account: { id: vic.id, email: vic.email, name: null },
      workspaces: [acme],
      default_workspace_id: world.acme,
    })
    expect((await ask(world, 'GET /account', { as: 'otto' })).body).toMatchObject({
      workspaces: [],
      default_workspace_id: null,
    })
  })

  it('is told so as an external subject, too, who has nothing', async () => {
    const { token } = await externalToken(world)
    expect((await ask(world, 'GET /account', { as: null, token })).body).toEqual({
      subject_type: 'external_sso',
      subject_email: EVA.email,
      subject_issuer: EVA.issuer,
      account: null,
      workspaces: [],
      default_workspace_id: null,
    })
  })

  it('sees their workspaces in the order they were made, and switches between them', async () => {
    const second = await world.tenancy.as({ userId: world.people.vic.id }).tenants.create({ name: 'Vic’s' })
    const list = async () => (await ask(world, 'GET /workspaces', { as: 'vic' })).body.workspaces
    expect(await list()).toEqual([
      { id: world.acme, name: 'Acme', role: 'viewer', status: 'normal', current: true },
      { id: second.id, name: 'Vic’s', role: 'owner', status: 'normal', current: false },
    ])
    const params = { workspace_id: second.id }
    const switched = await ask(world, 'POST /workspaces/{workspace_id}/switch', { as: 'vic', params })
    const detail = {
      id: second.id,
      name: 'Vic’s',
      role: 'owner',
      status: 'normal',
      current: true,
      created_at: new Date(world.clock.now).toISOString(),
    }
    expect(switched.body).toEqual(detail)
    expect((await ask(world, 'GET /workspaces/{workspace_id}', { as: 'vic', params })).body).toEqual(detail)
    expect((await list()).map(({ current }: { current: boolean }) => current)).toEqual([false, true])
  })

  it('pages through members', async () => {
    const key = 'GET /workspaces/{workspace_id}/members'
    const params = { workspace_id: world.acme }
    const { body } = await ask(world, key, { as: 'vic', params, query: { page: 2, limit: 4 } })
    expect(body).toMatchObject({ page: 2, limit: 4, total: 6, has_more: false })
    expect(body.data).toHaveLength(2)
    for (const query of [{ page: 0 }, { limit: 101 }, { page: 'x' }, { sort: 'email' }]) {
      expect((await ask(world, key, { as: 'vic', params, query })).status).toBe(400)
    }
  })

  it('invites, and is told the link', async () => {
    const key = 'POST /workspaces/{workspace_id}/members'
    const body = { email: 'new@example.com', role: 'member' }
    const answer = await ask(world, key, { as: 'ann', params: { workspace_id: world.acme }, body })
    expect(answer.body).toEqual({
      result: 'success',
      ...body,
      invite_url: expect.stringContaining('token='),
      tenant_id: world.acme,
    })
    const owner = await ask(world, key, {
      as: 'ada',
      params: { workspace_id: world.acme },
      body: { ...body, role: 'owner' },
    })
    expect(owner.status).toBe(400)
    const viewer = await ask(world, key, { as: 'vic', params: { workspace_id: world.acme }, body })
    expect(viewer.body).toMatchObject({ message: 'forbidden', status: 403 })
  })

  it('sees their live tokens by how they begin, and ends one, which stops at once', async () => {
    const phone = await sessionId(world, 'vic')
    const { body } = await ask(world, SESSIONS, { as: 'vic', query: { limit: 1 } })
    expect(body).toMatchObject({ page: 1, limit: 1, total: 2, has_more: true })
    const all = (await ask(world, SESSIONS, { as: 'vic' })).body.data
    expect(all).toHaveLength(2)
    expect(all.map((one: { prefix: string }) => one.prefix)).toContain(world.people.vic.token.slice(0, 9))
    expect(JSON.stringify(all)).not.toContain(world.people.vic.token)
    expect((await ask(world, REVOKE, { as: 'vic', params: { session_id: phone } })).body).toEqual({ status: 'revoked' })
    expect((await ask(world, SESSIONS, { as: 'vic' })).body.total).toBe(1)
    await ask(world, 'DELETE /account/sessions/self', { as: 'vic' })
    expect((await ask(world, SESSIONS, { as: 'vic' })).body.message).toBe('token unknown or revoked')
  })

  it('does not see or end what another subject has, which is as unknown as none', async () => {
    const { token, id } = await externalToken(world)
    const anns = await sessionId(world, 'ann')
    for (const [caller, foreign] of [
      [{ as: 'vic' }, anns],
      [{ as: 'vic' }, id],
      [{ as: null, token }, anns],
    ] as const) {
      const [one, none] = [foreign, UNKNOWN].map((session_id) =>
        ask(world, REVOKE, { ...caller, params: { session_id } }),
      )
      expect((await one)?.text).toBe((await none)?.text)
      expect((await one)?.body).toMatchObject({ message: 'session not found', status: 404 })
    }
    expect((await ask(world, SESSIONS, { as: null, token })).body).toMatchObject({ total: 1, data: [{ id }] })
    await ask(world, 'DELETE /account/sessions/self', { as: null, token })
    expect((await ask(world, SESSIONS, { as: null, token })).status).toBe(401)
  })

  it('is held to sixty requests a minute, each token by itself', async () => {
    for (let count = 0; count < 60; count++) {
      expect((await ask(world, SESSIONS, { as: 'vic' })).status).toBe(200)
    }
    const { status, headers, body } = await ask(world, SESSIONS, { as: 'vic' })
    expect([status, body, headers.get('retry-after')]).toEqual([
      429,
      { error: 'rate_limited', retry_after_ms: 60_000 },
      '60',
    ])
    expect((await ask(world, SESSIONS, { as: 'ann' })).status).toBe(200)
    const token = await ask(world, 'POST /oauth/device/token', { as: 'vic', body: await approvedDevice(world) })
    expect([token.status, token.body]).toEqual([429, { error: 'rate_limited', retry_after_ms: 60_000 }])
    world.clock.now += 60_000
    expect((await ask(world, SESSIONS, { as: 'vic' })).status).toBe(200)
  })

  it('is no member elsewhere a second after being removed', async () => {
    const params = { workspace_id: world.acme, member_id: world.people.vic.id }
    await ask(world, 'DELETE /workspaces/{workspace_id}/members/{member_id}', { as: 'ann', params })
    const answer = await ask(world, 'GET /workspaces/{workspace_id}', {
      as: 'vic',
      params: { workspace_id: world.acme },
    })
    expect(answer.status).toBe(404)
  })

  it.each(['my workspace', 'ä', '\0', '%', 'x'.repeat(129)])('finds no workspace under %j', async (workspace_id) => {
    const keys = [...ROUTES.keys()].filter((key) => key.includes('{workspace_id}'))
    expect(keys).toHaveLength(6)
    for (const key of keys) {
      const { params, ...request } = await exampleIn(EXAMPLES, world, key)
      const [answer, unknown] = [workspace_id, UNKNOWN].map((id) =>
        ask(world, key, { ...request, params: { ...params, workspace_id: id } }),
      )
      expect((await answer)?.text).toBe((await unknown)?.text)
      expect((await answer)?.body).toMatchObject({ message: 'workspace not found', status: 404 })
    }
  })

  it('is no user of the console as an external subject', async () => {
    const { token } = await externalToken(world)
    for (const path of ['/workspaces', '/workspaces/current', '/all-workspaces']) {
      expect((await fetch(`${world.url}${path}`, { headers: { authorization: `Bearer ${token}` } })).status).toBe(401)
    }
  })

  it('has its headers on OPTIONS, HEAD, wrong methods and bad paths', async () => {
    const headers = ['Authorization', `Bearer ${world.people.vic.token}`]
    for (const [method, path, status] of [
      ['OPTIONS', '/workspaces', 204],
      ['HEAD', '/workspaces', 200],
      ['PUT', '/workspaces', 405],
      ['GET', '/oauth/device/token', 405],
      ['GET', '/workspaces/%zz', 400],
    ] as const) {
      const answer = await rawRequest(world.url, { method, path: `${PREFIX}${path}`, headers })
      expect(answer.status).toBe(status)
      expectHeaders(new Headers(Object.entries(answer.headers).map(([name, value]) => [name, String(value)])))
    }
  })
})
