import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { Attack } from './attack.js'
import { idSlotsOf, kindOf, sampleRequest, slotsOf, withValue } from './ids.js'
import type { Slot } from './ids.js'
import { send } from './mount.js'
import type { Operation } from './mount.js'
import { admitted } from './member-fixtures.js'
import { offering } from './target.js'
import type { Target } from './target.js'
import { assertDone, assertRefused, assertSameRefusal, unharmed } from './assert-unchanged.js'

// Written as text: in a literal `__proto__` would set the prototype.
const JUNK: readonly unknown[] = JSON.parse(
  '["", null, [], {}, {"__proto__": "x"}, 7, true, "\\u0000", "../..", "x OR 1=1", "%00", "*"]',
) as unknown[]

/** Asks an operation with an id of the other tenant, then with one that nobody has. */
async function askForeign(target: Target, operation: Operation, slot: Slot): Promise<void> {
  const { mount, testUsers } = target
  const foreign = { tenant: testUsers.otherTenant, user: testUsers.outsider.id, other: testUsers.outsider.id }[
    kindOf(operation, slot)
  ]
  const request = sampleRequest(testUsers, operation)
  const response = await send(mount, operation, withValue(request, slot, foreign))
  const unknown = await send(mount, operation, withValue(request, slot, randomUUID()))
  assert.deepEqual(response, unknown, `${operation.id}: ${slot.name} of another tenant is told from an unknown one`)
}

/**
 * No client can send a header with a control character in it; and `null` for what a body need not have is no junk, but the
 * same as nothing.
 */
function canBeSent({ parameters, body }: Operation, { name, path }: Slot, value: unknown): boolean {
  if (path) return value !== null || (body?.required ?? []).includes(String(path[0]))
  const isHeader = parameters.some((one) => one.name === name && one.in === 'header')
  return !isHeader || /^[\x20-\x7e]*$/.test(String(value))
}

function isNested({ path }: Slot): boolean {
  return path !== null && path.length > 1
}

