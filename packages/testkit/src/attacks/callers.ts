import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { request as httpRequest } from 'node:http'
import { admitted } from './admitted.js'
import type { AttackCase } from './attack-case.js'
import type { Attacker } from './cast.js'
import { sampleRequest } from './ids.js'
import { exchange, pathOf, send } from './mount.js'
import { offering } from './target.js'
import type { Target } from './target.js'
import { assertDone, assertRefused, assertSameRefusal, unharmed } from './unharmed.js'

const FORGED = ['dfoa_forged', 'dfoa_', 'null', 'undefined', '0', `${'x'.repeat(5_000)}`]

/** Who is calling, and where. */
export const callerCases: readonly AttackCase[] = [
  {
    id: 'B01',
    name: 'a tenant the caller is no member of, with no fallback to their own',
    needs: ['readTenant'],
    run: (target) =>
      unharmed(target, async () => {
        const { owner, otherTenant } = target.cast
        for (const surface of offering(target, 'readTenant')) {
          const foreign = await surface.ask(owner, 'readTenant', { tenant: otherTenant })
          const unknown = await surface.ask(owner, 'readTenant', { tenant: randomUUID() })
          assertSameRefusal(foreign, unknown, `${surface.name}: another tenant`)
        }
      }),
  },
  {
    id: 'B02',
    name: 'the tenant’s header twice, comma-joined, or again in the query',
    async run({ mount, cast }) {
      for (const operation of mount.operations.values()) {
        const header = operation.parameters.find(
          ({ in: place, name }) => place === 'header' && /(workspace|tenant)/.test(name),
        )
        if (!header || operation.method !== 'GET') continue
        const twice = [cast.tenant, cast.otherTenant]
        const joined = await send(mount, operation, { as: cast.owner, values: { [header.name]: twice.join(', ') } })
        assertRefused(joined, `${operation.id} with ${header.name} joined`)
        const url = new URL(`${mount.url}${pathOf(operation, {})}`)
        assert.equal(await statusWithHeaderTwice(url, { name: header.name, values: twice, as: cast.owner }), 400)
        url.searchParams.set(header.name, cast.otherTenant)
        const headers = { authorization: `Bearer ${cast.owner.token}`, [header.name]: cast.tenant }
        assertRefused(
          await exchange(mount, `${url.pathname}${url.search}`, { method: 'GET', headers }),
          `${operation.id} with it in the query`,
        )
      }
    },
  },
  {
    id: 'B03',
    name: 'headers of a proxy that nobody trusts',
    needs: ['invite', 'accept'],
    async run(target) {
      const { tenant, owner } = target.cast
      const forwarded = {
        'x-forwarded-host': 'evil.example',
        'x-forwarded-for': '203.0.113.66',
        forwarded: 'host=evil.example',
      }
      for (const surface of offering(target, 'invite')) {
        const email = `${randomUUID()}@example.com`
        const { text } = await surface.ask(owner, 'invite', { tenant, email, role: 'member' }, forwarded)
        assert.ok(!text.includes('evil.example'), `${surface.name}: the link of an invitation goes where a header says`)
      }
    },
  },
  {
    id: 'B04',
    name: 'the token of a member who was removed a second ago',
    needs: ['readTenant', 'removeMember'],
    async run(target) {
      const { tenant, stranger } = target.cast
      for (const surface of offering(target, 'readTenant')) {
        const remove = await admitted(target, stranger, 'member')
        assertDone(await surface.ask(stranger, 'readTenant', { tenant }), 'the member reads')
        await remove()
        assertRefused(await surface.ask(stranger, 'readTenant', { tenant }), `${surface.name}: who was removed`)
      }
    },
  },
  {
    id: 'B05',
    name: 'a right of an admin who was demoted a second ago',
    needs: ['setRole', 'removeMember'],
    async run(target) {
      const { cast } = target
      for (const surface of offering(target, 'setRole', 'removeMember')) {
        const remove = await admitted(target, cast.stranger, 'admin')
        const user = cast.stranger.id
        assertDone(await surface.ask(cast.owner, 'setRole', { tenant: cast.tenant, user, role: 'member' }), 'demoted')
        const attempt = { tenant: cast.tenant, user: cast.viewer.id }
        assertRefused(await surface.ask(cast.stranger, 'removeMember', attempt), `${surface.name}: who was demoted`)
        await remove()
      }
    },
  },
  {
    id: 'B07',
    name: 'no token, and tokens that are none, on every route',
    run: (target) =>
      unharmed(target, async () => {
        const { mount, cast } = target
        for (const operation of mount.operations.values()) {
          if (operation.isPublic) continue
          const request = { ...sampleRequest(cast, operation), as: null }
          const answer = await send(mount, operation, request)
          assert.equal(answer.status, 401, `${operation.id} with no token: ${answer.text}`)
        }
        const [first] = [...mount.operations.values()].filter(({ isPublic, method }) => !isPublic && method === 'GET')
        for (const token of FORGED) {
          const request = first && sampleRequest({ ...cast, owner: { ...cast.owner, token } }, first)
          if (request) assertRefused(await send(mount, first, request), `${first.id} with ${token.slice(0, 20)}`)
        }
      }),
  },
  {
    id: 'B08',
    name: 'requests of two tenants at once, some of them aborted, answer each its own',
    needs: ['readTenant'],
    async run(target) {
      const { tenant, otherTenant, owner, outsider } = target.cast
      for (const surface of offering(target, 'readTenant')) {
        const asked = Array.from({ length: 60 }, async (_, at) => {
          const [as, own, other] = at % 2 ? [owner, tenant, otherTenant] : [outsider, otherTenant, tenant]
          if (at % 5 === 0) void abort(target, as)
          if (at % 7 === 0) await surface.ask(as, 'readTenant', { tenant: other })
          const { text } = await surface.ask(as, 'readTenant', { tenant: own })
          assert.ok(text.includes(own) && !text.includes(other), `${surface.name} answers with another tenant: ${text}`)
        })
        await Promise.all(asked)
      }
    },
  },
  {
    id: 'B10',
    name: 'other ways to write a path, and methods that are overridden',
    run: (target) =>
      unharmed(target, async () => {
        const { mount, cast } = target
        for (const operation of mount.operations.values()) {
          if (operation.isPublic) continue
          const { values = {} } = sampleRequest(cast, operation)
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
          const headers = { authorization: `Bearer ${cast.viewer.token}`, 'x-http-method-override': 'DELETE' }
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
