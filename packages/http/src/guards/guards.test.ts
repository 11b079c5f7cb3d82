import { createTenancy, memoryStorage, SYSTEM } from '@tenantry/core'
import type { Tenancy } from '@tenantry/core'
import { tenancyGuard } from '@tenantry/express-router'
import express from 'express'
import Fastify from 'fastify'
import { Hono } from 'hono'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { fetchGuard } from './fetch-guard.js'
import { fastifyGuard } from './fastify-guard.js'
import { honoGuard } from './hono-guard.js'
import { fromPath } from './tenant-sources.js'

const options = () => ({
  storage: memoryStorage(),
  resources: { invoice: ['create', 'read', 'approve'] as const },
})

type HostTenancy = ReturnType<typeof tenancyOf>
function tenancyOf() {
  return createTenancy(options())
}

interface Answer {
  readonly status: number
  readonly type: string | null
  readonly body: Record<string, unknown>
}
type Ask = (path: string, init?: RequestInit) => Promise<Answer>
interface Mounted {
  readonly ask: Ask
  close(): Promise<unknown>
}

const source = fromPath('/t/:tenant')
const userOf = (session: string | null | undefined) => (session ? { userId: session } : null)
const shown = ({ tenant, access, actor }: { tenant: { id: string }; access: { roles: unknown }; actor: object }) => ({
  tenant: tenant.id,
  roles: access.roles,
  actor,
})

async function over(ask: (url: string, init?: RequestInit) => Response | Promise<Response>, base: string) {
  const asked: Ask = async (path, init) => {
    const response = await ask(`${base}${path}`, init)
    const text = await response.text()
    const body = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>)
    return { status: response.status, type: response.headers.get('content-type'), body }
  }
  return asked
}

const MOUNTS: Readonly<Record<string, (tenancy: HostTenancy) => Promise<Mounted>>> = {
  async express(tenancy) {
    const guard = tenancyGuard({ tenancy, tenant: source, authenticate: (request) => userOf(request.get('x-session')) })
    const routes = express.Router()
    routes.all('/invoices', guard.require('invoice:read'), (request, response) => {
      response.json(shown(request.tenancy))
    })
    routes.all('/approvals', guard.require('invoice:read', 'invoice:approve'), (request, response) => {
      response.json(shown(request.tenancy))
    })
    routes.all('/home', guard.require(), (request, response) => void response.json(shown(request.tenancy)))
    const server = express().use('/t/:tenant', routes).listen(0)
    const { port } = server.address() as AddressInfo
    const close = async () => {
      server.closeAllConnections()
      server.close()
    }
    return { ask: await over(fetch, `http://localhost:${port}`), close }
  },
  async fetch(tenancy) {
    const guard = fetchGuard({
      tenancy,
      tenant: source,
      authenticate: (request) => userOf(request.headers.get('x-session')),
    })
    const handlers = {
      invoices: guard.protect(['invoice:read'], (_, scope) => Response.json(shown(scope))),
      approvals: guard.protect(['invoice:read', 'invoice:approve'], (_, scope) => Response.json(shown(scope))),
      home: guard.protect([], (_, scope) => Response.json(shown(scope))),
    }
    const ask = (url: string, init?: RequestInit) => {
      const name = url.split('/').at(-1) as keyof typeof handlers
      return handlers[name](new Request(url, init))
    }
    return { ask: await over(ask, 'http://localhost'), close: async () => {} }
  },
  async hono(tenancy) {
    const guard = honoGuard({
      tenancy,
      tenant: source,
      authenticate: (request) => userOf(request.headers.get('x-session')),
    })
    const app = new Hono<{ Variables: { tenancy: Parameters<typeof shown>[0] } }>()
    app.all('/t/:tenant/invoices', guard.require('invoice:read'), (c) => c.json(shown(c.var.tenancy)))
    app.all('/t/:tenant/approvals', guard.require('invoice:read', 'invoice:approve'), (c) =>
      c.json(shown(c.var.tenancy)),
    )
    app.all('/t/:tenant/home', guard.require(), (c) => c.json(shown(c.var.tenancy)))
    return { ask: await over((url, init) => app.request(url, init), 'http://localhost'), close: async () => {} }
  },
  async fastify(tenancy) {
    const guard = fastifyGuard({
      tenancy,
      tenant: source,
      authenticate: (request) => userOf(request.raw.headers['x-session'] as string | undefined),
    })
    const app = Fastify()
    const show = async (request: object) => shown((request as { tenancy: Parameters<typeof shown>[0] }).tenancy)
    app.all('/t/:tenant/invoices', { preHandler: guard.require('invoice:read') }, show)
    app.all('/t/:tenant/approvals', { preHandler: guard.require('invoice:read', 'invoice:approve') }, show)
    app.all('/t/:tenant/home', { preHandler: guard.require() }, show)
    const url = await app.listen({ port: 0 })
    return { ask: await over(fetch, url), close: () => app.close() }
  },
}

