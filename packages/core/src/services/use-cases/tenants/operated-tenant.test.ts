import { describe, expect, it } from 'vitest'
import { twoTenantsFixture } from '../../../testing/fixtures/tenancy.js'
import { SYSTEM } from '../../pipeline/actor.js'

const reason = 'Invoice 12 is unpaid'
const operator = { userId: null, reason }

async function operatedFixture(options: Parameters<typeof twoTenantsFixture>[0] = {}) {
  const fixture = await twoTenantsFixture(options)
  const { tenants } = fixture.tenancy.as(SYSTEM)
  return { ...fixture, tenants, about: { tenantId: fixture.acme, reason } }
}

describe('setPlan', () => {
  it('changes the plan that limits look at, in every tenant that is not deleted', async () => {
    const { tenants, about, eventsOf, inAcme, acme } = await operatedFixture({
      limits: { membersPerTenant: ({ plan }) => (plan === 'pro' ? 100 : 7) },
    })
    const invite = () => inAcme('owner').members.invite({ email: 'eve@example.com', role: 'viewer' })
    await expect(invite()).rejects.toMatchObject({ code: 'member_limit_exceeded' })
    const events = await eventsOf(() => tenants.setPlan({ ...about, plan: 'pro' }))
    expect(events).toEqual([
      {
        type: 'tenant.plan_updated',
        actorId: null,
        target: { type: 'tenant', id: acme },
        data: { from: 'basic', to: 'pro', operator },
      },
    ])
    await invite()
    expect(await eventsOf(() => tenants.setPlan({ ...about, plan: 'pro' }))).toEqual([])
    await tenants.suspend(about)
    expect(await tenants.setPlan({ ...about, plan: 'basic' })).toMatchObject({ plan: 'basic', status: 'suspended' })
    expect(await tenants.find({ id: acme })).toMatchObject({ plan: 'basic', status: 'suspended' })
    await expect(tenants.setPlan({ ...about, plan: '' })).rejects.toMatchObject({ details: { field: 'plan' } })
  })
})

describe('a suspended tenant', () => {
  it('is shut to its members, the owner included, until it is reactivated', async () => {
    const { tenants, about, eventsOf, inAcme, as, acme, invite, user } = await operatedFixture()
    await user('eve')
    const token = await invite(acme, 'owner', { email: 'eve@example.com' })
    expect(await eventsOf(() => tenants.suspend(about))).toMatchObject([
      { type: 'tenant.suspended', data: { from: 'active', operator } },
    ])
    const owner = inAcme('owner')
    const refused = { code: 'tenant_not_active', details: { status: 'suspended' } }
    for (const call of [
      () => owner.get(),
      () => owner.access(),
      () => owner.update({ name: 'New' }),
      () => owner.archive(),
      () => owner.delete(),
      () => owner.restore(),
      () => owner.members.list(),
      () => owner.members.leave(),
      () => owner.members.invite({ email: 'bob@example.com', role: 'viewer' }),
      () => owner.ownership.start(),
      () => owner.events.list(),
    ])
      await expect(call()).rejects.toMatchObject(refused)
    await expect(as('eve').invitations.accept({ token })).rejects.toMatchObject({ code: 'invalid_token' })
    await expect(as('owner').tenants.switch({ tenantId: acme })).rejects.toMatchObject(refused)
    await expect(as('outsider').in(acme).get()).rejects.toMatchObject({ code: 'tenant_not_found' })
    expect((await as('owner').tenants.list()).items).toEqual([])

    expect(await eventsOf(() => tenants.reactivate(about))).toMatchObject([
      { type: 'tenant.reactivated', data: { operator } },
    ])
    await owner.get()
    await as('eve').invitations.accept({ token })
  })

  it('is worked in by operators alone', async () => {
    const { tenants, about, tenancy, acme } = await operatedFixture()
    await tenants.suspend(about)
    const act = tenancy.as(SYSTEM).in(acme, { reason })
    expect((await act.update({ name: 'Still here' })).status).toBe('suspended')
    await act.members.remove({ userId: 'viewer' })
    expect((await act.access()).can('invoice:approve')).toBe(true)
    expect((await act.events.list({ limit: 1 })).items).toMatchObject([{ type: 'member.removed' }])
    expect(await tenants.find({ id: acme })).toMatchObject({ name: 'Still here', status: 'suspended' })
  })

  it('was active or archived before, and is active after', async () => {
    const { tenants, about, inAcme, acme } = await operatedFixture()
    await expect(tenants.reactivate(about)).rejects.toMatchObject({ code: 'conflict' })
    await inAcme('owner').archive()
    await expect(tenants.reactivate(about)).rejects.toMatchObject({ details: { status: 'archived' } })
    expect(await tenants.suspend(about)).toMatchObject({ status: 'suspended' })
    await expect(inAcme('owner').restore()).rejects.toMatchObject({ details: { status: 'suspended' } })
    await expect(tenants.suspend(about)).rejects.toMatchObject({ code: 'conflict' })
    expect(await tenants.reactivate(about)).toMatchObject({ status: 'active' })
    await inAcme('owner').delete()
    for (const call of [tenants.suspend, tenants.reactivate])
      await expect(call(about)).rejects.toMatchObject({ code: 'tenant_not_found' })
    expect(await tenants.find({ id: acme })).toMatchObject({ status: 'deleted' })
  })
})

it('find looks a tenant up by its slug or its id', async () => {
  const { tenants, inAcme, acme } = await operatedFixture()
  await inAcme('owner').update({ slug: 'acme-inc' })
  expect(await tenants.find({ slug: 'acme-inc' })).toMatchObject({ id: acme })
  expect(await tenants.find({ id: acme })).toMatchObject({ slug: 'acme-inc' })
  expect(await tenants.find({ slug: 'other' })).toBeNull()
  await expect(tenants.find({ id: acme, slug: 'acme-inc' })).rejects.toMatchObject({ code: 'invalid_input' })
})
