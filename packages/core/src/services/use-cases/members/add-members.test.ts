import { describe, expect, it } from 'vitest'
import { twoTenantsFixture } from '../../../testing/fixtures/tenancy.js'
import { refusal } from '../../../testing/refusal.js'

describe('adding many', () => {
  it('each is added or refused alone, in order, each with a role of their own', async () => {
    const fixture = await twoTenantsFixture()
    await fixture.user('bob')
    const before = fixture.sent.length
    const results = await fixture.inAcme('admin').members.addMany({
      members: [
        { email: 'bob@example.com', role: 'editor' },
        { email: 'no address', role: 'editor' },
        { email: 'member@example.com', role: 'editor' },
        { email: 'BOB@example.com', role: 'viewer' },
        { email: 'king@example.com', role: 'king' },
        { email: 'new@example.com', roles: ['viewer'], active: false, name: 'Nell' },
      ],
    })
    expect(results).toMatchObject([
      { status: 'added', email: 'bob@example.com', created: false, member: { roles: ['editor'] } },
      { status: 'failed', email: 'no address', error: { code: 'invalid_email' } },
      { status: 'failed', email: 'member@example.com', error: { code: 'already_member' } },
      { status: 'failed', email: 'king@example.com', error: { code: 'invalid_role' } },
      { status: 'added', email: 'new@example.com', created: true, member: { active: false, user: { name: 'Nell' } } },
    ])
    await fixture.tenancy.flushEmails()
    expect(fixture.sent.slice(before).map(({ to }) => to)).toEqual(
      expect.arrayContaining(['bob@example.com', 'new@example.com']),
    )
  })

  it('meets the seats in the middle of a list', async () => {
    const fixture = await twoTenantsFixture({ limits: { membersPerTenant: 8 } })
    const members = ['1@example.com', '2@example.com'].map((email) => ({ email, role: 'viewer' }))
    const results = await fixture.inAcme('owner').members.addMany({ members })
    expect(results.map((result) => (result.status === 'failed' ? result.error.code : 'added'))).toEqual([
      'added',
      'member_limit_exceeded',
    ])
  })

  it('refuses a list that is none, empty, or longer than ten thousand', async () => {
    const fixture = await twoTenantsFixture()
    const tooMany = Array.from({ length: 10_001 }, (_, at) => ({ email: `${at}@example.com`, role: 'viewer' }))
    for (const members of [[], tooMany, 'new@example.com', ['new@example.com'], [{ email: 'new@example.com' }], null]) {
      // What a caller without types may hand in.
      await refusal(fixture, 'invalid_input', () =>
        fixture.inAcme('owner').members.addMany({ members: members as never }),
      )
    }
  })
})
