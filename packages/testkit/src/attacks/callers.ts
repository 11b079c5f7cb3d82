import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { request as httpRequest } from 'node:http'
import { admitted } from './member-fixtures.js'
import type { Attack } from './attack.js'
import type { Attacker } from './test-users.js'
import { sampleRequest } from './ids.js'
import { exchange, pathOf, send } from './mount.js'
import { offering } from './target.js'
import type { Target } from './target.js'
import { assertDone, assertRefused, assertSameRefusal, unharmed } from './assert-unchanged.js'

const FORGED = ['dfoa_forged', 'dfoa_', 'null', 'undefined', '0', `${'x'.repeat(5_000)}`]

/** Who is calling, and where. */
export const callerCases: readonly Attack[] = [
  {
    id: 'B01',
    name: 'a tenant of which the caller is not a member; there is no fallback to their own',
    needs: ['readTenant'],
    run: (target) =>
      unharmed(target, async () => {
        const { owner, otherTenant } = target.testUsers
        for (const api of offering(target, 'readTenant')) {
          const foreign = await api.ask(owner, 'readTenant', { tenant: otherTenant })
          const unknown = await api.ask(owner, 'readTenant', { tenant: randomUUID() })
          assertSameRefusal(foreign, unknown, `${api.name}: another tenant`)
        }
      }),
  },
  {
    id: 'B02',
    name: 'the tenant header twice, comma-separated, or repeated in the query',
    async run({ mount, testUsers }) {
      for (const operation of mount.operations.values()) {
        const header = operation.parameters.find(
          ({ in: place, name }) => place === 'header' && /(workspace|tenant)/.test(name),
        )
        if (!header || operation.method !== 'GET') continue
        const twice = [testUsers.tenant, testUsers.otherTenant]
        const joined = await send(mount, operation, {
          as: testUsers.owner,
          values: { [header.name]: twice.join(', ') },
        })
        assertRefused(joined, `${operation.id} with ${header.name} joined`)
        const url = new URL(`${mount.url}${pathOf(operation, {})}`)
        assert.equal(await statusWithHeaderTwice(url, { name: header.name, values: twice, as: testUsers.owner }), 400)
        url.searchParams.set(header.name, testUsers.otherTenant)
        const headers = { authorization: `Bearer ${testUsers.owner.token}`, [header.name]: testUsers.tenant }
        assertRefused(
          await exchange(mount, `${url.pathname}${url.search}`, { method: 'GET', headers }),
          `${operation.id} with it in the query`,
        )
      }
    },
  },
  {
    id: 'B03',
    name: 'headers of an untrusted proxy',
    needs: ['invite', 'accept'],
    async run(target) {
      const { tenant, owner } = target.testUsers
      const forwarded = {
        'x-forwarded-host': 'evil.example',
        'x-forwarded-for': '203.0.113.66',
        forwarded: 'host=evil.example',
      }
      for (const api of offering(target, 'invite')) {
        const email = `${randomUUID()}@example.com`
        const { text } = await api.ask(owner, 'invite', { tenant, email, role: 'member' }, forwarded)
        assert.ok(!text.includes('evil.example'), `${api.name}: the link of an invitation goes where a header says`)
      }
    },
  },
  {
    id: 'B04',
    name: 'the token of a member who was just removed',
    needs: ['readTenant', 'removeMember'],
    async run(target) {
      const { tenant, stranger } = target.testUsers
      for (const api of offering(target, 'readTenant')) {
        const remove = await admitted(target, stranger, 'member')
        assertDone(await api.ask(stranger, 'readTenant', { tenant }), 'the member reads')
        await remove()
        assertRefused(await api.ask(stranger, 'readTenant', { tenant }), `${api.name}: who was removed`)
      }
    },
  },
  {
    id: 'B05',
    name: 'a permission of an admin who was just demoted',
    needs: ['setRole', 'removeMember'],
    async run(target) {
      const { testUsers } = target
      for (const api of offering(target, 'setRole', 'removeMember')) {
        const remove = await admitted(target, testUsers.stranger, 'admin')
        const user = testUsers.stranger.id
        assertDone(
          await api.ask(testUsers.owner, 'setRole', { tenant: testUsers.tenant, user, role: 'member' }),
          'demoted',
        )
        const attempt = { tenant: testUsers.tenant, user: testUsers.viewer.id }
        assertRefused(await api.ask(testUsers.stranger, 'removeMember', attempt), `${api.name}: who was demoted`)
        await remove()
      }
    },
  },
  {
    id: 'B07',
    name: 'missing and invalid tokens, on every route',
    run: (target) =>
      unharmed(target, async () => {
        const { mount, testUsers } = target
        for (const operation of mount.operations.values()) {
          if (operation.isPublic) continue
          const request = { ...sampleRequest(testUsers, operation), as: null }
          const response = await send(mount, operation, request)
          assert.equal(response.status, 401, `${operation.id} with no token: ${response.text}`)
        }
        const [first] = [...mount.operations.values()].filter(({ isPublic, method }) => !isPublic && method === 'GET')
        for (const token of FORGED) {
          const request = first && sampleRequest({ ...testUsers, owner: { ...testUsers.owner, token } }, first)
          if (request) assertRefused(await send(mount, first, request), `${first.id} with ${token.slice(0, 20)}`)
        }
      }),
  },
  {
    id: 'B08',
    name: 'concurrent requests of two tenants, some aborted: each response belongs to its request',
    needs: ['readTenant'],
    async run(target) {
      const { tenant, otherTenant, owner, outsider } = target.testUsers
      for (const api of offering(target, 'readTenant')) {
        const asked = Array.from({ length: 60 }, async (_, at) => {
          const [as, own, other] = at % 2 ? [owner, tenant, otherTenant] : [outsider, otherTenant, tenant]
          if (at % 5 === 0) void abort(target, as)
          if (at % 7 === 0) await api.ask(as, 'readTenant', { tenant: other })
          const { text } = await api.ask(as, 'readTenant', { tenant: own })
          assert.ok(text.includes(own) && !text.includes(other), `${api.name} answers with another tenant: ${text}`)
        })
        await Promise.all(asked)
      }
    },
  },
  {
    id: 'B10',
    name: 'alternative spellings of a path, and method overrides',
    run: (target) =>
      unharmed(target, async () => {
        const { mount, testUsers } = target
        for (const operation of mount.operations.values()) {
          if (operation.isPublic) continue
          const { values = {} } = sampleRequest(testUsers, operation)
          const path = pathOf(operation, values)
          const written = [
            `${path}/`,
            `/${path}`,
            path.toUpperCase(),
            path.replace('/', '/./'),
            `/${encodeURIComponent(path.slice(1))}`,
          ]
          for (const other of written) {
            for (const method of ['GET', 'HEAD', operation.method]) {
              const { status } = await exchange(mount, other, {
                method,
                headers: { 'x-http-method-override': operation.method },
              })
              assert.ok(status >= 300 && status < 500, `${method} ${other} without a token: ${status}`)
            }
          }
          const headers = { authorization: `Bearer ${testUsers.viewer.token}`, 'x-http-method-override': 'DELETE' }
          await exchange(mount, path, {
            method: 'GET',
            headers: { ...headers, 'x-method-override': 'DELETE' },
          })
        }
      }),
  },
]

/** Sends a request and hangs up before it is answered. */
async function abort({ mount }: Target, as: Attacker): Promise<void> {
  const [operation] = mount.operations.values()
  const headers = { authorization: `Bearer ${as.token}` }
  const init = { headers, signal: AbortSignal.timeout(1) }
  await fetch(`${mount.url}${operation ? pathOf(operation, {}) : '/'}`, init).catch(() => {})
}

/** `fetch` would join them. */
function statusWithHeaderTwice(
  url: URL,
  { name, values, as }: { readonly name: string; readonly values: string[]; readonly as: Attacker },
): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${as.token}`, [name]: values }
    httpRequest(url, { headers }, (response) => resolve(response.resume().statusCode))
      .on('error', reject)
      .end()
  })
}