/** An id of another tenant is an unknown id. */
export const foreignObjectCases: readonly Attack[] = [
  {
    id: 'A01',
    name: 'an ID of another tenant, in every parameter and field of every route',
    run: (target) =>
      unharmed(target, async () => {
        for (const operation of target.mount.operations.values())
          for (const slot of idSlotsOf(operation).filter((one) => !isNested(one)))
            await askForeign(target, operation, slot)
      }),
  },
  {
    id: 'A02',
    name: 'an ID of another tenant, nested in bodies and lists',
    run: (target) =>
      unharmed(target, async () => {
        for (const operation of target.mount.operations.values())
          for (const slot of idSlotsOf(operation).filter(isNested)) await askForeign(target, operation, slot)
      }),
  },
  {
    id: 'A03',
    name: 'different tenants in path, header, query and body',
    run: (target) =>
      unharmed(target, async () => {
        const { mount, testUsers } = target
        for (const operation of mount.operations.values()) {
          const named = idSlotsOf(operation).filter((slot) => !isNested(slot) && kindOf(operation, slot) === 'tenant')
          // A lender names two tenants, and means both.
          const [first, second] = named.filter(({ name }) => !/shared|target/i.test(name))
          if (!first || !second) continue
          const own = withValue(sampleRequest(testUsers, operation), first, testUsers.tenant)
          const response = await send(mount, operation, withValue(own, second, testUsers.otherTenant))
          assert.equal(response.status, 400, `${operation.id} with two tenants: ${response.text}`)
        }
      }),
  },
  {
    id: 'A06',
    name: 'error responses that reveal another tenant’s owner by their order',
    needs: ['setRole', 'removeMember'],
    run: (target) =>
      unharmed(target, async () => {
        const { testUsers } = target
        const { tenant, admin, member, outsider } = testUsers
        for (const api of offering(target, 'setRole', 'removeMember'))
          for (const as of [admin, member]) {
            const about = async (user: string) => [
              await api.ask(as, 'setRole', { tenant, user, role: 'admin' }),
              await api.ask(as, 'removeMember', { tenant, user }),
            ]
            const [foreign, unknown] = [await about(outsider.id), await about(randomUUID())]
            foreign.forEach((response, at) => assertSameRefusal(response, unknown[at] ?? response, api.name))
          }
      }),
  },
  {
    id: 'A07',
    name: 'data of another tenant in any response',
    async run({ mount, testUsers }) {
      for (const operation of mount.operations.values()) {
        if (operation.method !== 'GET') continue
        const { text } = await send(mount, operation, sampleRequest(testUsers, operation))
        for (const secret of [testUsers.otherTenant, testUsers.outsider.id, testUsers.outsider.email])
          assert.ok(!text.includes(secret), `${operation.id} says ${secret}`)
      }
    },
  },
  {
    id: 'A09',
    name: 'ending a membership must not affect the person’s other tenants',
    needs: ['removeMember'],
    run: (target) =>
      unharmed(target, async () => {
        const { testUsers } = target
        for (const api of offering(target, 'removeMember')) {
          const leave = await admitted(target, testUsers.outsider, 'admin')
          assertDone(
            await api.ask(testUsers.owner, 'removeMember', { tenant: testUsers.tenant, user: testUsers.outsider.id }),
            'the member is removed',
          )
          await leave()
        }
      }, ['other tenant']),
  },
  {
    id: 'A10',
    name: 'malformed values in every parameter and field that takes an ID',
    run: (target) =>
      unharmed(target, async () => {
        const { mount, testUsers } = target
        const long = 'x'.repeat(10_000)
        for (const operation of mount.operations.values())
          for (const slot of idSlotsOf(operation))
            for (const value of [...JUNK, long]) {
              if (!canBeSent(operation, slot, value)) continue
              const response = await send(mount, operation, withValue(sampleRequest(testUsers, operation), slot, value))
              assert.ok(
                response.status < 500,
                `${operation.id}: ${slot.name} of ${JSON.stringify(value)}: ${response.text}`,
              )
            }
      }),
  },
  {
    id: 'A11',
    name: 'a deleted tenant, used by its owner on every route',
    needs: ['createTenant', 'endTenant', 'readTenant'],
    async run(target) {
      const { mount, testUsers } = target
      for (const api of offering(target, 'createTenant', 'endTenant')) {
        const created = await api.ask(testUsers.owner, 'createTenant', { name: `Ended ${randomUUID()}` })
        assertDone(created, 'a tenant is made')
        const tenant = /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(created.text)?.[0] ?? ''
        assertDone(await api.ask(testUsers.owner, 'endTenant', { tenant }), 'it is ended')
        for (const operation of mount.operations.values()) {
          const slot = slotsOf(operation).find((one) => one.path === null && kindOf(operation, one) === 'tenant')
          if (!slot || operation.isPublic || mayFollowTheEnd(operation)) continue
          const response = await send(mount, operation, withValue(sampleRequest(testUsers, operation), slot, tenant))
          assertRefused(response, `${operation.id} in a tenant that has ended`)
        }
      }
    },
  },
  {
    id: 'A12',
    name: 'requests without a tenant, by a user without memberships',
    async run({ mount, testUsers }) {
      for (const operation of mount.operations.values()) {
        const slot = slotsOf(operation).find((one) => one.path === null && kindOf(operation, one) === 'tenant')
        if (!slot || !operation.parameters.some(({ name, in: place }) => name === slot.name && place === 'header'))
          continue
        const { values = {}, body } = sampleRequest(testUsers, operation)
        const { [slot.name]: _, ...others } = values
        const response = await send(mount, operation, { as: testUsers.stranger, values: others, body })
        assert.ok(response.status < 500, `${operation.id} in no tenant: ${response.text}`)
        for (const tenant of [testUsers.tenant, testUsers.otherTenant])
          assert.ok(!response.text.includes(tenant), `${operation.id} in no tenant answers of one: ${response.text}`)
        if (operation.method !== 'GET') assertRefused(response, `${operation.id} in no tenant`)
      }
    },
  },
]

/** What its owner does with a tenant that has ended: bring it back, or delete it. */
function mayFollowTheEnd({ id, method, path }: Operation): boolean {
  return /restore/i.test(id) || (method === 'DELETE' && /^[^{]*\{\w+\}$/.test(path))
}
