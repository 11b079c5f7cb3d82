import { describe, expect, it } from 'vitest'
import { tenancyFixture, twoTenantsFixture } from '../../../testing/fixtures/tenancy.js'
import { refusal } from '../../../testing/refusal.js'

describe('adding or inviting many', () => {
  it('adds some, asks others first, and refuses each alone, in order', async () => {
    const fixture = await twoTenantsFixture()
    await fixture.user('bob')
    const results = await fixture.inAcme('admin').members.addOrInvite({
      members: [
        { email: 'bob@example.com', role: 'member' },
        { email: 'carol@example.com', role: 'admin', invite: true },
        { email: 'no address', role: 'member' },
        { email: 'member@example.com', role: 'member', invite: true },
        { email: 'BOB@example.com', role: 'admin' },
        { email: 'king@example.com', role: 'owner' },
      ],
    })
    expect(results).toMatchObject([
      { status: 'added', email: 'bob@example.com', created: false, member: { roles: ['member'] } },
      { status: 'invited', email: 'carol@example.com', invitation: { role: 'admin', status: 'pending' } },
      { status: 'failed', email: 'no address', error: { code: 'invalid_email' } },
      { status: 'failed', email: 'member@example.com', error: { code: 'already_member' } },
      { status: 'failed', email: 'king@example.com', error: { code: 'invalid_role' } },
    ])
    const kinds = fixture.heard.slice(-2).map(({ type }) => type)
    expect(kinds).toEqual(['member.added', 'invitation.created'])
  })

  it('accountsOnly: rejects addresses without an account and returns the user ID of each', async () => {
    const fixture = await twoTenantsFixture()
    await fixture.user('bob')
    const { addOrInvite } = fixture.inAcme('admin').members
    const members = [
      { email: 'bob@example.com', role: 'member', invite: true },
      { email: 'nobody@example.com', role: 'member', invite: true },
      { email: 'none@example.com', role: 'member' },
    ]
    expect(await addOrInvite({ members, accountsOnly: true })).toMatchObject([
      { status: 'invited', userId: 'bob' },
      { status: 'failed', userId: null, error: { code: 'user_not_found' } },
      { status: 'failed', userId: null, error: { code: 'user_not_found' } },
    ])
    expect(await addOrInvite({ members })).toMatchObject([
      { status: 'invited', userId: 'bob' },
      { status: 'invited', userId: null },
      { status: 'added', userId: expect.any(String) as string },
    ])
  })

  it('invites every row when allowDirectAdd is false', async () => {
    const fixture = await twoTenantsFixture({ allowDirectAdd: false })
    await fixture.user('bob')
    const members = [{ email: 'bob@example.com', role: 'member' }]
    expect(await fixture.inAcme('admin').members.addOrInvite({ members })).toMatchObject([{ status: 'invited' }])
    await refusal(fixture, 'tenant_not_found', () => fixture.inAcme('bob').get())
  })

  it('needs the right to do each of what is asked', async () => {
    const permissions = ['tenant:read', 'member:read', 'invitation:create']
    const fixture = await tenancyFixture({ roles: { host: { rank: 25, name: 'Host', permissions } } })
    const acme = await fixture.tenant('owner', { host: 'host' })
    const members = [{ email: 'new@example.com', role: 'viewer', invite: true }]
    expect(await fixture.as('host').in(acme).members.addOrInvite({ members })).toMatchObject([{ status: 'failed' }])
    await fixture
      .as('owner')
      .in(acme)
      .roles.create({ key: 'guest', name: 'Guest', rank: 5, permissions: ['tenant:read'] })
    const guests = members.map((member) => ({ ...member, role: 'guest' }))
    expect(await fixture.as('host').in(acme).members.addOrInvite({ members: guests })).toMatchObject([
      { status: 'invited' },
    ])
    await refusal(fixture, 'forbidden', () =>
      fixture
        .as('host')
        .in(acme)
        .members.addOrInvite({
          members: [...guests, { email: 'other@example.com', role: 'guest' }],
        }),
    )
  })

  it('refuses a list that is none, empty, or longer than a hundred', async () => {
    const fixture = await twoTenantsFixture()
    const tooMany = Array.from({ length: 101 }, (_, at) => ({ email: `${at}@example.com`, role: 'viewer' }))
    for (const members of [[], tooMany, 'new@example.com', [{ email: 'new@example.com' }], null]) {
      // What a caller without types may hand in.
      await refusal(fixture, 'invalid_input', () =>
        fixture.inAcme('owner').members.addOrInvite({ members: members as never }),
      )
    }
  })
})
