import { beforeEach, describe, expect, it } from 'vitest'
import { GUEST, SYSTEM } from './services/pipeline/actor.js'
import { CALLS_IN_A_TENANT } from './testing/calls-in-a-tenant.js'
import { twoTenantsFixture } from './testing/fixtures/tenancy.js'
import { refusal } from './testing/refusal.js'

const calls = Object.entries(CALLS_IN_A_TENANT)

const slug = 'acme-inc'

let fixture: Awaited<ReturnType<typeof twoTenantsFixture>>
beforeEach(async () => {
  fixture = await twoTenantsFixture()
  await fixture.inAcme('owner').update({ slug })
})

describe('in({ slug })', () => {
  it('enters the tenant that has the slug now', async () => {
    const { tenant } = await fixture.as('owner').in({ slug }).get()
    expect(tenant).toMatchObject({ id: fixture.acme, slug })
    await fixture.as('owner').in({ slug }).update({ slug: 'renamed' })
    await refusal(fixture, 'tenant_not_found', () => fixture.as('owner').in({ slug }).get())
    expect((await fixture.as('owner').in({ slug: 'renamed' }).access()).tenant.id).toBe(fixture.acme)
  })

  it('lets an operator in who gives a reason', async () => {
    const inside = fixture.tenancy.as(SYSTEM).in({ slug }, { reason: 'Ticket 4711' })
    expect((await inside.get()).tenant.id).toBe(fixture.acme)
  })

  it.each(calls)('%s: rejects an outsider, an unknown slug and a malformed slug alike', async (_, { call, input }) => {
    const errors = [
      await refusal(fixture, 'tenant_not_found', () => call(fixture.inAcme('outsider'), input as never)),
      ...(await Promise.all(
        [slug, 'no-such-slug', 'ACME-INC', 'a\0b', '', fixture.acme, 'x'.repeat(10_000)].map((tried) =>
          refusal(fixture, 'tenant_not_found', () =>
            call(fixture.as('outsider').in({ slug: tried }) as never, input as never),
          ),
        ),
      )),
    ]
    expect(new Set(errors.map(({ message, details }) => JSON.stringify({ message, details }))).size).toBe(1)
  })

  it.each(calls)('%s: rejects a guest as by id', async (_, { call, input }) => {
    for (const tried of [slug, 'no-such-slug'])
      await refusal(fixture, 'unauthenticated', () =>
        call(fixture.tenancy.as(GUEST).in({ slug: tried }) as never, input as never),
      )
  })

  it.each(calls.filter(([, { who }]) => who !== 'all'))('%s: rejects a viewer as by id', async (_, { call, input }) => {
    await refusal(fixture, 'forbidden', () => call(fixture.as('viewer').in({ slug }) as never, input as never))
  })

  it.each([{}, { slug: 7 }, { slug, tenantId: 'x' }, { id: 'x' }, null])('throws a TypeError for %j', (tenant) => {
    expect(() => fixture.as('owner').in(tenant as never)).toThrow(TypeError)
  })
})

describe('calls outside tenants', () => {
  it('name the tenant by slug as well', async () => {
    const { tenants } = fixture.as('owner')
    await tenants.switch({ slug })
    expect((await tenants.current())?.tenant.id).toBe(fixture.acme)
    await fixture.system.tenants.suspend({ slug, reason: 'Ticket 4711' })
    await refusal(fixture, 'tenant_not_active', () => tenants.switch({ slug }))
    await refusal(fixture, 'tenant_not_found', () => tenants.switch({ slug: 'no-such-slug' }))
  })

  it('reject a slug beside an id', async () => {
    const both = { slug, tenantId: fixture.acme } as never
    await refusal(fixture, 'invalid_input', () => fixture.as('owner').tenants.switch(both))
  })
})
