import { beforeEach, describe, expect, it } from 'vitest'
import { twoTenantsFixture } from '../../../testing/fixtures/tenancy.js'
import { refusal } from '../../../testing/refusal.js'

describe('deactivating and activating a member', () => {
  let fixture: Awaited<ReturnType<typeof twoTenantsFixture>>
  const deactivate = (by: string, userId: string) => fixture.inAcme(by).members.deactivate({ userId })
  const activate = (by: string, userId: string) => fixture.inAcme(by).members.activate({ userId })
  beforeEach(async () => {
    fixture = await twoTenantsFixture()
  })

  it('refuses the member in this tenant at once, and nowhere else', async () => {
    await fixture.join(fixture.zeta, 'editor', { role: 'viewer', invitedBy: 'outsider' })
    const events = await fixture.eventsOf(() => deactivate('admin', 'editor'))
    expect(events).toEqual([
      {
        type: 'member.deactivated',
        actorId: 'admin',
        target: { type: 'member', id: 'editor' },
        data: { revokedInvitationIds: [] },
      },
    ])
    await refusal(fixture, 'tenant_not_found', () => fixture.inAcme('editor').access())
    expect((await fixture.as('editor').tenants.list()).items.map(({ tenant }) => tenant.id)).toEqual([fixture.zeta])
    expect((await fixture.as('editor').in(fixture.zeta).access()).roles).toEqual(['viewer'])
  })

  it('brings the member back with role and single permissions as they were', async () => {
    await fixture.inAcme('owner').members.setOverrides({ userId: 'editor', overrides: { 'invoice:approve': true } })
    await deactivate('owner', 'editor')
    const events = await fixture.eventsOf(() => activate('owner', 'editor'))
    expect(events).toEqual([
      { type: 'member.activated', actorId: 'owner', target: { type: 'member', id: 'editor' }, data: {} },
    ])
    const access = await fixture.inAcme('editor').access()
    expect([access.roles, access.can('invoice:approve')]).toEqual([['editor'], true])
  })

  it('revokes what the member had sent, for good', async () => {
    const token = await fixture.invite(fixture.acme, 'admin', { email: 'new@example.com' })
    await deactivate('owner', 'admin')
    await activate('owner', 'admin')
    await fixture.user('new')
    await refusal(fixture, 'invalid_token', () => fixture.as('new').invitations.accept({ token }))
  })

  it('is reversed only by a caller who could grant every role and override of the member', async () => {
    await fixture.user('lead')
    const assigning = ['tenant:read', 'member:read', 'role:read', 'member:assign', 'invoice:read'] as const
    await fixture.inAcme('owner').roles.create({ key: 'lead', name: 'Lead', rank: 30, permissions: [...assigning] })
    await fixture.join(fixture.acme, 'lead', { role: 'lead', invitedBy: 'owner' })
    const override = (value: boolean | null) =>
      fixture.inAcme('owner').members.setOverrides({ userId: 'viewer', overrides: { 'invoice:approve': value } })
    const update = (change: object) => fixture.inAcme('lead').members.update({ userId: 'viewer', ...change })
    // A role that the lead could not give, below the lead's rank.
    await fixture.inAcme('owner').roles.create({
      key: 'approver',
      name: 'Approver',
      rank: 5,
      permissions: ['invoice:approve'],
    })
    const cases = [
      { grant: () => override(true), free: () => override(null) },
      {
        grant: () => fixture.inAcme('owner').members.update({ userId: 'viewer', roles: { approver: true } }),
        free: () => fixture.inAcme('owner').members.update({ userId: 'viewer', roles: { approver: false } }),
      },
    ]
    for (const { grant, free } of cases) {
      await grant()
      await deactivate('lead', 'viewer')
      const refused = await fixture.eventsOf(async () => {
        await refusal(fixture, 'forbidden', () => activate('lead', 'viewer'))
        await refusal(fixture, 'forbidden', () => update({ active: true }))
      })
      expect(refused).toEqual([])
      expect((await fixture.inAcme('owner').members.get({ userId: 'viewer' })).active).toBe(false)
      await free()
      await activate('lead', 'viewer')
    }
    await fixture.inAcme('owner').members.update({ userId: 'viewer', roles: { approver: true } })
    await deactivate('lead', 'viewer')
    // Without the role it is the lead's to give.
    expect(await update({ active: true, roles: { approver: false } })).toMatchObject({
      roles: ['viewer'],
      active: true,
    })
  })

  it('appends no event when nothing changes', async () => {
    expect(await fixture.eventsOf(() => activate('owner', 'editor'))).toEqual([])
    await deactivate('owner', 'editor')
    expect(await fixture.eventsOf(() => deactivate('owner', 'editor'))).toEqual([])
  })

  it('keeps an inactive member’s seat and address: they are not invited again', async () => {
    await deactivate('owner', 'viewer')
    const invite = () => fixture.inAcme('owner').members.invite({ email: 'viewer@example.com', role: 'admin' })
    await refusal(fixture, 'already_member', invite)
  })

  it.each(['deactivate', 'activate'] as const)('%s keeps to the order of refusals', async (verb) => {
    const act = (by: string, userId: string) => fixture.inAcme(by).members[verb]({ userId })
    for (const person of ['owner', 'admin', 'viewer'])
      await refusal(fixture, 'self_action_forbidden', () => act(person, person))
    await refusal(fixture, 'forbidden', () => act('editor', 'nobody'))
    await refusal(fixture, 'member_not_found', () => act('admin', 'nobody'))
    await refusal(fixture, 'member_not_found', () => act('admin', 'outsider'))
    await refusal(fixture, 'forbidden', () => act('admin', 'owner'))
    await refusal(fixture, 'forbidden', () => act('admin', 'other-admin'))
  })
})
