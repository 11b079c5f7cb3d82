import { describe, expect, it } from 'vitest'
import { twoTenantsFixture } from '../../testing/fixtures/tenancy.js'
import { GUEST, SYSTEM } from './actor.js'

const reason = 'Ticket 4711'

async function operatorsFixture(options: Parameters<typeof twoTenantsFixture>[0] = {}) {
  const fixture = await twoTenantsFixture(options)
  await fixture.user('super', { superuser: true })
  return {
    ...fixture,
    inAcmeAs: {
      system: fixture.tenancy.as(SYSTEM).in(fixture.acme, { reason }),
      superuser: fixture.as('super').in(fixture.acme, { reason }),
    },
  }
}

describe.each(['system', 'superuser'] as const)('the %s acts as an operator', (who) => {
  const operator = { userId: who === 'system' ? null : 'super', reason }

  it('does what an admin and the owner may, and every event names it and the reason', async () => {
    const { inAcmeAs, eventsOf, acme } = await operatorsFixture()
    const act = inAcmeAs[who]
    const events = await eventsOf(async () => {
      await act.update({ name: 'Renamed' })
      await act.members.setRoles({ userId: 'viewer', roles: ['editor'] })
      await act.members.promote({ userId: 'member' })
      await act.members.demote({ userId: 'admin' })
      await act.members.deactivate({ userId: 'editor' })
      await act.members.remove({ userId: 'assistant' })
      await act.members.add({ email: 'new@example.com', role: 'viewer' })
      await act.roles.create({ key: 'lead', name: 'Lead', rank: 30, permissions: ['invoice:read'] })
      await act.members.setOverrides({ userId: 'viewer', overrides: { 'invoice:approve': true } })
      await act.archive()
      await act.restore()
      await act.delete()
      await act.restore()
    })
    expect(events.map(({ type }) => type)).toEqual([
      'tenant.updated',
      'member.roles_updated',
      'member.roles_updated',
      'member.roles_updated',
      'member.deactivated',
      'member.removed',
      'user.created',
      'access_token.issued',
      'member.added',
      'role.created',
      'member.overrides_updated',
      'tenant.archived',
      'tenant.restored',
      'tenant.deleted',
      'tenant.restored',
    ])
    for (const event of events) expect(event).toMatchObject({ actorId: operator.userId, data: { operator } })
    expect(await act.events.verify()).toMatchObject({ intact: true })
    expect((await act.events.list({ limit: 1 })).items).toMatchObject([
      { scope: { tenantId: acme }, data: { operator } },
    ])
  })

  it('reads as an admin does, and explains by which rule', async () => {
    const { inAcmeAs, inAcme } = await operatorsFixture({
      resources: { invoice: ['create', 'read', 'update', 'delete', 'approve'] },
    })
    const act = inAcmeAs[who]
    const shown = await inAcme('editor').resources.create({ type: 'invoice', name: 'Shown', visibility: 'tenant' })
    const hidden = await inAcme('editor').resources.create({ type: 'invoice', name: 'Hidden' })
    const access = await act.access()
    expect(access.explain('invoice:approve')).toMatchObject({ allowed: true, rule: 'operator' })
    expect(access.explain('invoice:read', hidden)).toMatchObject({ allowed: false, reason: 'private_resource' })
    expect(access).toMatchObject({ roles: [], rank: 50, userId: operator.userId ?? '' })
    expect((await act.get()).membership).toBeNull()
    expect((await act.resources.list({ type: 'invoice' })).items).toMatchObject([{ id: shown.id }])
    await expect(act.resources.get({ type: 'invoice', id: hidden.id })).rejects.toMatchObject({
      code: 'resource_not_found',
    })
    expect((await act.members.list()).items.length).toBeGreaterThan(3)
    await expect(act.recordActivity()).resolves.toBeUndefined()
  })

  it('records the owner as inviter when an operator invites', async () => {
    const { inAcmeAs, as, user, sent, tenancy } = await operatorsFixture()
    await user('newcomer')
    const { invitation, link } = await inAcmeAs[who].members.invite({ email: 'newcomer@example.com', role: 'admin' })
    expect(invitation.inviterId).toBe('owner')
    await tenancy.flushEmails()
    expect(sent.at(-1)?.text).toContain('owner')
    await as('newcomer').invitations.accept({ token: link?.split('token=')[1] ?? '' })
  })

  it('has no place of its own there', async () => {
    const { inAcmeAs, inAcme } = await operatorsFixture()
    const act = inAcmeAs[who]
    const thing = { type: 'invoice', id: (await inAcme('editor').resources.create({ type: 'invoice', name: 'A' })).id }
    for (const call of [
      () => act.resources.create({ type: 'invoice', name: 'B' }),
      () => act.resources.share(thing),
      () => act.resources.unshare(thing),
      () => act.members.leave(),
      () => act.ownership.start(),
    ])
      await expect(call()).rejects.toMatchObject({ code: 'forbidden', message: expect.stringContaining('operator') })
  })

  it('never removes, demotes or changes the owner, whose tenant is handed over first', async () => {
    const { inAcmeAs } = await operatorsFixture()
    const { members } = inAcmeAs[who]
    for (const call of [
      () => members.remove({ userId: 'owner' }),
      () => members.deactivate({ userId: 'owner' }),
      () => members.setRoles({ userId: 'owner', roles: ['viewer'] }),
    ])
      await expect(call()).rejects.toThrow()
  })

  it('needs a reason', async () => {
    const { tenancy, acme, state } = await operatorsFixture()
    const before = await state()
    const as = tenancy.as(who === 'system' ? SYSTEM : { userId: 'super' })
    for (const fixture of ['', '  ', 'two\nlines', 'x'.repeat(501)]) {
      const refused = { code: 'invalid_input', details: { field: 'reason' } }
      await expect(as.in(acme, { reason: fixture }).archive()).rejects.toMatchObject(refused)
      await expect(as.tenants.suspend({ tenantId: acme, reason: fixture })).rejects.toMatchObject(refused)
    }
    // @ts-expect-error -- what a host without types might write
    await expect(as.in(acme, {}).get()).rejects.toThrow('reason')
    // @ts-expect-error -- as above
    expect(() => as.in(acme, { resaon: 'x' })).toThrow('did you mean "reason"?')
    expect(await state()).toEqual(before)
  })
})

