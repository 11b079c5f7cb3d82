import { beforeEach, describe, expect, it } from 'vitest'
import { GUEST } from '../../pipeline/actor.js'
import { tenancyFixture } from '../../../testing/fixtures/tenancy.js'
import { refusal } from '../../../testing/refusal.js'

describe('creating a tenant', () => {
  let fixture: Awaited<ReturnType<typeof tenancyFixture>>
  beforeEach(async () => {
    fixture = await tenancyFixture({ limits: { tenantsPerUser: 2 } })
    await fixture.user('ann')
    await fixture.user('bob')
  })
  const create = (by: string, input: object) => fixture.as(by).tenants.create(input as { name: string })

  it('makes its creator the owner and appends an event to the tenant’s chain', async () => {
    const events = await fixture.eventsOf(() =>
      create('ann', { name: ' Acme ', slug: 'acme', settings: { theme: 'dark' } }),
    )
    const [{ tenant, membership } = { tenant: null, membership: null }] = (await fixture.as('ann').tenants.list()).items
    expect(tenant).toMatchObject({ name: 'Acme', slug: 'acme', plan: 'basic', status: 'active', ownerId: 'ann' })
    expect(tenant).toMatchObject({ type: 'group', joinPolicy: 'closed', description: null, deletedAt: null })
    expect(membership).toMatchObject({ roles: ['owner'], active: true, invitedBy: null })
    const target = { type: 'tenant', id: tenant?.id }
    expect(events).toEqual([{ type: 'tenant.created', actorId: 'ann', target, data: { name: 'Acme', slug: 'acme' } }])
    expect(
      (
        await fixture
          .as('ann')
          .in(tenant?.id ?? '')
          .events.list()
      ).items,
    ).toMatchObject([{ seq: 1, type: 'tenant.created' }])
  })

  it('takes a type, a join policy and a description', async () => {
    const facts = { type: 'institution', joinPolicy: 'request', description: 'We make anvils.\n' }
    expect(await create('ann', { name: 'Acme', ...facts })).toMatchObject(facts)
  })

  it('takes the plan that the host gives new tenants', async () => {
    const other = await tenancyFixture({ defaultPlan: 'trial' })
    await other.user('ann')
    expect((await other.as('ann').tenants.create({ name: 'Acme' })).plan).toBe('trial')
  })

  it('is refused when the slug is taken, and stays refused when that tenant is archived', async () => {
    const acme = await create('ann', { name: 'Acme', slug: 'acme' })
    await refusal(fixture, 'slug_taken', () => create('bob', { name: 'Other', slug: 'acme' }))
    await fixture.as('ann').in(acme.id).archive()
    await refusal(fixture, 'slug_taken', () => create('bob', { name: 'Other', slug: 'acme' }))
  })

  it('is refused beyond the tenants one user may be in, archived ones counted, also when all come at once', async () => {
    const answers = await Promise.allSettled(Array.from({ length: 20 }, () => create('ann', { name: 'Acme' })))
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(2)
    const [first] = (await fixture.as('ann').tenants.list()).items
    await fixture
      .as('ann')
      .in(first?.tenant.id ?? '')
      .archive()
    const { details } = await refusal(fixture, 'tenant_limit_exceeded', () => create('ann', { name: 'Third' }))
    expect(details).toEqual({ limit: 2 })
    await create('bob', { name: 'Own' })
  })

  it('is refused to guests, to the unknown and the disabled, and to the host’s own code that names no owner', async () => {
    await fixture.system.users.update({ userId: 'bob', status: 'disabled' })
    for (const acting of [fixture.tenancy.as(GUEST), fixture.as('nobody'), fixture.as('bob')]) {
      await refusal(fixture, 'unauthenticated', () => acting.tenants.create({ name: 'Acme' }))
    }
    const { details } = await refusal(fixture, 'invalid_input', () => fixture.system.tenants.create({ name: 'Acme' }))
    expect(details).toEqual({ field: 'ownerId' })
  })

  it.each(['plan', 'status', 'id', 'createdAt', 'deletedAt', '__proto__'])(
    'takes no %s from the caller',
    async (field) => {
      const input = JSON.parse(`{"name":"Acme","${field}":"x"}`) as object
      await refusal(fixture, 'invalid_input', () => create('ann', input))
    },
  )

  it.each([
    {},
    { name: '' },
    { name: 7 },
    { name: 'A', slug: 'A b' },
    { name: 'A', settings: { a: {} } },
    { name: 'A', settings: [] },
    { name: 'A', type: 'personal' },
    { name: 'A', type: 'team' },
    { name: 'A', joinPolicy: 'public' },
    { name: 'A', joinPolicy: null },
    { name: 'A', description: 'x'.repeat(2001) },
  ])('refuses %j', async (input) => {
    await refusal(fixture, 'invalid_input', () => create('ann', input))
  })
})
