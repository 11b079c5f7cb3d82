import { describe, expect, it } from 'vitest'
import { givenTenancy, givenTwoTenants } from '../../testing/given-tenancy.js'
import { refusal } from '../../testing/refusal.js'

describe('adding or inviting many', () => {
  it('adds some, asks others first, and refuses each alone, in order', async () => {
    const given = await givenTwoTenants()
    await given.user('bob')
    const results = await given.inAcme('admin').members.addOrInvite({
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
    const kinds = given.heard.slice(-2).map(({ type }) => type)
    expect(kinds).toEqual(['member.added', 'invitation.created'])
  })

  it('refuses who has no account where that is asked, and says whose account each is', async () => {
    const given = await givenTwoTenants()
    await given.user('bob')
    const { addOrInvite } = given.inAcme('admin').members
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

  it('invites everybody where nobody becomes a member unasked', async () => {
    const given = await givenTwoTenants({ directAdd: false })
    await given.user('bob')
    const members = [{ email: 'bob@example.com', role: 'member' }]
    expect(await given.inAcme('admin').members.addOrInvite({ members })).toMatchObject([{ status: 'invited' }])
    await refusal(given, 'tenant_not_found', () => given.inAcme('bob').get())
  })

  it('needs the right to do each of what is asked', async () => {
    const permissions = ['tenant:read', 'member:read', 'invitation:create']
    const given = await givenTenancy({ roles: { host: { rank: 25, name: 'Host', permissions } } })
    const acme = await given.tenant('owner', { host: 'host' })
    const members = [{ email: 'new@example.com', role: 'viewer', invite: true }]
    expect(await given.as('host').in(acme).members.addOrInvite({ members })).toMatchObject([{ status: 'failed' }])
    await given
      .as('owner')
      .in(acme)
      .roles.create({ key: 'guest', name: 'Guest', rank: 5, permissions: ['tenant:read'] })
    const guests = members.map((member) => ({ ...member, role: 'guest' }))
    expect(await given.as('host').in(acme).members.addOrInvite({ members: guests })).toMatchObject([
      { status: 'invited' },
    ])
    await refusal(given, 'forbidden', () =>
      given
        .as('host')
        .in(acme)
        .members.addOrInvite({
          members: [...guests, { email: 'other@example.com', role: 'guest' }],
        }),
    )
  })

  it('refuses a list that is none, empty, or longer than a hundred', async () => {
    const given = await givenTwoTenants()
    const tooMany = Array.from({ length: 101 }, (_, at) => ({ email: `${at}@example.com`, role: 'viewer' }))
    for (const members of [[], tooMany, 'new@example.com', [{ email: 'new@example.com' }], null]) {
      // What a caller without types may hand in.
      await refusal(given, 'invalid_input', () =>
        given.inAcme('owner').members.addOrInvite({ members: members as never }),
      )
    }
  })
})
