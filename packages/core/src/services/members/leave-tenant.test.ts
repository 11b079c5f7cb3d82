import { expect, it } from 'vitest'
import { givenTwoTenants } from '../../testing/given-tenancy.js'
import { refusal } from '../../testing/refusal.js'

it('any member may leave, and it is told with the role they had', async () => {
  const given = await givenTwoTenants()
  const events = await given.eventsOf(() => given.inAcme('viewer').members.leave())
  expect(events).toEqual([
    {
      type: 'member.left',
      actorId: 'viewer',
      target: { type: 'member', id: 'viewer' },
      data: { roles: ['viewer'], revokedInvitationIds: [] },
    },
  ])
  await refusal(given, 'tenant_not_found', () => given.inAcme('viewer').members.leave())
})

it('whoever leaves, leaves no usable invitation: neither one they sent nor one to themselves', async () => {
  const given = await givenTwoTenants()
  const sent = await given.invite(given.acme, 'admin', { email: 'new@example.com' })
  const received = await given.invite(given.acme, 'owner', { email: 'second@example.com', role: 'admin' })
  await given.system.users.update({ userId: 'admin', email: 'second@example.com', emailVerified: true })
  const [event] = await given.eventsOf(() => given.inAcme('admin').members.leave())
  expect(event?.data).toMatchObject({ revokedInvitationIds: [expect.any(String), expect.any(String)] })
  await given.user('new')
  await refusal(given, 'invalid_token', () => given.as('new').invitations.accept({ token: sent }))
  await refusal(given, 'invalid_token', () => given.as('admin').invitations.accept({ token: received }))
})

it('the owner stays until the tenant is handed over', async () => {
  const given = await givenTwoTenants()
  await refusal(given, 'owner_must_stay', () => given.inAcme('owner').members.leave())
  await refusal(given, 'owner_must_stay', () => given.as('outsider').in(given.zeta).members.leave())
})

it('an inactive member is refused like an outsider', async () => {
  const given = await givenTwoTenants()
  await given.inAcme('owner').members.deactivate({ userId: 'viewer' })
  await refusal(given, 'tenant_not_found', () => given.inAcme('viewer').members.leave())
})
