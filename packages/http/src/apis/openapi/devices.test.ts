import { memoryStorage } from '@tenantry/core'
import express from 'express'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { openapiRouter } from '@tenantry/express-router'
import { tenancyRouter } from '@tenantry/express-router'
import { ask, PREFIX } from '../../testing/openapi-client.js'
import { approvedDevice, LAPTOP, startedDevice } from '../../testing/openapi-examples.js'
import { rawRequest } from '../../testing/raw-request.js'
import { serve } from '../../testing/serve.js'
import { STORAGES } from '../../testing/storages.js'
import { createScenario } from '../../testing/scenario.js'
import type { Scenario } from '../../testing/scenario.js'

const CODE = 'POST /oauth/device/code'
const TOKEN = 'POST /oauth/device/token'
const APPROVE = 'POST /oauth/device/approve'
const DENY = 'POST /oauth/device/deny'
const LOOKUP = 'GET /oauth/device/lookup'

let scenario: Scenario
afterEach(() => scenario.close())

describe.each(STORAGES)('device sign-in on $storage', ({ makeStorage }) => {
  const poll = (device_code: string, client_id = LAPTOP.client_id) =>
    ask(scenario, TOKEN, { as: null, body: { device_code, client_id } })

  it('is pending until it is approved, and returns its token exactly once', async () => {
    scenario = await createScenario(makeStorage())
    const { body: started } = await ask(scenario, CODE, { as: null, body: LAPTOP })
    expect(started).toMatchObject({ verification_uri: `${scenario.url}/device`, expires_in: 900, interval: 5 })
    expect(started.user_code).toMatch(/^[A-Z]{4}-[0-9]{4}$/)
    expect(started.verification_uri_complete).toBe(`${scenario.url}/device?user_code=${started.user_code}`)
    const waiting = await poll(started.device_code)
    expect([waiting.status, waiting.body]).toEqual([400, { error: 'authorization_pending' }])
    expect((await poll(started.device_code)).body).toEqual({ error: 'slow_down' })
    const query = { user_code: started.user_code }
    expect((await ask(scenario, LOOKUP, { as: null, query })).body).toEqual({
      valid: true,
      expires_in_remaining: 900,
      ...LAPTOP,
      network: expect.stringContaining('127.0.0.1'),
      requested_at: new Date(scenario.clock.now).toISOString(),
    })
    await ask(scenario, APPROVE, { as: 'bob', body: { user_code: started.user_code.toLowerCase() } })
    scenario.clock.now += 5000
    const { body } = await poll(started.device_code)
    const { bob } = scenario.people
    expect(body).toEqual({
      token: expect.stringMatching(/^dfoa_[\w-]{43}$/),
      expires_at: new Date(scenario.clock.now + 14 * 86_400_000).toISOString(),
      subject_type: 'account',
      account: { id: bob.id, email: bob.email, name: null },
      workspaces: [{ id: scenario.acme, name: 'Acme', role: 'member' }],
      default_workspace_id: scenario.acme,
      token_id: expect.any(String),
    })
    scenario.clock.now += 5000
    expect((await poll(started.device_code)).body).toEqual({ error: 'invalid_grant' })
    const sessions = await ask(scenario, 'GET /account/sessions', { as: null, token: body.token })
    expect(sessions.body.data).toContainEqual(
      expect.objectContaining({ id: body.token_id, prefix: body.token.slice(0, 9), ...LAPTOP }),
    )
    expect((await ask(scenario, LOOKUP, { as: null, query })).body).toEqual({
      valid: false,
      expires_in_remaining: 0,
      client_id: null,
      device_label: null,
      network: null,
      requested_at: null,
    })
  })

  it('returns an error if it is denied, expired, or requested by another client', async () => {
    scenario = await createScenario(makeStorage())
    const [refused, late] = [await startedDevice(scenario), await startedDevice(scenario)]
    await ask(scenario, DENY, { as: 'bob', body: { user_code: refused.user_code } })
    expect((await poll(refused.device_code)).body).toEqual({ error: 'access_denied' })
    expect((await poll(late.device_code, 'other')).body).toEqual({ error: 'invalid_grant' })
    scenario.clock.now += 15 * 60_000
    expect((await poll(late.device_code)).body).toEqual({ error: 'expired_token' })
    const approve = await ask(scenario, APPROVE, { as: 'bob', body: { user_code: late.user_code } })
    expect(approve.body).toMatchObject({ message: 'invalid code', status: 400 })
  })

  it('replaces the token of a device that signs in again', async () => {
    scenario = await createScenario(makeStorage())
    const signIn = async () => (await ask(scenario, TOKEN, { as: null, body: await approvedDevice(scenario) })).body
    const [first, second] = [await signIn(), await signIn()]
    expect(second.token_id).toBe(first.token_id)
    expect((await ask(scenario, 'GET /account', { as: null, token: first.token })).status).toBe(401)
    expect((await ask(scenario, 'GET /account', { as: null, token: second.token })).status).toBe(200)
  })

  it('issues one token to concurrent requests, and accepts one of several concurrent decisions', async () => {
    scenario = await createScenario(makeStorage())
    const body = await approvedDevice(scenario)
    const asked = await Promise.all(Array.from({ length: 8 }, () => ask(scenario, TOKEN, { as: null, body })))
    expect(asked.filter(({ status }) => status === 200)).toHaveLength(1)
    const { user_code } = await startedDevice(scenario)
    const words = [APPROVE, DENY, APPROVE, DENY].map((key) => ask(scenario, key, { as: 'ann', body: { user_code } }))
    expect((await Promise.all(words)).map(({ status }) => status).sort()).toEqual([200, 400, 400, 400])
  })

  it('limits guesses of the code', async () => {
    scenario = await createScenario(makeStorage())
    const { user_code } = await startedDevice(scenario)
    const guess = (code: string) => ask(scenario, LOOKUP, { as: null, query: { user_code: code } })
    for (let count = 0; count < 60; count++) expect((await guess('BCDF-2222')).status).toBe(200)
    const limited = await guess(user_code)
    expect([limited.status, limited.body]).toEqual([429, { error: 'rate_limited', retry_after_ms: 15 * 60_000 }])
  })
})

