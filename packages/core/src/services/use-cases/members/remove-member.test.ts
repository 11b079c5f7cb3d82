import { beforeEach, describe, expect, it } from 'vitest'
import { twoTenantsFixture } from '../../../testing/fixtures/tenancy.js'
import { refusal } from '../../../testing/refusal.js'

describe('removing a member', () => {
  let fixture: Awaited<ReturnType<typeof twoTenantsFixture>>
  const remove = (by: string, userId: string) => fixture.inAcme(by).members.remove({ userId })
  beforeEach(async () => {
    fixture = await twoTenantsFixture()
  })

  it('ends the membership immediately; the event contains the former roles', async () => {
    const events = await fixture.eventsOf(() => remove('admin', 'editor'))
    expect(events).toEqual([
      {
        type: 'member.removed',
        actorId: 'admin',
        target: { type: 'member', id: 'editor' },
        data: { roles: ['editor'], revokedInvitationIds: [] },
      },
    ])
    await refusal(fixture, 'tenant_not_found', () => fixture.inAcme('editor').access())
    expect((await fixture.as('editor').tenants.list()).items).toEqual([])
  })

  it('lets an admin remove another admin, and never the owner', async () => {
    await remove('admin', 'other-admin')
    await refusal(fixture, 'forbidden', () => remove('admin', 'owner'))
  })

  it('removes an inactive member, too', async () => {
    await fixture.inAcme('owner').members.deactivate({ userId: 'viewer' })
    await remove('owner', 'viewer')
    await refusal(fixture, 'member_not_found', () => remove('owner', 'viewer'))
  })

  it('leaves the memberships and the invitations of the same person elsewhere', async () => {
    await fixture.join(fixture.zeta, 'admin', { role: 'admin', invitedBy: 'outsider' })
    const token = await fixture.invite(fixture.zeta, 'admin', { email: 'new@example.com' })
    await remove('owner', 'admin')
    expect((await fixture.as('admin').in(fixture.zeta).access()).roles).toEqual(['admin'])
    expect(await fixture.tenancy.as({ guest: true }).invitations.preview({ token })).toMatchObject({ role: 'member' })
  })

  it('revokes the invitations the member sent and returns their IDs', async () => {
    const token = await fixture.invite(fixture.acme, 'admin', { email: 'new@example.com' })
    const kept = await fixture.invite(fixture.acme, 'owner', { email: 'other@example.com' })
    const { items } = await fixture.inAcme('owner').invitations.list({ status: 'pending' })
    const [sent] = items.filter(({ inviterId }) => inviterId === 'admin')
    const [event] = await fixture.eventsOf(() => remove('owner', 'admin'))
    expect(event?.data).toEqual({ roles: ['admin'], revokedInvitationIds: [sent?.id] })
    const guest = fixture.tenancy.as({ guest: true })
    expect(await guest.invitations.preview({ token })).toBeNull()
    expect(await guest.invitations.preview({ token: kept })).not.toBeNull()
  })

  it('revokes invitations to an address that the removed member has since adopted', async () => {
    const token = await fixture.invite(fixture.acme, 'owner', { email: 'second@example.com' })
    await fixture.system.users.update({ userId: 'member', email: 'second@example.com', emailVerified: true })
    await remove('owner', 'member')
    await refusal(fixture, 'invalid_token', () => fixture.as('member').invitations.accept({ token }))
  })

  it('allows a new invitation, which restores no former rights', async () => {
    await fixture.inAcme('owner').members.setOverrides({ userId: 'editor', overrides: { 'invoice:approve': true } })
    await remove('owner', 'editor')
    await fixture.join(fixture.acme, 'editor', { role: 'viewer', invitedBy: 'owner' })
    const access = await fixture.inAcme('editor').access()
    expect([access.roles, access.can('invoice:approve')]).toEqual([['viewer'], false])
  })

  it('checks in order: self, permission, membership', async () => {
    for (const person of ['owner', 'admin', 'viewer']) {
      await refusal(fixture, 'self_action_forbidden', () => remove(person, person))
    }
    await refusal(fixture, 'forbidden', () => remove('editor', 'nobody'))
    await refusal(fixture, 'forbidden', () => remove('editor', 'viewer'))
    await refusal(fixture, 'member_not_found', () => remove('admin', 'nobody'))
    await refusal(fixture, 'member_not_found', () => remove('admin', 'outsider'))
  })
})
