import { memoryStorage } from '@tenantry/core'
import { afterEach, describe, expect, it } from 'vitest'
import { createScenario } from '../testing/scenario.js'
import type { Scenario } from '../testing/scenario.js'
import type { HostOptions } from '../testing/serve-apis.js'

type Authenticate = NonNullable<HostOptions['authenticate']>

let scenario: Scenario
afterEach(() => scenario.close())

async function startWith(authenticate: Authenticate): Promise<void> {
  scenario = await createScenario(memoryStorage(), { router: { authenticate } })
}

/** A host that believes a header, as only a test does. */
const believing: Authenticate = (request) => {
  const user = request.get('x-user')
  return user === undefined ? null : (JSON.parse(user) as ReturnType<Authenticate>)
}

const get = (path: string, user?: unknown) =>
  fetch(`${scenario.url}${path}`, user === undefined ? {} : { headers: { 'x-user': JSON.stringify(user) } })

describe('authenticate', () => {
  it('identifies the caller by a user ID', async () => {
    await startWith(believing)
    const response = await get('/workspaces/current', { userId: scenario.people.vic.id })
    expect(await response.json()).toMatchObject({ id: scenario.acme, role: 'read_only' })
    expect((await get('/workspaces/current', { userId: 'nobody' })).status).toBe(401)
  })

  it('makes the API ignore access tokens', async () => {
    await startWith(believing)
    const headers = { authorization: `Bearer ${scenario.people.vic.token}` }
    expect((await fetch(`${scenario.url}/workspaces`, { headers })).status).toBe(401)
  })

  it.each([null, undefined, false] as const)('makes the caller a guest if it returns %j', async (nobody) => {
    await startWith(() => nobody)
    expect((await get('/workspaces')).status).toBe(401)
  })

  it.each([
    true,
    1,
    'ann',
    {},
    [],
    { userId: '' },
    { userId: null },
    { userId: 7 },
    { id: 'x' },
    { id: 'x', email: null },
  ])('that answers %j fails, and lets nobody in', async (identity) => {
    await startWith(believing)
    const response = await get('/workspaces', identity)
    expect(response.status).toBe(500)
    expect(await response.json()).toEqual({
      code: 'internal-error',
      message: 'Internal server error',
      status: 500,
      request_id: expect.any(String),
    })
  })

  it('creates an account for an external ID on the first request and keeps it up to date', async () => {
    await startWith(believing)
    const hana = { id: 'host-7', email: 'hana@example.com', name: 'Hana', emailVerified: true }
    expect(await (await get('/workspaces', hana)).json()).toEqual({ workspaces: [] })
    await get('/workspaces', { ...hana, name: 'Hana Novak' })
    const user = await scenario.tenancy.as({ userId: 'host-7' }).users.me()
    expect(user).toMatchObject({ email: 'hana@example.com', name: 'Hana Novak' })
  })

  it('can verify an address that another account has, and changes nothing else', async () => {
    await startWith(believing)
    const { ann } = scenario.people
    const asked = () => get('/workspaces', { id: 'host-8', email: ann.email, emailVerified: true })
    for (let time = 0; time < 2; time++) expect(await (await asked()).json()).toEqual({ workspaces: [] })
    expect(await scenario.tenancy.as({ userId: 'host-8' }).users.me()).toMatchObject({ email: ann.email })
    expect(await scenario.tenancy.as({ userId: ann.id }).users.me()).toMatchObject({
      email: `${ann.id}@no-address.invalid`,
    })
    await scenario.tenancy.as({ userId: ann.id }).in(scenario.acme).get()
  })

  it('replaces built-in accounts: the host has its own /login, and accepting an invitation requires a signed-in user', async () => {
    await startWith(believing)
    expect((await fetch(`${scenario.url}/login`, { method: 'POST' })).status).toBe(404)
    const { link } = await scenario.tenancy
      .as({ userId: scenario.people.ann.id })
      .in(scenario.acme)
      .members.invite({ email: 'hana@example.com', role: 'editor' })
    const token = link?.split('=')[1]
    const activate = (user: object | null) =>
      fetch(`${scenario.url}/activate`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-user': JSON.stringify(user) },
        body: JSON.stringify({ token }),
      })
    expect((await activate(null)).status).toBe(401)
    const unproven = await activate({ id: 'host-7', email: 'hana@example.com' })
    expect(unproven.status).toBe(403)
    const hana = { id: 'host-7', email: 'hana@example.com', emailVerified: true }
    expect(await (await activate(hana)).json()).toEqual({ result: 'success', data: { access_token: null } })
    expect(await (await get('/workspaces/current', hana)).json()).toMatchObject({ role: 'editor' })
  })

  it('results in a 500 response with only a request ID if it throws, and the error is logged', async () => {
    await startWith(() => {
      throw new Error('the password of the session store is hunter2')
    })
    const response = await get('/workspaces?token=secret')
    const { request_id: requestId, ...body } = (await response.json()) as { request_id: string }
    expect(body).toEqual({ code: 'internal-error', message: 'Internal server error', status: 500 })
    expect(scenario.logged).toMatchObject([{ requestId, api: 'console', route: 'GET /workspaces' }])
    expect(JSON.stringify(scenario.logged)).not.toContain('secret')
  })
})
