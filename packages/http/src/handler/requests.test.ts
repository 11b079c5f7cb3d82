import { memoryStorage } from '@tenantry/core'
import express from 'express'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ask } from '../testing/console-client.js'
import { rawRequest } from '../testing/raw-request.js'
import { serve } from '../testing/serve.js'
import { DEFAULT_MOUNT } from '../testing/serve-apis.js'
import { createScenario } from '../testing/scenario.js'
import { snapshot } from '../testing/snapshot.js'
import type { Scenario } from '../testing/scenario.js'
import { tenancyRouter } from '@tenantry/express-router'

const JSON_TYPE = ['Content-Type', 'application/json']

let scenario: Scenario
beforeEach(async () => void (scenario = await createScenario(memoryStorage())))
afterEach(() => scenario.close())

const bearer = () => ['Authorization', `Bearer ${scenario.people.ann.token}`]
const raw = (path: string, options: { method?: string; headers?: readonly string[]; body?: string | Buffer } = {}) =>
  rawRequest(scenario.url, { path, ...options, headers: [...bearer(), ...(options.headers ?? [])] })
const rename = (body: string | Buffer, headers: readonly string[] = JSON_TYPE) =>
  raw('/workspaces/info', { method: 'POST', headers, body })

describe('a body', () => {
  it.each([
    ['no JSON', '{"name":', 'invalid-json'],
    ['no object', '"Acme"', 'invalid-json'],
    ['an array', '[{"name":"Acme"}]', 'invalid-param'],
    ['null', 'null', 'invalid-json'],
    ['a key twice', '{"name":"Acme","name":"Evil"}', 'invalid-param'],
    ['a key twice in disguise', '{"name":"Acme","n\\u0061me":"Evil"}', 'invalid-param'],
    ['a prototype', '{"name":"Acme","__proto__":{"role":"owner"}}', 'invalid-param'],
    ['a constructor', '{"name":"Acme","constructor":{"prototype":{}}}', 'invalid-param'],
    ['deep nesting', `{"name":${'['.repeat(40)}${']'.repeat(40)}}`, 'invalid-param'],
    ['very deep nesting', `{"name":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 'invalid-param'],
  ])('that is or has %s is refused', async (_, body, code) => {
    const before = await snapshot(scenario)
    const response = await rename(body)
    expect(JSON.parse(response.text)).toMatchObject({ code, status: 400 })
    expect(await snapshot(scenario)).toEqual(before)
  })

  it('of more than 1 MiB is rejected', async () => {
    const ofSize = (size: number) => rename(`{"name":"Acme"${' '.repeat(size - 15)}}`)
    expect((await ofSize(1024 * 1024)).status).toBe(200)
    const response = await ofSize(1024 * 1024 + 1)
    expect(JSON.parse(response.text)).toMatchObject({ code: 'body-too-large', status: 413 })
  })

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=b',
    'application/jsonx',
    '',
  ])('of the type %j is refused, and the header named', async (type) => {
    const response = await rename('{"name":"Acme"}', type === '' ? [] : ['Content-Type', type])
    expect(JSON.parse(response.text)).toMatchObject({ code: 'invalid-param', params: 'content-type', status: 400 })
  })

  it.each([
    ['in UTF-16', 'utf-16', Buffer.from('{"name":"Acme"}', 'utf16le')],
    ['in UTF-16 that says a key twice', 'utf-16', Buffer.from('{"name":"Acme","name":"Evil"}', 'utf16le')],
    ['in UTF-7', 'utf-7', Buffer.from('+AHsAIg-name+ACI:+ACI-a+ACIAfQ-')],
    ['with bytes that are no UTF-8', 'utf-8', Buffer.from('{"name":"Acm\xff"}', 'latin1')],
  ])('%s is refused', async (_, charset, body) => {
    const before = await snapshot(scenario)
    const response = await rename(body, ['Content-Type', `application/json; charset=${charset}`])
    expect(JSON.parse(response.text)).toMatchObject({ code: 'invalid-json', status: 400 })
    expect(await snapshot(scenario)).toEqual(before)
  })

  it('with an unknown encoding is rejected', async () => {
    const response = await rename('{"name":"Acme"}', [...JSON_TYPE, 'Content-Encoding', 'rot13'])
    expect(JSON.parse(response.text)).toMatchObject({ code: 'invalid-json', status: 400 })
  })

  it.each(['utf-8', 'utf8', 'UTF-8', 'Utf8', '"utf-8"'])('may have the charset %s', async (charset) => {
    const type = `application/json; charset=${charset}`
    expect((await rename('{"name":"Äcme"}', ['Content-Type', type])).status).toBe(200)
    expect(JSON.parse((await raw('/workspaces/current')).text)).toMatchObject({ name: 'Äcme' })
  })

  it('may have a media type that ends in +json', async () => {
    expect((await rename('{"name":"Acme"}', ['Content-Type', 'application/merge-patch+json'])).status).toBe(200)
  })

  it('must be empty or {} for a route without a body', async () => {
    const leave = (body: string) => raw('/workspaces/archive', { method: 'POST', headers: JSON_TYPE, body })
    const refused = await leave(JSON.stringify({ tenant_id: scenario.globex }))
    expect(JSON.parse(refused.text)).toMatchObject({ code: 'invalid-param', params: 'tenant_id' })
    expect((await leave('{}')).status).toBe(200)
  })

  it('in chunks without a content type must be empty', async () => {
    const archive = (body: string) =>
      raw('/workspaces/archive', { method: 'POST', headers: ['Transfer-Encoding', 'chunked'], body })
    const refused = await archive('{}')
    expect(JSON.parse(refused.text)).toMatchObject({ code: 'invalid-param', params: 'content-type', status: 400 })
    expect((await archive('')).status).toBe(200)
  })

  it('that the host has parsed is used unchanged', async () => {
    const { tenancy } = scenario
    for (const parser of [express.json(), express.urlencoded({ extended: true }), express.text({ type: '*/*' })]) {
      const server = await serve(parser, tenancyRouter({ tenancy, apis: { console: true } }))
      const response = await rawRequest(server.url, {
        method: 'POST',
        path: '/workspaces/info',
        headers: [...bearer(), ...JSON_TYPE],
        body: '{"name":"Parsed"}',
      })
      expect(response.status).toBe(parser.name === 'textParser' ? 400 : 200)
      await server.close()
    }
  })
})

describe('a body that the host has parsed', () => {
  const FORM = ['Content-Type', 'application/x-www-form-urlencoded']
  const send = async (path: string, headers: readonly string[], body: string) => {
    const parsers = [express.json(), express.urlencoded({ extended: true }), express.text()]
    const server = await serve(...parsers, tenancyRouter({ tenancy: scenario.tenancy, apis: { console: true } }))
    const response = await rawRequest(server.url, { method: 'POST', path, headers: [...bearer(), ...headers], body })
    await server.close()
    return response
  }

  it.each([
    ['a form', FORM, 'name=Evil'],
    ['text', ['Content-Type', 'text/plain'], '{"name":"Evil"}'],
    ['an empty form', FORM, '&'],
  ])('from %s is never taken for JSON', async (_, headers, body) => {
    const before = await snapshot(scenario)
    for (const path of ['/workspaces/info', '/workspaces/archive']) {
      const response = await send(path, headers, body)
      expect(JSON.parse(response.text)).toMatchObject({ code: 'invalid-param', params: 'content-type', status: 400 })
    }
    expect(await snapshot(scenario)).toEqual(before)
  })

  it('may be an empty form for a route without a body', async () => {
    expect((await send('/workspaces/archive', FORM, '')).status).toBe(200)
  })
})

describe('the workspace header', () => {
  const refusal = { code: 'invalid-param', params: 'x-workspace-id', status: 400 }

  it('is rejected when it is sent twice', async () => {
    const header = (id: string) => ['X-Workspace-Id', id]
    const response = await raw('/workspaces/current', {
      headers: [...header(scenario.acme), ...header(scenario.globex)],
    })
    expect(JSON.parse(response.text)).toMatchObject(refusal)
    const same = await raw('/workspaces/current', { headers: [...header(scenario.acme), ...header(scenario.acme)] })
    expect(JSON.parse(same.text)).toMatchObject(refusal)
  })

  it.each(['A, B', 'A,B', '', ' ', 'a b', 'x'.repeat(129), 'ä'])('is rejected when its value is %j', async (id) => {
    const value = id.replace('A', scenario.acme).replace('B', scenario.globex)
    const response = await raw('/workspaces/current', { headers: ['X-Workspace-Id', value] })
    expect(JSON.parse(response.text)).toMatchObject(refusal)
  })

  it.each(['tenant_id', 'workspace_id', 'x-workspace-id', 'X-Workspace-Id'])(
    'is not taken from the query’s %s',
    async (name) => {
      const response = await raw(`/workspaces/current?${name}=${scenario.globex}`)
      expect(JSON.parse(response.text)).toMatchObject({ code: 'invalid-param', params: name, status: 400 })
    },
  )

  it('is case-sensitive', async () => {
    const response = await raw('/workspaces/current', { headers: ['X-Workspace-Id', scenario.acme.toUpperCase()] })
    expect(JSON.parse(response.text)).toMatchObject({ code: 'workspace-not-found', status: 404 })
  })

  it.each(['X-Tenant-Id', 'X-Forwarded-Host', 'X-Original-URL', 'X-Rewrite-URL', 'Cookie'])(
    'is not taken from %s',
    async (name) => {
      const value = name === 'Cookie' ? `tenant_id=${scenario.globex}` : `/${scenario.globex}`
      const response = await raw('/workspaces/current', { headers: [name, value] })
      expect(JSON.parse(response.text)).toMatchObject({ id: scenario.acme })
    },
  )
})

describe('an id', () => {
  const ids = [null, '', [], ['x'], {}, { $ne: null }, 0, -1, true, 'a\u0000b', 'a b', 'x'.repeat(10_000), '../x']

  it.each(ids)('in a body matches nothing when it is %j', async (id) => {
    const before = await snapshot(scenario)
    const response = await ask(scenario, 'POST /workspaces/switch', { as: 'ann', body: { tenant_id: id } })
    expect(['invalid-param', 'forbidden']).toContain(response.body.code)
    expect(await snapshot(scenario)).toEqual(before)
  })

  it.each([
    '__proto__',
    'constructor',
    'null',
    'undefined',
    '0',
    '%00',
    '%2e%2e',
    '..%2f..',
    'x'.repeat(10_000),
    "'--",
    '*',
    '%F0%9F',
  ])('in a path that is %j reaches nothing', async (id) => {
    const before = await snapshot(scenario)
    const response = await raw(`/workspaces/current/members/${id}`, { method: 'DELETE' })
    // A URL of the Fetch API has no dots left: the path is that of the list.
    expect(['invalid-param', 'member-not-found', 'method-not-allowed']).toContain(
      (JSON.parse(response.text) as { code: string }).code,
    )
    expect(await snapshot(scenario)).toEqual(before)
  })
})

describe('a path', () => {
  it.each([
    '//workspaces/current',
    '/workspaces//current',
    '/Workspaces/current',
    '/workspaces/CURRENT',
    '/workspaces%2fcurrent',
    '/workspaces/current;x=1',
    // In a URL of the Fetch API this is `/workspaces/current/`.
    ...(DEFAULT_MOUNT === 'fetch' ? [] : ['/workspaces/current/.']),
    '/nothing',
    '/workspaces/../admin',
  ])('like %s is the host’s', async (path) => {
    const response = await raw(path)
    expect(response.status).toBe(404)
    expect(response.text).toContain('Cannot GET')
  })

  it('with a trailing slash matches the same route, with the same checks', async () => {
    expect((await raw('/workspaces/current/')).status).toBe(200)
    expect((await rawRequest(scenario.url, { path: '/workspaces/current/' })).status).toBe(401)
  })

  it('responds with 405 and its methods to any other method', async () => {
    const options = await raw('/workspaces/current/members/x', { method: 'OPTIONS' })
    expect([options.status, options.headers['allow'], options.text]).toEqual([204, 'DELETE, OPTIONS', ''])
    const patch = await raw('/workspaces', { method: 'PATCH' })
    expect([patch.status, patch.headers['allow']]).toEqual([405, 'GET, HEAD, POST, OPTIONS'])
    expect(JSON.parse(patch.text)).toMatchObject({ code: 'method-not-allowed', status: 405 })
    const both = await raw('/workspaces/current/members/invite-email', { method: 'OPTIONS' })
    expect(both.headers['allow']).toBe('POST, DELETE, OPTIONS')
  })

  it('responds to HEAD as to GET, without a body and with the same authorization', async () => {
    const head = await raw('/workspaces/current', { method: 'HEAD' })
    expect([head.status, head.text]).toEqual([200, ''])
    expect((await rawRequest(scenario.url, { method: 'HEAD', path: '/workspaces/current' })).status).toBe(401)
  })

  it.each(['X-HTTP-Method-Override', 'X-HTTP-Method', 'X-Method-Override'])(
    'ignores the method override header %s',
    async (name) => {
      const before = await snapshot(scenario)
      const path = `/workspaces/current/members/${scenario.people.vic.id}`
      expect((await raw(path, { headers: [name, 'DELETE'] })).status).toBe(405)
      expect((await raw(`${path}?_method=DELETE`, { method: 'POST' })).status).toBe(405)
      expect(await snapshot(scenario)).toEqual(before)
    },
  )
})

describe('a query', () => {
  it('with a repeated parameter is rejected', async () => {
    const response = await raw('/workspaces/current/members?page=1&page=2')
    expect(JSON.parse(response.text)).toMatchObject({ code: 'invalid-param', params: 'page', status: 400 })
  })

  it.each(['page[]=1', 'page[x]=1', '__proto__=1', 'constructor=1'])('with %s is rejected', async (query) => {
    const response = await raw(`/workspaces/current/members?${query}`)
    expect(JSON.parse(response.text)).toMatchObject({ code: 'invalid-param', status: 400 })
  })
})

describe('the IP address of the client', () => {
  const ipOf = async () => {
    const { body } = await ask(scenario, 'GET /workspaces/current/audit-events', { as: 'ann', query: { limit: 1 } })
    return body.data[0].ip
  }

  it('is not taken from X-Forwarded-For by default', async () => {
    await rename('{"name":"Acme"}', [...JSON_TYPE, 'X-Forwarded-For', '203.0.113.7', 'Forwarded', 'for=203.0.113.7'])
    expect(await ipOf()).toContain('127.0.0.1')
  })

  it('is taken from X-Forwarded-For if the host trusts its proxy', async () => {
    const server = await serve(tenancyRouter({ tenancy: scenario.tenancy, apis: { console: true } }))
    server.app.set('trust proxy', 'loopback')
    await rawRequest(server.url, {
      method: 'POST',
      path: '/workspaces/info',
      headers: [...bearer(), ...JSON_TYPE, 'X-Forwarded-For', '198.51.100.1, 203.0.113.7'],
      body: '{"name":"Acme"}',
    })
    expect(await ipOf()).toBe('203.0.113.7')
    await server.close()
  })
})

describe('an Authorization header', () => {
  it.each([
    [[]],
    [['Authorization', 'Bearer']],
    [['Authorization', 'Bearer ']],
    [['Authorization', 'Bearer x, Bearer y']],
    [['Authorization', 'Bearer x'.repeat(2000)]],
    [['Authorization', 'bearer null']],
  ])('%j makes nobody', async (headers) => {
    const response = await rawRequest(scenario.url, { path: '/workspaces', headers })
    expect(response.status).toBe(401)
    expect(response.headers['www-authenticate']).toBe('Bearer')
  })

  it('that is sent twice makes the caller a guest', async () => {
    const response = await rawRequest(scenario.url, { path: '/workspaces', headers: [...bearer(), ...bearer()] })
    expect(response.status).toBe(401)
  })
})
