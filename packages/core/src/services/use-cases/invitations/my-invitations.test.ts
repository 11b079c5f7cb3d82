import { beforeEach, describe, expect, it } from 'vitest'
import { twoTenantsFixture } from '../../../testing/fixtures/tenancy.js'
import { refusal } from '../../../testing/refusal.js'

describe('an invitation to one’s own address, without its token', () => {
  let fixture: Awaited<ReturnType<typeof twoTenantsFixture>>
  const invite = (role: string, by = 'admin') => fixture.invite(fixture.acme, by, { email: 'bob@example.com', role })
  const accept = (role?: string) => fixture.as('bob').invitations.acceptMine({ tenantId: fixture.acme, role })
  beforeEach(async () => {
    fixture = await twoTenantsFixture()
    await fixture.user('bob')
  })

  it('is accepted as what is offered or as less, and is used up', async () => {
    const token = await invite('admin')
    const events = await fixture.eventsOf(() => accept('editor'))
    expect(events).toMatchObject([
      { type: 'member.joined', actorId: 'bob', target: { type: 'member', id: 'bob' }, data: { role: 'editor' } },
    ])
    expect((await fixture.inAcme('bob').access()).roles).toEqual(['editor'])
    await refusal(fixture, 'invitation_not_found', () => accept('editor'))
    await refusal(fixture, 'invalid_token', () => fixture.as('bob').invitations.accept({ token }))
  })

  it.each([
    ['admin', 'member'],
    ['editor', 'member'],
    ['member', 'member'],
    ['assistant', 'assistant'],
    ['viewer', 'viewer'],
  ])('makes whoever is offered %s and does not choose a %s', async (offered, role) => {
    await invite(offered)
    await accept()
    expect((await fixture.inAcme('bob').access()).roles).toEqual([role])
  })

  it.each([
    ['member', 'admin'],
    ['editor', 'admin'],
    ['viewer', 'member'],
    ['assistant', 'member'],
  ])('that offers %s makes nobody a %s', async (offered, role) => {
    await invite(offered)
    await refusal(fixture, 'forbidden', () => accept(role))
  })

  it.each(['owner', 'Admin', 'admin,owner', '', '*', '__proto__'])('makes nobody a "%s"', async (role) => {
    await invite('admin')
    await refusal(fixture, 'invalid_role', () => accept(role))
  })

  it('is none to anybody else, nor to an address that is not proven', async () => {
    await invite('member')
    await fixture.user('eve')
    const unknown = await refusal(fixture, 'invitation_not_found', () =>
      fixture.as('eve').invitations.acceptMine({ tenantId: 'none' }),
    )
    for (const tenantId of [fixture.acme, fixture.zeta]) {
      const { message } = await refusal(fixture, 'invitation_not_found', () =>
        fixture.as('eve').invitations.acceptMine({ tenantId }),
      )
      expect(message).toBe(unknown.message)
    }
    await fixture.system.users.update({ userId: 'bob', emailVerified: false })
    await refusal(fixture, 'invitation_not_found', () => accept())
    await refusal(fixture, 'invitation_not_found', () =>
      fixture.as('bob').invitations.declineMine({ tenantId: fixture.acme }),
    )
  })

  it('is none once it is revoked or expired, the inviter has lost the right, or the tenant is archived', async () => {
    await invite('editor', 'other-admin')
    await fixture.inAcme('owner').members.setRoles({ userId: 'other-admin', roles: ['editor'] })
    await refusal(fixture, 'invitation_not_found', () => accept())
    await fixture.inAcme('owner').members.setRoles({ userId: 'other-admin', roles: ['admin'] })
    await fixture.inAcme('owner').archive()
    await refusal(fixture, 'invitation_not_found', () => accept())
    await fixture.inAcme('owner').restore()
    fixture.tick(72 * 60 * 60 * 1000)
    await refusal(fixture, 'invitation_not_found', () => accept())
    await invite('editor')
    const [pending] = (await fixture.inAcme('admin').invitations.list({ status: 'pending' })).items
    await fixture.inAcme('admin').invitations.revoke({ invitationId: pending?.id ?? '' })
    await refusal(fixture, 'invitation_not_found', () => accept())
  })

  it('is turned down once', async () => {
    await invite('member')
    const events = await fixture.eventsOf(() => fixture.as('bob').invitations.declineMine({ tenantId: fixture.acme }))
    expect(events).toMatchObject([{ type: 'invitation.declined', actorId: 'bob', data: { email: 'bob@example.com' } }])
    await refusal(fixture, 'invitation_not_found', () =>
      fixture.as('bob').invitations.declineMine({ tenantId: fixture.acme }),
    )
    await refusal(fixture, 'recently_declined', () => invite('member'))
  })

  it('makes one member, whichever of two ways is taken at once', async () => {
    const token = await invite('member')
    const answers = await Promise.allSettled([accept(), fixture.as('bob').invitations.accept({ token }), accept()])
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(fixture.heard.filter(({ type, target }) => type === 'member.joined' && target.id === 'bob')).toHaveLength(1)
  })
})

describe('the invitations to one’s own address', () => {
  let fixture: Awaited<ReturnType<typeof twoTenantsFixture>>
  const list = (userId = 'bob') => fixture.as(userId).invitations.listMine()
  beforeEach(async () => {
    fixture = await twoTenantsFixture()
    await fixture.user('bob')
  })

  it('are listed from all tenants, newest first, with what their mails say and without their tokens', async () => {
    expect(await list()).toEqual([])
    await fixture.invite(fixture.acme, 'admin', { email: 'BOB@example.com', role: 'editor' })
    fixture.tick(1)
    await fixture.invite(fixture.zeta, 'outsider', { email: 'bob@example.com', role: 'viewer' })
    const expiresAt = fixture.now() + 72 * 60 * 60 * 1000
    expect(await list()).toEqual([
      { tenantId: fixture.zeta, tenantName: "outsider's", email: 'bob@example.com', role: 'viewer', expiresAt },
      {
        tenantId: fixture.acme,
        tenantName: "owner's",
        email: 'BOB@example.com',
        role: 'editor',
        expiresAt: expiresAt - 1,
      },
    ])
    expect(await list('member')).toEqual([])
  })

  it('are none to a guest, and to an address that is not proven', async () => {
    await fixture.invite(fixture.acme, 'admin', { email: 'bob@example.com' })
    await refusal(fixture, 'unauthenticated', () => fixture.tenancy.as({ guest: true }).invitations.listMine())
    await fixture.system.users.update({ userId: 'bob', emailVerified: false })
    expect(await list()).toEqual([])
  })

  it('are those alone that can be accepted', async () => {
    await fixture.invite(fixture.acme, 'other-admin', { email: 'bob@example.com' })
    await fixture.inAcme('owner').members.setRoles({ userId: 'other-admin', roles: ['editor'] })
    expect(await list()).toEqual([])
    await fixture.inAcme('owner').members.setRoles({ userId: 'other-admin', roles: ['admin'] })
    await fixture.inAcme('owner').archive()
    expect(await list()).toEqual([])
    await fixture.inAcme('owner').restore()
    expect(await list()).toHaveLength(1)
    fixture.tick(72 * 60 * 60 * 1000)
    expect(await list()).toEqual([])
    await fixture.invite(fixture.acme, 'admin', { email: 'new@example.com' })
    await fixture.system.users.update({ userId: 'viewer', email: 'new@example.com', emailVerified: true })
    expect(await list('viewer')).toEqual([])
  })
})