describe('callers who are not operators', () => {
  it('gets the same answer for every tenant, with a reason, too', async () => {
    const { tenancy, acme, as, state } = await operatorsFixture()
    const before = await state()
    for (const tenantId of [acme, 'unknown']) {
      const about = { tenantId, reason }
      const { tenants } = as('owner')
      for (const call of [
        () => as('owner').in(tenantId, { reason }).get(),
        () => as('owner').in(tenantId, { reason }).archive(),
        () => as('owner').in(tenantId, { reason }).access(),
        () => tenants.setPlan({ ...about, plan: 'pro' }),
        () => tenants.suspend(about),
        () => tenants.reactivate(about),
        () => tenants.transferOwnership({ ...about, userId: 'admin' }),
        () => tenants.find({ id: tenantId }),
        () => tenants.find({ slug: 'acme' }),
      ])
        await expect(call()).rejects.toMatchObject({ code: 'forbidden', message: 'Only operators may do this' })
      const guest = tenancy.as(GUEST)
      await expect(guest.in(tenantId, { reason }).get()).rejects.toMatchObject({ code: 'unauthenticated' })
      await expect(guest.tenants.suspend(about)).rejects.toMatchObject({ code: 'unauthenticated' })
      await expect(guest.tenants.find({ id: tenantId })).rejects.toMatchObject({ code: 'unauthenticated' })
    }
    expect(await state()).toEqual(before)
  })

  it('a superuser without a reason acts as a member or outsider', async () => {
    const { as, acme, zeta, join } = await operatorsFixture()
    await join(acme, 'super', { role: 'viewer', invitedBy: 'owner' })
    expect((await as('super').in(acme).access()).roles).toEqual(['viewer'])
    await expect(as('super').in(acme).archive()).rejects.toMatchObject({ code: 'forbidden' })
    await expect(as('super').in(zeta).get()).rejects.toMatchObject({ code: 'tenant_not_found' })
  })

  it('operatorAccess: false removes operator access from superusers, not from SYSTEM', async () => {
    const { as, tenancy, acme } = await operatorsFixture({ operatorAccess: false })
    const refused = { code: 'forbidden', message: expect.stringContaining('operatorAccess') }
    await expect(as('super').in(acme, { reason }).get()).rejects.toMatchObject(refused)
    await expect(as('super').tenants.find({ id: acme })).rejects.toMatchObject(refused)
    await expect(as('super').tenants.suspend({ tenantId: acme, reason })).rejects.toMatchObject(refused)
    expect(await tenancy.as(SYSTEM).tenants.find({ id: acme })).toMatchObject({ id: acme })
    await tenancy.as(SYSTEM).tenants.suspend({ tenantId: acme, reason })
  })
})

it('an operator finds no tenant that does not exist', async () => {
  const { tenancy } = await operatorsFixture()
  const refused = { code: 'tenant_not_found' }
  await expect(tenancy.as(SYSTEM).in('unknown', { reason }).get()).rejects.toMatchObject(refused)
  await expect(tenancy.as(SYSTEM).tenants.setPlan({ tenantId: 'unknown', plan: 'pro', reason })).rejects.toMatchObject(
    refused,
  )
  expect(await tenancy.as(SYSTEM).tenants.find({ id: 'unknown' })).toBeNull()
})
