import { expect, it } from 'vitest'
import { twoTenantsFixture } from '../../../testing/fixtures/tenancy.js'
import { refusal } from '../../../testing/refusal.js'

it('each address is invited or refused by itself, in order, with one event and one mail for each that is invited', async () => {
  const fixture = await twoTenantsFixture()
  const emails = ['one@example.com', 'no address', 'member@example.com', 'ONE@example.com', 'two@example.com']
  let results: readonly object[] = []
  const events = await fixture.eventsOf(async () => {
    results = await fixture.inAcme('admin').members.inviteMany({ emails, role: 'viewer' })
  })
  expect(results).toMatchObject([
    { status: 'invited', email: 'one@example.com', invitation: { role: 'viewer' } },
    { status: 'failed', email: 'no address', error: { code: 'invalid_email' } },
    { status: 'failed', email: 'member@example.com', error: { code: 'already_member' } },
    { status: 'invited', email: 'two@example.com', invitation: { role: 'viewer' } },
  ])
  expect(events.map(({ type, data }) => [type, data])).toEqual([
    ['invitation.created', { email: 'one@example.com', role: 'viewer' }],
    ['invitation.created', { email: 'two@example.com', role: 'viewer' }],
  ])
  const before = fixture.sent.length
  await fixture.tenancy.flushEmails()
  expect(fixture.sent.length - before).toBeLessThanOrEqual(2)
  expect(
    fixture.sent
      .slice(-2)
      .map(({ to }) => to)
      .sort(),
  ).toEqual(['one@example.com', 'two@example.com'])
})

it('the limit on pending invitations is met in the middle of a list', async () => {
  const fixture = await twoTenantsFixture({ limits: { pendingInvitationsPerTenant: 2 } })
  const emails = ['1@example.com', '2@example.com', '3@example.com', '1@example.com']
  const results = await fixture.inAcme('owner').members.inviteMany({ emails, role: 'viewer' })
  expect(results.map((result) => (result.status === 'failed' ? result.error.code : 'invited'))).toEqual([
    'invited',
    'invited',
    'invitation_limit_exceeded',
  ])
})

it('the same list twice renews what it made', async () => {
  const fixture = await twoTenantsFixture()
  const emails = ['one@example.com', 'two@example.com']
  await fixture.inAcme('owner').members.inviteMany({ emails, role: 'viewer' })
  const events = await fixture.eventsOf(() => fixture.inAcme('admin').members.inviteMany({ emails, role: 'editor' }))
  expect(events.map(({ type }) => type)).toEqual(['invitation.resent', 'invitation.resent'])
  expect((await fixture.inAcme('owner').invitations.list({ page: 1, status: 'pending' })).total).toBe(2)
})

it('a role that cannot be given refuses the whole list, and so does a list that is none, too long or empty', async () => {
  const fixture = await twoTenantsFixture()
  const invite = (emails: unknown, role: string, by = 'owner') =>
    // What a caller without types may hand in.
    fixture.inAcme(by).members.inviteMany({ emails: emails as never, role })
  await refusal(fixture, 'invalid_role', () => invite(['new@example.com'], 'owner'))
  await refusal(fixture, 'forbidden', () => invite(['new@example.com'], 'viewer', 'editor'))
  const tooMany = Array.from({ length: 51 }, (_, at) => `${at}@example.com`)
  for (const emails of [[], tooMany, 'new@example.com', [7], [['new@example.com']], null]) {
    await refusal(fixture, 'invalid_input', () => invite(emails, 'viewer'))
  }
})
