import { createTenancy, memoryStorage } from '@tenantry/core'
import { afterEach, describe, expect, it } from 'vitest'
import { tenancyRouter } from '@tenantry/express-router'
import { createApi } from '../apis.js'
import type { ApiName } from '../apis.js'
import { serveApis } from '../testing/serve-apis.js'
import type { HostOptions } from '../testing/serve-apis.js'
import { serve } from '../testing/serve.js'
import { exampleIn } from '../testing/api-client.js'
import type { ApiRequest } from '../testing/api-client.js'
import { APIS_UNDER_TEST } from '../testing/apis-under-test.js'
import { everyPreset } from '../testing/every-preset.js'
import { createScenario } from '../testing/scenario.js'
import type { Person, Scenario } from '../testing/scenario.js'
import type { Route } from './route.js'

const NAMES = Object.keys(APIS_UNDER_TEST) as ApiName[]
const EVIL = { origin: 'https://evil.example.com', 'sec-fetch-site': 'cross-site' }

let scenario: Scenario
/** Where the host that goes by a cookie is; the world itself goes by tokens, for what has to be made ready. */
let host: Awaited<ReturnType<typeof serveApis>>
afterEach(async () => {
  await host.close()
  await scenario.close()
})

/** A host that goes by a cookie, which holds who is signed in. */
function byCookie(): Required<Pick<HostOptions, 'authenticate'>> {
  return {
    authenticate: (request) => {
      const person = /session=(\w+)/.exec(request.get('cookie') ?? '')?.[1]
      // The tests name nobody else.
      return person === undefined ? null : { userId: scenario.people[person as Person].id }
    },
  }
}

async function start(router: Partial<HostOptions> = {}): Promise<void> {
  scenario = await createScenario(memoryStorage())
  host = await serveApis({ tenancy: scenario.tenancy, ...byCookie(), ...router })
}

/** What a form, or a script of another page, can send without asking first. */
// prettier-ignore
const SIMPLE = {
  nothing:   () => ({}),
  text:      (body) => ({ headers: { 'content-type': 'text/plain' }, body: JSON.stringify(body) }),
  form:      (body) => ({ body: new URLSearchParams(Object.entries(body ?? {}).map(([name, value]): [string, string] => [name, String(value)])) }),
  multipart: () => ({ body: withFile() }),
} satisfies Record<string, (body: unknown) => Sent>

function withFile(): FormData {
  const form = new FormData()
  form.set('file', new File(['<svg xmlns="http://www.w3.org/2000/svg"/>'], 'logo.svg'))
  return form
}

interface Sent {
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | FormData | URLSearchParams
}

async function send(name: ApiName, route: Route, { request, sent }: { request: ApiRequest; sent: Sent }) {
  const { prefix } = APIS_UNDER_TEST[name].client
  const path = route.path.replaceAll(/\{(\w+)\}/g, (_, field: string) => request.params?.[field] ?? '')
  const headers = { ...request.headers, ...sent.headers, cookie: `session=${request.as ?? 'ann'}` }
  return fetch(`${host.url}${prefix}${path}`, { method: route.method, headers, body: sent.body ?? null })
}

/** Every row that changes something for who is signed in at the host. */
function* changing(): Generator<[key: string, name: ApiName]> {
  const tenancy = createTenancy({ storage: memoryStorage(), ...everyPreset() })
  for (const name of NAMES) {
    const { api } = createApi(name, {}, { prefix: '/', userManagement: 'external', tenancy })
    for (const { method, path, hostSession } of api.routes)
      if (method !== 'GET' && (name !== 'openapi' || hostSession)) yield [`${method} ${path}`, name]
  }
}

describe.each([...changing()])('%s of %s', (key, name) => {
  const { client, examples } = APIS_UNDER_TEST[name]

  async function ready() {
    await start()
    const route = client.routes.get(key)
    if (!route) throw new Error(`no route ${key}`)
    const request = await exampleIn(examples, scenario, key)
    scenario.events.length = 0
    return { route, request }
  }

  it('rejects a change that a page of another origin sends with the host’s cookie', async () => {
    const { route, request } = await ready()
    for (const [kind, make] of Object.entries(SIMPLE)) {
      const sent: Sent = make(request.body)
      const headers = { ...sent.headers, ...EVIL }
      const response = await send(name, route, { request, sent: { ...sent, headers } })
      expect([kind, response.status]).toEqual([kind, 403])
      expect(client.api.failure.safeParse(await response.json()).error).toBeUndefined()
    }
    expect(scenario.events).toEqual([])
  })

  it('accepts the change from a page of its own origin', async () => {
    const { route, request } = await ready()
    const json = { headers: { 'content-type': 'application/json' }, body: JSON.stringify(request.body ?? {}) }
    const sent: Sent = route.upload ? { body: withFile() } : json
    const headers = { ...sent.headers, 'sec-fetch-site': 'same-origin' }
    const response = await send(name, route, { request, sent: { ...sent, headers } })
    // Some examples are those of somebody who has no account yet.
    if (request.as !== null) expect(response.status).toBe(route.status ?? 200)
  })
})