describe('the approval page of device sign-in', () => {
  it('contains nothing from the request, runs only its own script, and cannot be framed', async () => {
    scenario = await createScenario(memoryStorage())
    const response = await fetch(`${scenario.url}/device?user_code=%22%3E%3Cscript%3Ealert(1)%3C/script%3E`)
    const text = await response.text()
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
    expect(text).not.toContain('alert')
    expect(response.headers.get('x-frame-options')).toBe('DENY')
    const policy = response.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toContain('unsafe')
    for (const tag of text.match(/<script[^>]*>/g) ?? []) expect(tag).toContain('src=')
    expect(text).toContain('type="password"')
    for (const [, file] of text.matchAll(/(?:src|href)="\.\/([^"]+)"/g)) {
      expect((await fetch(`${scenario.url}/${file}`)).status).toBe(200)
    }
  })

  it('finds the API at any mount path, and has no password field with external accounts', async () => {
    scenario = await createScenario(memoryStorage())
    const { tenancy } = scenario
    const app = express()
    app.use('/deep', tenancyRouter({ tenancy, authenticate: () => null, apis: { openapi: { prefix: '/v9' } } }))
    app.use('/alone', openapiRouter({ tenancy, verificationUri: 'https://app.example.com/device' }))
    const server = await serve(app)
    const start = async (path: string) => {
      const body = JSON.stringify(LAPTOP)
      const headers = { 'content-type': 'application/json' }
      const response = await fetch(`${server.url}${path}/oauth/device/code`, { method: 'POST', headers, body })
      return ((await response.json()) as { verification_uri: string }).verification_uri
    }
    const text = await (await fetch(`${server.url}/deep/device/`)).text()
    expect(text).toContain('data-api="../v9"')
    expect(text).not.toContain('type="password"')
    expect(await (await fetch(`${server.url}/alone/device`)).text()).toContain('data-api="./"')
    expect(await start('/deep/v9')).toBe(`${server.url}/deep/device`)
    expect(await start('/alone')).toBe('https://app.example.com/device')
    await server.close()
  })
})

