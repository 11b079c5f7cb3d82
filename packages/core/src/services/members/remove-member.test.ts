import { beforeEach, describe, expect, it } from 'vitest'
import { givenTwoTenants } from '../../testing/given-tenancy.js'
import { refusal } from '../../testing/refusal.js'

describe('removing a member', () => {
  let given: Awaited<ReturnType<typeof givenTwoTenants>>
  const remove = (by: string, userId: string) => given.inAcme(by).members.remove({ userId })
  beforeEach(async () => {
    given = await givenTwoTenants()
  })

  it('ends the membership, tells the roles it had, and is felt at once', async () => {
    const events = await given.eventsOf(() => remove('admin', 'editor'))
    expect(events).toEqual([
      {
        type: 'member.removed',
        actorId: 'admin',
        target: { type: 'member', id: 'editor' },
        data: { roles: ['editor'], revokedInvitationIds: [] },
      },
    ])
    await refusal(given, 'tenant_not_found', () => given.inAcme('editor').access())
    expect((await given.as('editor').tenants.list()).items).toEqual([])
  })

  it('lets an admin remove another admin, and never the owner', async () => {
    await remove('admin', 'other-admin')
    await refusal(given, 'forbidden', () => remove('admin', 'owner'))
  })

  it('removes an inactive member, too', async () => {
    await given.inAcme('owner').members.deactivate({ userId: 'viewer' })
    await remove('owner', 'viewer')
    await refusal(given, 'member_not_found', () => remove('owner', 'viewer'))
  })

  it('leaves the memberships and the invitations of the same person elsewhere', async () => {
    await given.join(given.zeta, 'admin', { role: 'admin', invitedBy: 'outsider' })
    const token = await given.invite(given.zeta, 'admin', { email: 'new@example.com' })
    await remove('owner', 'admin')
    expect((await given.as('admin').in(given.zeta).access()).roles).toEqual(['admin'])
    expect(await given.tenancy.as({ guest: true }).invitations.preview({ token })).toMatchObject({ role: 'member' })
  })

  it('revokes the invitations the member sent, and says which', async () => {
    const token = await given.invite(given.acme, 'admin', { email: 'new@example.com' })
    const kept = await given.invite(given.acme, 'owner', { email: 'other@example.com' })
    const { items } = await given.inAcme('owner').invitations.list({ status: 'pending' })
    const [sent] = items.filter(({ inviterId }) => inviterId === 'admin')
    const [event] = await given.eventsOf(() => remove('owner', 'admin'))
    expect(event?.data).toEqual({ roles: ['admin'], revokedInvitationIds: [sent?.id] })
    const guest = given.tenancy.as({ guest: true })
    expect(await guest.invitations.preview({ token })).toBeNull()
    expect(await guest.invitations.preview({ token: kept })).not.toBeNull()
  })

  it('leaves no invitation by which the removed person comes back: one to an address they took on meanwhile', async () => {
    const token = await given.invite(given.acme, 'owner', { email: 'second@example.com' })
    await given.system.users.update({ userId: 'member', email: 'second@example.com', emailVerified: true })
    await remove('owner', 'member')
    await refusal(given, 'invalid_token', () => given.as('member').invitations.accept({ token }))
  })

  it('lets a person be invited anew, with nothing of what they had', async () => {
    await given.inAcme('owner').members.setOverrides({ userId: 'editor', overrides: { 'invoice:approve': true } })
    await remove('owner', 'editor')
    await given.join(given.acme, 'editor', { role: 'viewer', invitedBy: 'owner' })
    const access = await given.inAcme('editor').access()
    expect([access.roles, access.can('invoice:approve')]).toEqual([['viewer'], false])
  })

  it('is refused on oneself before anything else, then to whoever may not, then for who is no member', async () => {
    for (const person of ['owner', 'admin', 'viewer']) {
      await refusal(given, 'cannot_operate_self', () => remove(person, person))
    }
    await refusal(given, 'forbidden', () => remove('editor', 'nobody'))
    await refusal(given, 'forbidden', () => remove('editor', 'viewer'))
    await refusal(given, 'member_not_found', () => remove('admin', 'nobody'))
    await refusal(given, 'member_not_found', () => remove('admin', 'outsider'))
  })
})
