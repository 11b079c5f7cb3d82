import { expect, it } from 'vitest'
import { twoTenantsFixture } from '../../../testing/fixtures/tenancy.js'
import { refusal } from '../../../testing/refusal.js'

it('any member may leave; the event contains the former role', async () => {
  const fixture = await twoTenantsFixture()
  const events = await fixture.eventsOf(() => fixture.inAcme('viewer').members.leave())
  expect(events).toEqual([
    {
      type: 'member.left',
      actorId: 'viewer',
      target: { type: 'member', id: 'viewer' },
      data: { roles: ['viewer'], revokedInvitationIds: [] },
    },
  ])
  await refusal(fixture, 'tenant_not_found', () => fixture.inAcme('viewer').members.leave())
})

it('leaving revokes the invitations the member sent or received', async () => {
  const fixture = await twoTenantsFixture()
  const sent = await fixture.invite(fixture.acme, 'admin', { email: 'new@example.com' })
  const received = await fixture.invite(fixture.acme, 'owner', { email: 'second@example.com', role: 'admin' })
  await fixture.system.users.update({ userId: 'admin', email: 'second@example.com', emailVerified: true })
  const [event] = await fixture.eventsOf(() => fixture.inAcme('admin').members.leave())
  expect(event?.data).toMatchObject({ revokedInvitationIds: [expect.any(String), expect.any(String)] })
  await fixture.user('new')
  await refusal(fixture, 'invalid_token', () => fixture.as('new').invitations.accept({ token: sent }))
  await refusal(fixture, 'invalid_token', () => fixture.as('admin').invitations.accept({ token: received }))
})

it('the owner stays until the tenant is handed over', async () => {
  const fixture = await twoTenantsFixture()
  await refusal(fixture, 'owner_required', () => fixture.inAcme('owner').members.leave())
  await refusal(fixture, 'owner_required', () => fixture.as('outsider').in(fixture.zeta).members.leave())
})

it('an inactive member is refused like an outsider', async () => {
  const fixture = await twoTenantsFixture()
  await fixture.inAcme('owner').members.deactivate({ userId: 'viewer' })
  await refusal(fixture, 'tenant_not_found', () => fixture.inAcme('viewer').members.leave())
})
