import { beforeEach, describe, expect, it } from 'vitest'
import { GUEST, SYSTEM } from './services/actor.js'
import type { ActingMember } from './tenancy.js'
import { CALLS_IN_A_TENANT, DELETE, RESTORE } from './testing/calls-in-a-tenant.js'
import { givenTwoTenants } from './testing/given-tenancy.js'
import { refusal } from './testing/refusal.js'

type Given = Awaited<ReturnType<typeof givenTwoTenants>>

const calls = Object.entries({ ...CALLS_IN_A_TENANT, delete: DELETE, restore: RESTORE })

const ROLES = ['owner', 'admin', 'editor', 'dataset_operator', 'member', 'viewer']

/** Every function an acting member has. */
function callsOf(acting: ActingMember): string[] {
  return Object.entries(acting).flatMap(([name, value]) => {
    if (typeof value === 'function') return [name]
    return typeof value === 'object' ? Object.keys(value).map((verb) => `${name}.${verb}`) : []
  })
}

describe('every call inside a tenant', () => {
  let given: Given
  beforeEach(async () => {
    given = await givenTwoTenants()
  })

  it('is in the table of these tests', () => {
    expect(callsOf(given.inAcme('owner')).sort()).toEqual(calls.map(([name]) => name).sort())
  })

  it.each(calls)(
    '%s: outsiders, strangers and the removed are answered as if there were no tenant',
    async (_, { call, input }) => {
      await given.inAcme('owner').members.deactivate({ userId: 'viewer' })
      await given.inAcme('owner').members.remove({ userId: 'member' })
      await given.user('idle')
      await given.system.users.update({ userId: 'idle', status: 'disabled' })
      const answers = [
        await refusal(given, 'tenant_not_found', () => call(given.inAcme('outsider'), input as never)),
        await refusal(given, 'tenant_not_found', () => call(given.inAcme('member'), input as never)),
        await refusal(given, 'tenant_not_found', () => call(given.inAcme('viewer'), input as never)),
        await refusal(given, 'tenant_not_found', () => call(given.inAcme('no-such-user'), input as never)),
        await refusal(given, 'tenant_not_found', () => call(given.inAcme('idle'), input as never)),
        await refusal(given, 'tenant_not_found', () => call(given.as('owner').in('no-such-tenant'), input as never)),
        await refusal(given, 'tenant_not_found', () => call(given.as('idle').in('no-such-tenant'), input as never)),
        await refusal(given, 'tenant_not_found', () => call(given.as('owner').in('a\0b'), input as never)),
        await refusal(given, 'tenant_not_found', () => call(given.as('owner').in('x'.repeat(10_000)), input as never)),
        await refusal(given, 'tenant_not_found', () =>
          call(given.as('owner').in(given.acme.toUpperCase()), input as never),
        ),
      ]
      expect(new Set(answers.map(({ message, details }) => JSON.stringify({ message, details })))).toHaveProperty(
        'size',
        1,
      )
    },
  )

  it.each(calls)(
    '%s: nobody who is not signed in, no disabled account, and not the host’s own code without a reason',
    async (_, { call, input }) => {
      await given.system.users.update({ userId: 'owner', status: 'disabled' })
      for (const acting of [given.tenancy.as(GUEST), given.as('owner')]) {
        await refusal(given, 'unauthenticated', () => call(acting.in(given.acme), input as never))
      }
      const unexplained = given.tenancy.as(SYSTEM).in(given.acme)
      const { details } = await refusal(given, 'invalid_input', () => call(unexplained, input as never))
      expect(details).toEqual({ field: 'reason' })
    },
  )

  it.each(calls)('%s: forbidden to whoever lacks the permission', async (_, { call, input, who }) => {
    const forbidden = who === 'all' ? [] : ROLES.filter((role) => !who.split(', ').includes(role))
    if (call === RESTORE.call) await given.inAcme('owner').archive()
    for (const role of forbidden) await refusal(given, 'forbidden', () => call(given.inAcme(role), input as never))
  })

  it.each(Object.entries(CALLS_IN_A_TENANT))(
    '%s: refused to everybody while the tenant is archived',
    async (_, { call, input }) => {
      await given.inAcme('owner').archive()
      for (const role of ['owner', 'viewer']) {
        const { details } = await refusal(given, 'tenant_not_active', () => call(given.inAcme(role), input as never))
        expect(details).toEqual({ status: 'archived' })
      }
      await refusal(given, 'tenant_not_found', () => call(given.inAcme('outsider'), input as never))
    },
  )

  it.each(calls)('%s: answered as if there were no tenant once it is deleted', async (_, { call, input }) => {
    const unknown = await refusal(given, 'tenant_not_found', () => call(given.as('admin').in('none'), input as never))
    await given.inAcme('owner').delete()
    // Restoring is the one thing left, and the owner's.
    const roles = call === RESTORE.call ? ['admin', 'viewer', 'outsider'] : ['owner', 'viewer', 'outsider']
    for (const role of roles) {
      const { message } = await refusal(given, 'tenant_not_found', () => call(given.inAcme(role), input as never))
      expect(message).toBe(unknown.message)
    }
  })

  it.each(calls.filter(([, { input }]) => input))(
    '%s: unknown fields are refused, whoever asks',
    async (_, { call, input }) => {
      for (const field of ['tenantId', 'ownerId', 'status', 'superuser', '__proto__', 'constructor']) {
        if (Object.hasOwn(input ?? {}, field)) continue
        const smuggled = JSON.parse(`{"${field}":"x"}`) as object
        const merged = Object.defineProperties({ ...input }, Object.getOwnPropertyDescriptors(smuggled))
        for (const role of ['owner', 'outsider']) {
          await refusal(given, 'invalid_input', () => call(given.inAcme(role), merged as never))
        }
      }
    },
  )

  it.each(calls)('%s: refused at once to whoever was removed a moment ago', async (_, { call, input }) => {
    const acting = given.inAcme('admin')
    await acting.get()
    await given.inAcme('owner').members.remove({ userId: 'admin' })
    await refusal(given, 'tenant_not_found', () => call(acting, input as never))
  })
})

describe('in(tenantId)', () => {
  it.each(['', undefined, null, 7, {}, ['acme']])(
    'needs a tenant: %j is a mistake of the program',
    async (tenantId) => {
      const given = await givenTwoTenants()
      expect(() => given.as('owner').in(tenantId as never)).toThrow(TypeError)
    },
  )
})
