import { beforeEach, describe, expect, it } from 'vitest'
import { GUEST, SYSTEM } from './services/pipeline/actor.js'
import type { TenantClient } from './clients/tenant-client.js'
import { CALLS_IN_A_TENANT, DELETE, RESTORE } from './testing/calls-in-a-tenant.js'
import { twoTenantsFixture } from './testing/fixtures/tenancy.js'
import { refusal } from './testing/refusal.js'

type Fixture = Awaited<ReturnType<typeof twoTenantsFixture>>

const calls = Object.entries({ ...CALLS_IN_A_TENANT, delete: DELETE, restore: RESTORE })

const ROLES = ['owner', 'admin', 'editor', 'assistant', 'member', 'viewer']

/** Every function an acting member has. */
function callsOf(acting: TenantClient): string[] {
  return Object.entries(acting).flatMap(([name, value]) => {
    if (typeof value === 'function') return [name]
    return typeof value === 'object' ? Object.keys(value).map((verb) => `${name}.${verb}`) : []
  })
}

describe('every call inside a tenant', () => {
  let fixture: Fixture
  beforeEach(async () => {
    fixture = await twoTenantsFixture()
  })

  it('is in the table of these tests', () => {
    expect(callsOf(fixture.inAcme('owner')).sort()).toEqual(calls.map(([name]) => name).sort())
  })

  it.each(calls)(
    '%s: outsiders, strangers and the removed are answered as if there were no tenant',
    async (_, { call, input }) => {
      await fixture.inAcme('owner').members.deactivate({ userId: 'viewer' })
      await fixture.inAcme('owner').members.remove({ userId: 'member' })
      await fixture.user('idle')
      await fixture.system.users.update({ userId: 'idle', status: 'disabled' })
      const answers = [
        await refusal(fixture, 'tenant_not_found', () => call(fixture.inAcme('outsider'), input as never)),
        await refusal(fixture, 'tenant_not_found', () => call(fixture.inAcme('member'), input as never)),
        await refusal(fixture, 'tenant_not_found', () => call(fixture.inAcme('viewer'), input as never)),
        await refusal(fixture, 'tenant_not_found', () => call(fixture.inAcme('no-such-user'), input as never)),
        await refusal(fixture, 'tenant_not_found', () => call(fixture.inAcme('idle'), input as never)),
        await refusal(fixture, 'tenant_not_found', () =>
          call(fixture.as('owner').in('no-such-tenant'), input as never),
        ),
        await refusal(fixture, 'tenant_not_found', () => call(fixture.as('idle').in('no-such-tenant'), input as never)),
        await refusal(fixture, 'tenant_not_found', () => call(fixture.as('owner').in('a\0b'), input as never)),
        await refusal(fixture, 'tenant_not_found', () =>
          call(fixture.as('owner').in('x'.repeat(10_000)), input as never),
        ),
        await refusal(fixture, 'tenant_not_found', () =>
          call(fixture.as('owner').in(fixture.acme.toUpperCase()), input as never),
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
      await fixture.system.users.update({ userId: 'owner', status: 'disabled' })
      for (const acting of [fixture.tenancy.as(GUEST), fixture.as('owner')]) {
        await refusal(fixture, 'unauthenticated', () => call(acting.in(fixture.acme), input as never))
      }
      const unexplained = fixture.tenancy.as(SYSTEM).in(fixture.acme)
      const { details } = await refusal(fixture, 'invalid_input', () => call(unexplained, input as never))
      expect(details).toEqual({ field: 'reason' })
    },
  )

  it.each(calls)('%s: forbidden to whoever lacks the permission', async (_, { call, input, who }) => {
    const forbidden = who === 'all' ? [] : ROLES.filter((role) => !who.split(', ').includes(role))
    if (call === RESTORE.call) await fixture.inAcme('owner').archive()
    for (const role of forbidden) await refusal(fixture, 'forbidden', () => call(fixture.inAcme(role), input as never))
  })

  it.each(Object.entries(CALLS_IN_A_TENANT))(
    '%s: refused to everybody while the tenant is archived',
    async (_, { call, input }) => {
      await fixture.inAcme('owner').archive()
      for (const role of ['owner', 'viewer']) {
        const { details } = await refusal(fixture, 'tenant_not_active', () =>
          call(fixture.inAcme(role), input as never),
        )
        expect(details).toEqual({ status: 'archived' })
      }
      await refusal(fixture, 'tenant_not_found', () => call(fixture.inAcme('outsider'), input as never))
    },
  )

  it.each(calls)('%s: answered as if there were no tenant once it is deleted', async (_, { call, input }) => {
    const unknown = await refusal(fixture, 'tenant_not_found', () =>
      call(fixture.as('admin').in('none'), input as never),
    )
    await fixture.inAcme('owner').delete()
    // Restoring is the one thing left, and the owner's.
    const roles = call === RESTORE.call ? ['admin', 'viewer', 'outsider'] : ['owner', 'viewer', 'outsider']
    for (const role of roles) {
      const { message } = await refusal(fixture, 'tenant_not_found', () => call(fixture.inAcme(role), input as never))
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
          await refusal(fixture, 'invalid_input', () => call(fixture.inAcme(role), merged as never))
        }
      }
    },
  )

  it.each(calls)('%s: refused at once to whoever was removed a moment ago', async (_, { call, input }) => {
    const acting = fixture.inAcme('admin')
    await acting.get()
    await fixture.inAcme('owner').members.remove({ userId: 'admin' })
    await refusal(fixture, 'tenant_not_found', () => call(acting, input as never))
  })
})

describe('in(tenantId)', () => {
  it.each(['', undefined, null, 7, {}, ['acme']])(
    'needs a tenant: %j is a mistake of the program',
    async (tenantId) => {
      const fixture = await twoTenantsFixture()
      expect(() => fixture.as('owner').in(tenantId as never)).toThrow(TypeError)
    },
  )
})
