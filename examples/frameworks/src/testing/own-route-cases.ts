import { expect } from 'vitest'
import { signIn } from './serve-host.js'

interface OwnRouteCase {
  readonly name: string
  run(url: string): Promise<void>
}

let tenants = 0

/** Ann owns Acme, Bob is a viewer there, and Zoe is not a member. All signed-in users may use the mounted API. */
async function acmeAt(url: string) {
  const cookies = { ann: await signIn(url, 'ann'), bob: await signIn(url, 'bob'), zoe: await signIn(url, 'zoe') }
  async function send(name: keyof typeof cookies, method: string, path: string, body?: object) {
    const headers = { ...cookies[name], ...(body && { 'content-type': 'application/json' }) }
    const response = await fetch(`${url}${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) })
    const isJson = /json/.test(response.headers.get('content-type') ?? '')
    return { status: response.status, body: isJson ? await response.json() : null }
  }
  expect(await send('bob', 'GET', '/api/tenancy/me')).toMatchObject({ status: 200, body: { id: 'bob' } })
  const slug = `acme-${(tenants += 1)}-${new URL(url).port}`
  const acme = `/api/tenancy/tenants/${slug}`
  expect(await send('ann', 'POST', '/api/tenancy/tenants', { name: 'Acme', slug })).toMatchObject({ status: 201 })
  const viewer = { email: 'bob@example.com', role: 'viewer' }
  expect(await send('ann', 'POST', `${acme}/members`, viewer)).toMatchObject({ status: 201 })
  const get = (name: keyof typeof cookies, path: string) => send(name, 'GET', path)
  return { acme, get, send, slug, invoices: `/t/${slug}/invoices` }
}

/** The behavior of the host's own route over HTTP, in every framework. */
export const ownRouteCases: readonly OwnRouteCase[] = [
  {
    name: 'admits a member, who signed in by cookie, to a route of its own',
    async run(url) {
      const { get, invoices } = await acmeAt(url)
      expect(await get('ann', invoices)).toEqual({ status: 200, body: { tenant: 'Acme', mayApprove: true } })
      expect(await get('bob', invoices)).toEqual({ status: 200, body: { tenant: 'Acme', mayApprove: false } })
    },
  },
  {
    name: 'answers 401 on a route of its own without a session',
    async run(url) {
      const { invoices } = await acmeAt(url)
      expect((await fetch(`${url}${invoices}`)).status).toBe(401)
    },
  },
  {
    name: 'answers 403 on a route of its own without the permission',
    async run(url) {
      const { acme, get, send, invoices } = await acmeAt(url)
      const overrides = { 'invoice:read': false }
      expect(await send('ann', 'PATCH', `${acme}/members/bob/overrides`, { overrides })).toMatchObject({ status: 200 })
      expect(await get('bob', invoices)).toMatchObject({ status: 403, body: { code: 'forbidden' } })
    },
  },
  {
    name: 'answers 404 on a route of its own, alike for an unknown tenant and for one of others',
    async run(url) {
      const { get, invoices } = await acmeAt(url)
      const foreign = await get('zoe', invoices)
      expect(foreign).toMatchObject({ status: 404, body: { code: 'tenant_not_found' } })
      expect(await get('zoe', '/t/nowhere/invoices')).toEqual(foreign)
    },
  },
  {
    name: 'serves the tenancy API to the same session',
    async run(url) {
      const { acme, get, slug } = await acmeAt(url)
      expect(await get('bob', acme)).toMatchObject({ status: 200, body: { name: 'Acme', slug } })
      expect(await get('zoe', acme)).toMatchObject({ status: 404 })
    },
  },
]
