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
