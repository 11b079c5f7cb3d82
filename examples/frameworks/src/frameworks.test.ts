import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as express from './express.js'
import * as fastify from './fastify.js'
import * as hono from './hono.js'
import * as nodeHttp from './node-http.js'
import * as next from './next/serve.js'
import { tenancy } from './tenancy.js'
import { ownRouteCases } from './testing/own-route-cases.js'
import { close, signIn, urlOf } from './testing/serve-host.js'

const frameworks = Object.entries({ express, fastify, hono, 'route handlers of Next': next, 'node:http': nodeHttp })

const BOMB = gzipSync(`{"name":"${' '.repeat(8 * 1024 * 1024)}"}`)

beforeAll(() => tenancy.migrate())
afterAll(() => tenancy.close())

describe.each(frameworks)('a host on %s', (_, { start }) => {
  let server: Awaited<ReturnType<typeof start>>
  let url: string
  let ann: { cookie: string }
  beforeAll(async () => {
    server = await start(0)
    url = await urlOf(server)
    ann = await signIn(url, 'ann')
  })
  afterAll(() => close(server))

  it.each(ownRouteCases)('$name', (ownRouteCase) => ownRouteCase.run(url))

  const post = (path: string, body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
    fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...ann, ...headers },
      body,
    })

  it('serves the API below its path, next to its own routes', async () => {
    expect(await (await fetch(`${url}/hello`)).text()).toBe('hello')
    expect((await fetch(`${url}/api/nothing`)).status).toBe(404)
    const document = (await (await fetch(`${url}/api/openapi.json`)).json()) as { servers: unknown }
    expect(document.servers).toEqual([{ url: '/api' }])
  })

  it('accepts users with a session of the host', async () => {
    expect((await fetch(`${url}/api/tenancy/tenants`)).status).toBe(401)
    const created = await post('/api/tenancy/tenants', JSON.stringify({ name: 'Acme' }))
    expect(created.status).toBe(201)
    const list = await fetch(`${url}/api/tenancy/tenants`, { headers: ann })
    expect(await list.json()).toMatchObject({
      items: expect.arrayContaining([expect.objectContaining({ tenant: expect.objectContaining({ name: 'Acme' }) })]),
    })
  })

  it('responds to HEAD, OPTIONS and a method that is not allowed', async () => {
    const headers = ann
    const head = await fetch(`${url}/api/tenancy/tenants`, { method: 'HEAD', headers })
    expect([head.status, await head.text()]).toEqual([200, ''])
    const options = await fetch(`${url}/api/tenancy/tenants`, { method: 'OPTIONS' })
    expect([options.status, options.headers.get('allow')]).toEqual([204, 'GET, HEAD, POST, OPTIONS'])
    expect((await fetch(`${url}/api/tenancy/tenants`, { method: 'DELETE', headers })).status).toBe(405)
  })

  it('accepts a compressed body up to the limit, and rejects a larger one', async () => {
    const encoding = { 'content-encoding': 'gzip' }
    expect((await post('/api/tenancy/tenants', gzipSync('{"name":"Small"}'), encoding)).status).toBe(201)
    expect((await post('/api/tenancy/tenants', BOMB, encoding)).status).toBe(413)
  })

  it('accepts an upload', async () => {
    const created = await post('/api/tenancy/tenants', JSON.stringify({ name: 'Umbrella' }))
    const { id } = (await created.json()) as { id: string }
    const form = new FormData()
    form.set('file', new File(['<svg xmlns="http://www.w3.org/2000/svg"/>'], 'logo.svg'))
    const response = await fetch(`${url}/api/tenancy/tenants/${id}/images/logoId`, {
      method: 'POST',
      headers: ann,
      body: form,
    })
    expect([response.status, await response.json()]).toEqual([201, expect.objectContaining({ id: expect.any(String) })])
  })

  it('keeps running when a client disconnects while it sends its body', async () => {
    const socket = connect(Number(new URL(url).port), 'localhost')
    socket.write(`POST /api/tenancy/tenants HTTP/1.1\r\nHost: localhost\r\nCookie: ${ann.cookie}\r\n`)
    socket.write('Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{"name":')
    await new Promise((resolve) => setImmediate(resolve))
    socket.destroy()
    expect((await fetch(`${url}/hello`)).status).toBe(200)
  })

  // This is last, because servers may close the connection of a client whose body they have not read completely.
  it('responds to a client whose body is too large', async () => {
    expect((await post('/api/tenancy/tenants', 'x'.repeat(3 * 1024 * 1024))).status).toBe(413)
  })
})