describe.each(Object.entries(MOUNTS))('a guard on %s', (_, mount) => {
  let tenancy: HostTenancy
  let acme: string
  let mounted: Mounted
  const as = (userId: string, init: RequestInit = {}): RequestInit => ({
    ...init,
    headers: { 'x-session': userId, ...init.headers },
  })

  beforeAll(async () => {
    tenancy = tenancyOf()
    for (const id of ['owner', 'viewer', 'stranger'])
      await tenancy.as(SYSTEM).users.ensure({ id, email: `${id}@example.com`, emailVerified: true })
    const { id } = await tenancy.as({ userId: 'owner' }).tenants.create({ name: 'Acme', slug: 'acme' })
    acme = id
    await tenancy.as({ userId: 'owner' }).in(acme).members.add({ email: 'viewer@example.com', role: 'viewer' })
    mounted = await mount(tenancy)
  })
  afterAll(() => mounted.close())

  it('accepts a member with the permission, by slug and by ID', async () => {
    for (const tenant of ['acme', acme]) {
      const { status, body } = await mounted.ask(`/t/${tenant}/invoices`, as('viewer'))
      expect([status, body]).toMatchObject([200, { tenant: acme, roles: ['viewer'], actor: { userId: 'viewer' } }])
    }
  })

  it('rejects a member without one of the permissions with 403', async () => {
    const { status, type, body } = await mounted.ask('/t/acme/approvals', as('viewer'))
    expect([status, type, body]).toEqual([
      403,
      'application/problem+json',
      expect.objectContaining({ code: 'forbidden', details: { permission: 'invoice:approve' } }),
    ])
    expect((await mounted.ask('/t/acme/approvals', as('owner'))).status).toBe(200)
  })

  it('without permissions accepts every member, and nobody else', async () => {
    expect((await mounted.ask('/t/acme/home', as('viewer'))).status).toBe(200)
    expect((await mounted.ask('/t/acme/home', as('stranger'))).status).toBe(404)
  })

  it('returns the same response for a foreign and an unknown tenant', async () => {
    const tenants = ['acme', acme, 'unknown', '01999999-7777-7abc-8def-000000000001', 'ACME', '%00', 'x'.repeat(90)]
    const answers = await Promise.all(tenants.map((one) => mounted.ask(`/t/${one}/invoices`, as('stranger'))))
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect(answers[0]).toMatchObject({ status: 404, body: { code: 'tenant_not_found' } })
  })

  it('rejects a guest with 401, whether or not the tenant exists', async () => {
    for (const tenant of ['acme', 'unknown'])
      expect(await mounted.ask(`/t/${tenant}/invoices`)).toMatchObject({
        status: 401,
        body: { code: 'unauthenticated' },
      })
  })

  it('rejects a change that a page of another origin sends with the host’s session', async () => {
    const crossSite = as('owner', {
      method: 'POST',
      headers: { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
    })
    expect(await mounted.ask('/t/acme/invoices', crossSite)).toMatchObject({
      status: 403,
      body: { code: 'cross_site' },
    })
    expect((await mounted.ask('/t/acme/invoices', as('owner', { method: 'POST' }))).status).toBe(200)
  })

  it('does not cache access: a revoked permission is denied on the next request', async () => {
    const { members } = tenancy.as({ userId: 'owner' }).in(acme)
    await members.setOverrides({ userId: 'viewer', overrides: { 'invoice:read': false } })
    expect((await mounted.ask('/t/acme/invoices', as('viewer'))).status).toBe(403)
    await members.setOverrides({ userId: 'viewer', overrides: { 'invoice:read': null } })
    expect((await mounted.ask('/t/acme/invoices', as('viewer'))).status).toBe(200)
  })

  it('rejects a suspended tenant with 403', async () => {
    await tenancy.as(SYSTEM).tenants.suspend({ slug: 'acme', reason: 'Ticket 4711' })
    expect(await mounted.ask('/t/acme/invoices', as('owner'))).toMatchObject({
      status: 403,
      body: { code: 'tenant_not_active', details: { status: 'suspended' } },
    })
    await tenancy.as(SYSTEM).tenants.reactivate({ slug: 'acme', reason: 'Ticket 4711' })
  })
})

describe('a guard', () => {
  let tenancy: HostTenancy
  beforeEach(() => void (tenancy = tenancyOf()))

  it('rejects an undeclared permission when the route is defined', () => {
    const guard = fetchGuard({ tenancy, tenant: source })
    expect(() => guard.protect(['invoice:raed' as never], () => new Response())).toThrow('"invoice:raed"')
  })

  it.each([
    [{ tenant: source }, 'needs a tenancy'],
    [{ tenancy: tenancyOf() }, 'tenant needs a source'],
    [{ tenancy: tenancyOf(), tenant: 'acme' }, 'tenant needs a source'],
    [{ tenancy: tenancyOf(), tenant: source, authenticate: 'x' }, 'authenticate needs a function'],
    [{ tenancy: tenancyOf(), tenant: source, authentcate: () => null }, 'authentcate'],
  ])('rejects wrong options, case %#', (given, message) => {
    expect(() => fetchGuard(given as never)).toThrow(TypeError)
    expect(() => fetchGuard(given as never)).toThrow(message)
  })

  it('opens a scope for a job without a request', async () => {
    const guard = fetchGuard({ tenancy, tenant: source })
    await tenancy.as(SYSTEM).users.ensure({ id: 'ann', email: 'ann@example.com', emailVerified: true })
    const { id } = await tenancy.as({ userId: 'ann' }).tenants.create({ name: 'Acme', slug: 'acme' })
    const scope = await guard.openFor({ userId: 'ann', tenant: { slug: 'acme' } }, ['invoice:approve'])
    expect([scope.tenant.id, (await scope.client.members.list()).items.length]).toEqual([id, 1])
    await expect(guard.openFor({ userId: 'bob', tenant: id })).rejects.toMatchObject({ code: 'tenant_not_found' })
  })

  it('passes on errors that the host’s own functions throw', async () => {
    const down = new Error('down')
    const guard = fetchGuard({ tenancy, tenant: source, authenticate: () => Promise.reject(down) })
    await expect(guard.protect([], () => new Response())(new Request('http://localhost/t/acme'))).rejects.toBe(down)
  })

  it('responds in the host’s format with onDenied', async () => {
    const guard = fetchGuard({
      tenancy,
      tenant: source,
      onDenied: ({ code, status }) => new Response(code, { status }),
    })
    const response = await guard.protect([], () => new Response())(new Request('http://localhost/t/acme'))
    expect([response.status, await response.text()]).toEqual([401, 'unauthenticated'])
  })

  it('identifies the owner of an access token without authenticate', async () => {
    const storage: Tenancy = tenancy
    const ann = await storage.as(SYSTEM).users.create({ email: 'ann@example.com', emailVerified: true })
    const { id } = await storage.as({ userId: ann.id }).tenants.create({ name: 'Acme' })
    const { accessToken: token } = await storage.as({ userId: ann.id }).accessTokens.create({})
    const guard = fetchGuard({ tenancy, tenant: source })
    const ask = (authorization: string) =>
      guard.protect(['invoice:read'], (_, scope) => Response.json(scope.actor))(
        new Request(`http://localhost/t/${id}`, { headers: { authorization } }),
      )
    expect((await ask(`Bearer ${token}`)).status).toBe(200)
    expect((await ask(`Bearer ${token}x`)).status).toBe(401)
  })
})