describe('the URL of the approval page', () => {
  const start = async (url: string, headers: Readonly<Record<string, string>> = {}) => {
    const response = await rawRequest(url, {
      method: 'POST',
      path: `${PREFIX}/oauth/device/code`,
      headers: ['Content-Type', 'application/json', ...Object.entries(headers).flat()],
      body: JSON.stringify(LAPTOP),
    })
    return { status: response.status, body: JSON.parse(response.text) as { verification_uri: string } }
  }
  afterEach(() => vi.unstubAllEnvs())

  it('is the configured one, whatever host name a request has', async () => {
    scenario = await createScenario(memoryStorage(), { router: { publicUrl: 'https://example.com/tenancy/' } })
    for (const headers of [{}, { 'X-Forwarded-Host': 'evil.example.com' }]) {
      const { body } = await start(scenario.url, headers)
      expect(body.verification_uri).toBe('https://example.com/tenancy/device')
    }
  })

  it('must be configured in production: without it device sign-in is disabled', async () => {
    vi.stubEnv('NODE_ENV', 'production')
    scenario = await createScenario(memoryStorage())
    expect(await start(scenario.url)).toEqual({
      status: 501,
      body: {
        code: 'not_set_up',
        message: 'device sign-in is not set up',
        status: 501,
        hint: 'The host must give its publicUrl to the router.',
      },
    })
    await scenario.close()
    scenario = await createScenario(memoryStorage(), { router: { publicUrl: 'https://example.com' } })
    expect((await start(scenario.url)).body.verification_uri).toBe('https://example.com/device')
  })

  it.each([{ verificationUri: '/device' }, { verificationUri: 'javascript:alert(1)' }, { publicUrl: 'example.com' }])(
    'is refused at the start when it is none: %j',
    async (options) => {
      scenario = await createScenario(memoryStorage())
      expect(() => openapiRouter({ tenancy: scenario.tenancy, ...options })).toThrow(TypeError)
    },
  )
})

describe('a browser with a session of the host', () => {
  const body = async () => JSON.stringify({ user_code: (await startedDevice(scenario)).user_code })
  const json = { 'content-type': 'application/json', cookie: 'session=bob' }
  const send = (path: string, headers: Readonly<Record<string, string>>, sent: string) =>
    fetch(`${scenario.url}${PREFIX}${path}`, { method: 'POST', headers, body: sent })

  async function start(): Promise<void> {
    scenario = await createScenario(memoryStorage(), {
      router: {
        authenticate: (request) =>
          request.get('cookie') === 'session=bob' ? { userId: scenario.people.bob.id } : null,
      },
    })
  }

  it('can approve or deny a device, and calls no other route without a token', async () => {
    await start()
    expect(
      (await send('/oauth/device/approve', { ...json, 'sec-fetch-site': 'same-origin' }, await body())).status,
    ).toBe(200)
    expect((await send('/oauth/device/deny', { ...json, origin: scenario.url }, await body())).status).toBe(200)
    expect((await fetch(`${scenario.url}${PREFIX}/workspaces`, { headers: json })).status).toBe(401)
    expect((await send('/oauth/device/sign-in', json, '{}')).status).toBe(404)
    const nobody = await send('/oauth/device/approve', { 'content-type': 'application/json' }, await body())
    expect([nobody.status, await nobody.json()]).toMatchObject([401, { message: 'missing bearer token' }])
  })

  it.each([
    [{ 'sec-fetch-site': 'cross-site' }],
    [{ 'sec-fetch-site': 'same-site' }],
    [{ origin: 'https://evil.example.com' }],
    [{ origin: 'null' }],
    [{ 'content-type': 'text/plain' }, 400],
    [{ 'content-type': 'application/x-www-form-urlencoded' }, 400],
  ])('is not made to answer by the page of another: %j', async (headers, status = 403) => {
    await start()
    scenario.events.length = 0
    const response = await send('/oauth/device/approve', { ...json, ...headers }, await body())
    expect(response.status).toBe(status)
    expect(scenario.events).toEqual([])
  })
})
