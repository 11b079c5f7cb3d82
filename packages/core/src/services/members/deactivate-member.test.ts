import { beforeEach, describe, expect, it } from 'vitest'
import { givenTwoTenants } from '../../testing/given-tenancy.js'
import { refusal } from '../../testing/refusal.js'

describe('deactivating and activating a member', () => {
  let given: Awaited<ReturnType<typeof givenTwoTenants>>
  const deactivate = (by: string, userId: string) => given.inAcme(by).members.deactivate({ userId })
  const activate = (by: string, userId: string) => given.inAcme(by).members.activate({ userId })
  beforeEach(async () => {
    given = await givenTwoTenants()
  })

  it('refuses the member in this tenant at once, and nowhere else', async () => {
    await given.join(given.zeta, 'editor', { role: 'viewer', invitedBy: 'outsider' })
    const events = await given.eventsOf(() => deactivate('admin', 'editor'))
    expect(events).toEqual([
      {
        type: 'member.deactivated',
        actorId: 'admin',
        target: { type: 'member', id: 'editor' },
        data: { revokedInvitationIds: [] },
      },
    ])
    await refusal(given, 'tenant_not_found', () => given.inAcme('editor').access())
    expect((await given.as('editor').tenants.list()).items.map(({ tenant }) => tenant.id)).toEqual([given.zeta])
    expect((await given.as('editor').in(given.zeta).access()).roles).toEqual(['viewer'])
  })

  it('brings the member back with role and single permissions as they were', async () => {
    await given.inAcme('owner').members.setOverrides({ userId: 'editor', overrides: { 'invoice:approve': true } })
    await deactivate('owner', 'editor')
    const events = await given.eventsOf(() => activate('owner', 'editor'))
    expect(events).toEqual([
      { type: 'member.activated', actorId: 'owner', target: { type: 'member', id: 'editor' }, data: {} },
    ])
    const access = await given.inAcme('editor').access()
    expect([access.roles, access.can('invoice:approve')]).toEqual([['editor'], true])
  })

  it('revokes what the member had sent, for good', async () => {
    const token = await given.invite(given.acme, 'admin', { email: 'new@example.com' })
    await deactivate('owner', 'admin')
    await activate('owner', 'admin')
    await given.user('new')
    await refusal(given, 'invalid_token', () => given.as('new').invitations.accept({ token }))
  })

  it('is undone only by whoever could grant all that comes back: each role and each single permission', async () => {
    await given.user('lead')
    const assigning = ['tenant:read', 'member:read', 'role:read', 'member:assign', 'invoice:read'] as const
    await given.inAcme('owner').roles.create({ key: 'lead', name: 'Lead', rank: 30, permissions: [...assigning] })
    await given.join(given.acme, 'lead', { role: 'lead', invitedBy: 'owner' })
    const override = (value: boolean | null) =>
      given.inAcme('owner').members.setOverrides({ userId: 'viewer', overrides: { 'invoice:approve': value } })
    const update = (change: object) => given.inAcme('lead').members.update({ userId: 'viewer', ...change })
    // A role that the lead could not give, below the lead's rank.
    await given.inAcme('owner').roles.create({
      key: 'approver',
      name: 'Approver',
      rank: 5,
      permissions: ['invoice:approve'],
    })
    const cases = [
      { grant: () => override(true), free: () => override(null) },
      {
        grant: () => given.inAcme('owner').members.update({ userId: 'viewer', roles: { approver: true } }),
        free: () => given.inAcme('owner').members.update({ userId: 'viewer', roles: { approver: false } }),
      },
    ]
    for (const { grant, free } of cases) {
      await grant()
      await deactivate('lead', 'viewer')
      const refused = await given.eventsOf(async () => {
        await refusal(given, 'forbidden', () => activate('lead', 'viewer'))
        await refusal(given, 'forbidden', () => update({ active: true }))
      })
      expect(refused).toEqual([])
      expect((await given.inAcme('owner').members.get({ userId: 'viewer' })).active).toBe(false)
      await free()
      await activate('lead', 'viewer')
    }
    await given.inAcme('owner').members.update({ userId: 'viewer', roles: { approver: true } })
    await deactivate('lead', 'viewer')
    // Without the role it is the lead's to give.
    expect(await update({ active: true, roles: { approver: false } })).toMatchObject({
      roles: ['viewer'],
      active: true,
    })
  })

  it('tells nothing when there is nothing to change', async () => {
    expect(await given.eventsOf(() => activate('owner', 'editor'))).toEqual([])
    await deactivate('owner', 'editor')
    expect(await given.eventsOf(() => deactivate('owner', 'editor'))).toEqual([])
  })

  it('keeps an inactive member’s seat and address: they are not invited again', async () => {
    await deactivate('owner', 'viewer')
    const invite = () => given.inAcme('owner').members.invite({ email: 'viewer@example.com', role: 'admin' })
    await refusal(given, 'already_member', invite)
  })

  it.each(['deactivate', 'activate'] as const)('%s keeps to the order of refusals', async (verb) => {
    const act = (by: string, userId: string) => given.inAcme(by).members[verb]({ userId })
    for (const person of ['owner', 'admin', 'viewer'])
      await refusal(given, 'cannot_operate_self', () => act(person, person))
    await refusal(given, 'forbidden', () => act('editor', 'nobody'))
    await refusal(given, 'member_not_found', () => act('admin', 'nobody'))
    await refusal(given, 'member_not_found', () => act('admin', 'outsider'))
    await refusal(given, 'forbidden', () => act('admin', 'owner'))
    await refusal(given, 'forbidden', () => act('admin', 'other-admin'))
  })
})
