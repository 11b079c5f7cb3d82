import { beforeEach, describe, expect, it } from 'vitest'
import { givenTwoTenants } from '../../testing/given-tenancy.js'
import { refusal } from '../../testing/refusal.js'

describe('an invitation to one’s own address, without its token', () => {
  let given: Awaited<ReturnType<typeof givenTwoTenants>>
  const invite = (role: string, by = 'admin') => given.invite(given.acme, by, { email: 'bob@example.com', role })
  const accept = (role?: string) => given.as('bob').invitations.acceptOwn({ tenantId: given.acme, role })
  beforeEach(async () => {
    given = await givenTwoTenants()
    await given.user('bob')
  })

  it('is accepted as what is offered or as less, and is used up', async () => {
    const token = await invite('admin')
    const events = await given.eventsOf(() => accept('editor'))
    expect(events).toMatchObject([
      { type: 'member.joined', actorId: 'bob', target: { type: 'member', id: 'bob' }, data: { role: 'editor' } },
    ])
    expect((await given.inAcme('bob').access()).roles).toEqual(['editor'])
    await refusal(given, 'invitation_not_found', () => accept('editor'))
    await refusal(given, 'invalid_token', () => given.as('bob').invitations.accept({ token }))
  })

  it.each([
    ['admin', 'member'],
    ['editor', 'member'],
    ['member', 'member'],
    ['dataset_operator', 'dataset_operator'],
    ['viewer', 'viewer'],
  ])('makes whoever is offered %s and does not choose a %s', async (offered, role) => {
    await invite(offered)
    await accept()
    expect((await given.inAcme('bob').access()).roles).toEqual([role])
  })

  it.each([
    ['member', 'admin'],
    ['editor', 'admin'],
    ['viewer', 'member'],
    ['dataset_operator', 'member'],
  ])('that offers %s makes nobody a %s', async (offered, role) => {
    await invite(offered)
    await refusal(given, 'forbidden', () => accept(role))
  })

  it.each(['owner', 'Admin', 'admin,owner', '', '*', '__proto__'])('makes nobody a "%s"', async (role) => {
    await invite('admin')
    await refusal(given, 'invalid_role', () => accept(role))
  })

  it('is none to anybody else, nor to an address that is not proven', async () => {
    await invite('member')
    await given.user('eve')
    const unknown = await refusal(given, 'invitation_not_found', () =>
      given.as('eve').invitations.acceptOwn({ tenantId: 'none' }),
    )
    for (const tenantId of [given.acme, given.zeta]) {
      const { message } = await refusal(given, 'invitation_not_found', () =>
        given.as('eve').invitations.acceptOwn({ tenantId }),
      )
      expect(message).toBe(unknown.message)
    }
    await given.system.users.update({ userId: 'bob', emailVerified: false })
    await refusal(given, 'invitation_not_found', () => accept())
    await refusal(given, 'invitation_not_found', () => given.as('bob').invitations.declineOwn({ tenantId: given.acme }))
  })

  it('is none once it is revoked or expired, the inviter has lost the right, or the tenant is archived', async () => {
    await invite('editor', 'other-admin')
    await given.inAcme('owner').members.changeRoles({ userId: 'other-admin', roles: ['editor'] })
    await refusal(given, 'invitation_not_found', () => accept())
    await given.inAcme('owner').members.changeRoles({ userId: 'other-admin', roles: ['admin'] })
    await given.inAcme('owner').archive()
    await refusal(given, 'invitation_not_found', () => accept())
    await given.inAcme('owner').restore()
    given.tick(72 * 60 * 60 * 1000)
    await refusal(given, 'invitation_not_found', () => accept())
    await invite('editor')
    const [pending] = (await given.inAcme('admin').invitations.list({ status: 'pending' })).items
    await given.inAcme('admin').invitations.revoke({ invitationId: pending?.id ?? '' })
    await refusal(given, 'invitation_not_found', () => accept())
  })

  it('is turned down once', async () => {
    await invite('member')
    const events = await given.eventsOf(() => given.as('bob').invitations.declineOwn({ tenantId: given.acme }))
    expect(events).toMatchObject([{ type: 'invitation.declined', actorId: 'bob', data: { email: 'bob@example.com' } }])
    await refusal(given, 'invitation_not_found', () => given.as('bob').invitations.declineOwn({ tenantId: given.acme }))
    await refusal(given, 'recently_declined', () => invite('member'))
  })

  it('makes one member, whichever of two ways is taken at once', async () => {
    const token = await invite('member')
    const answers = await Promise.allSettled([accept(), given.as('bob').invitations.accept({ token }), accept()])
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(given.heard.filter(({ type, target }) => type === 'member.joined' && target.id === 'bob')).toHaveLength(1)
  })
})

describe('the invitations to one’s own address', () => {
  let given: Awaited<ReturnType<typeof givenTwoTenants>>
  const list = (userId = 'bob') => given.as(userId).invitations.listOwn()
  beforeEach(async () => {
    given = await givenTwoTenants()
    await given.user('bob')
  })

  it('are listed from all tenants, newest first, with what their mails say and without their tokens', async () => {
    expect(await list()).toEqual([])
    await given.invite(given.acme, 'admin', { email: 'BOB@example.com', role: 'editor' })
    given.tick(1)
    await given.invite(given.zeta, 'outsider', { email: 'bob@example.com', role: 'viewer' })
    const expiresAt = given.now() + 72 * 60 * 60 * 1000
    expect(await list()).toEqual([
      { tenantId: given.zeta, tenantName: "outsider's", email: 'bob@example.com', role: 'viewer', expiresAt },
      {
        tenantId: given.acme,
        tenantName: "owner's",
        email: 'BOB@example.com',
        role: 'editor',
        expiresAt: expiresAt - 1,
      },
    ])
    expect(await list('member')).toEqual([])
  })

  it('are none to a guest, and to an address that is not proven', async () => {
    await given.invite(given.acme, 'admin', { email: 'bob@example.com' })
    await refusal(given, 'unauthenticated', () => given.tenancy.as({ guest: true }).invitations.listOwn())
    await given.system.users.update({ userId: 'bob', emailVerified: false })
    expect(await list()).toEqual([])
  })

  it('are those alone that can be accepted', async () => {
    await given.invite(given.acme, 'other-admin', { email: 'bob@example.com' })
    await given.inAcme('owner').members.changeRoles({ userId: 'other-admin', roles: ['editor'] })
    expect(await list()).toEqual([])
    await given.inAcme('owner').members.changeRoles({ userId: 'other-admin', roles: ['admin'] })
    await given.inAcme('owner').archive()
    expect(await list()).toEqual([])
    await given.inAcme('owner').restore()
    expect(await list()).toHaveLength(1)
    given.tick(72 * 60 * 60 * 1000)
    expect(await list()).toEqual([])
    await given.invite(given.acme, 'admin', { email: 'new@example.com' })
    await given.system.users.update({ userId: 'viewer', email: 'new@example.com', emailVerified: true })
    expect(await list('viewer')).toEqual([])
  })
})