describe('a change with the host’s session', () => {
  const leave = (headers: Readonly<Record<string, string>>, url = host.url) =>
    fetch(`${url}/workspaces/current/leave`, { method: 'POST', headers: { cookie: 'session=vic', ...headers } })

  it.each<[string, Record<string, string>, number]>([
    ['a page of the same origin', { 'sec-fetch-site': 'same-origin' }, 200],
    ['what the user typed', { 'sec-fetch-site': 'none' }, 200],
    ['a client that is no browser', {}, 200],
    ['a page of another host of the site', { 'sec-fetch-site': 'same-site', origin: 'https://www.example.com' }, 403],
    ['a page of another site', { 'sec-fetch-site': 'cross-site' }, 403],
    ['a browser that says something else', { 'sec-fetch-site': 'sibling', origin: '' }, 403],
    ['an old browser, from another site', { origin: 'https://evil.example.com' }, 403],
    ['a page in a sandbox', { origin: 'null' }, 403],
    ['what is no origin', { origin: 'evil' }, 403],
    ['an origin that begins like the host', { origin: 'http://127.0.0.1.evil.example.com' }, 403],
    ['a trusted origin', { 'sec-fetch-site': 'cross-site', origin: 'https://app.example.com' }, 200],
    ['a trusted origin, with an old browser', { origin: 'https://app.example.com' }, 200],
    ['a trusted origin without its scheme', { origin: 'http://app.example.com' }, 403],
    ['the public address', { 'sec-fetch-site': 'same-site', origin: 'https://example.com' }, 200],
  ])('from %s', async (_, headers, status) => {
    await start({ trustedOrigins: ['https://app.example.com'], publicUrl: 'https://example.com/tenancy' })
    expect((await leave(headers)).status).toBe(status)
  })

  it('is accepted from the requested host with the same port', async () => {
    await start()
    expect((await leave({ origin: host.url.replace(/:\d+$/, ':1') })).status).toBe(403)
    expect((await leave({ origin: host.url.replace('http:', 'https:') })).status).toBe(200)
  })

  it('is accepted only from the host that a trusted proxy names', async () => {
    await start()
    const headers = { origin: 'https://app.example.com', 'x-forwarded-host': 'app.example.com' }
    const server = await serve(tenancyRouter({ tenancy: scenario.tenancy, apis: { console: true }, ...byCookie() }))
    expect((await leave(headers, server.url)).status).toBe(403)
    server.app.set('trust proxy', 'loopback')
    expect((await leave(headers, server.url)).status).toBe(200)
    await server.close()
  })

  it('is restricted, but reads and requests with an access token are not', async () => {
    await start()
    const headers = { cookie: 'session=vic', ...EVIL }
    expect((await fetch(`${host.url}/workspaces`, { headers })).status).toBe(200)
    const authorization = `Bearer ${scenario.people.vic.token}`
    const byToken = await fetch(`${host.url}/openapi/v1/account/sessions/self`, {
      method: 'DELETE',
      headers: { authorization, ...headers },
    })
    expect(byToken.status).toBe(200)
  })

  it('is rejected before the body is read', async () => {
    await start()
    const response = await fetch(`${host.url}/workspaces/info`, {
      method: 'POST',
      headers: { cookie: 'session=ann', 'content-type': 'application/json', ...EVIL },
      body: 'x'.repeat(2_000_000),
    })
    expect(response.status).toBe(403)
  })
})

describe('the options', () => {
  it.each([
    [{ trustedOrigins: ['https://app.example.com/'] }, 'trustedOrigins'],
    [{ trustedOrigins: ['app.example.com'] }, 'trustedOrigins'],
    [{ trustedOrigins: ['*'] }, 'trustedOrigins'],
    [{ trustedOrigins: ['null'] }, 'trustedOrigins'],
    [{ trustedOrigins: ['ftp://example.com'] }, 'trustedOrigins'],
    [{ publicUrl: '/tenancy' }, 'publicUrl'],
    [{ publicUrl: 'javascript:alert(1)' }, 'publicUrl'],
  ])('%j are refused at the start', async (options, name) => {
    await start()
    expect(() => tenancyRouter({ tenancy: scenario.tenancy, ...options })).toThrow(new RegExp(`^${name}: needs`))
  })
})
