import { beforeEach, describe, expect, it } from 'vitest'
import { GUEST } from '../../pipeline/actor.js'
import { added, twoTenantsFixture, tokenIn } from '../../../testing/fixtures/tenancy.js'
import { refusal } from '../../../testing/refusal.js'

const ADDRESS = 'cfo@acme.example'

describe('the two tokens of an invitation', () => {
  let fixture: Awaited<ReturnType<typeof twoTenantsFixture>>
  const guest = () => fixture.tenancy.as(GUEST).invitations
  const seen = (tenantId: string, by: string, role?: string) =>
    fixture.invite(tenantId, by, { email: ADDRESS, ...(role ? { role } : {}) })
  const mailed = (tenantId: string, by: string, role?: string) =>
    fixture.inviteByEmail(tenantId, by, { email: ADDRESS, ...(role ? { role } : {}) })
  beforeEach(async () => {
    fixture = await twoTenantsFixture()
  })

  it('an account opened by the link that its inviter saw is in that tenant alone, and proves nothing', async () => {
    const token = await seen(fixture.zeta, 'outsider')
    const { user } = await guest().signUp({ token, password: 'the attacker’s' })
    expect(user.emailVerifiedAt).toBeNull()
    await seen(fixture.acme, 'owner', 'admin')
    expect(await fixture.as(user.id).invitations.listMine()).toEqual([])
    await refusal(fixture, 'invitation_not_found', () =>
      fixture.as(user.id).invitations.acceptMine({ tenantId: fixture.acme }),
    )
    await refusal(fixture, 'tenant_not_found', () => fixture.as(user.id).in(fixture.acme).get())
  })

  it('the one that was mailed proves the address of a new account', async () => {
    const { user } = await guest().signUp({ token: await mailed(fixture.acme, 'owner') })
    expect(user.emailVerifiedAt).toBe(fixture.now())
  })

  it('are two, both replaced when the invitation is sent again', async () => {
    const { invitation, link } = await fixture.inAcme('owner').members.invite({ email: ADDRESS, role: 'member' })
    await fixture.tenancy.flushEmails()
    const first = [tokenIn(link), /token=(\S+)/.exec(fixture.sent.at(-1)?.text ?? '')?.[1] ?? '']
    expect(new Set(first).size).toBe(2)
    for (const token of first) expect(await guest().preview({ token })).not.toBeNull()
    await fixture.inAcme('owner').invitations.resend({ invitationId: invitation.id })
    for (const token of first) expect(await guest().preview({ token })).toBeNull()
    for (const token of first) await refusal(fixture, 'invalid_token', () => guest().signUp({ token }))
  })

  it('nothing proves an address where no mail is sent', async () => {
    fixture = await twoTenantsFixture({ ...({ mailer: undefined } as object) })
    const { user } = await guest().signUp({ token: await seen(fixture.acme, 'owner') })
    expect(user.emailVerifiedAt).toBeNull()
  })

  it('an account with the invited address needs the mailed one, which proves it', async () => {
    await fixture.user('bob', { emailVerified: false })
    const terms = { email: 'bob@example.com' }
    const shown = await fixture.invite(fixture.zeta, 'outsider', terms)
    await refusal(fixture, 'forbidden', () => fixture.as('bob').invitations.accept({ token: shown }))
    const token = await fixture.inviteByEmail(fixture.acme, 'owner', terms)
    const events = await fixture.eventsOf(() => fixture.as('bob').invitations.accept({ token }))
    expect(events.map(({ type, data }) => [type, data])).toMatchObject([
      ['user.updated', { changed: ['emailVerifiedAt'] }],
      ['member.joined', {}],
    ])
    expect((await fixture.as('bob').users.me()).emailVerifiedAt).toBe(fixture.now())
  })

  it('the mailed one takes the address from who has no proof; the other does not', async () => {
    const squatter = await fixture.system.users.create({ email: ADDRESS, password: 'the squatter’s' })
    const shown = await seen(fixture.acme, 'owner')
    await refusal(fixture, 'unauthenticated', () => guest().signUp({ token: shown }))
    const token = await mailed(fixture.acme, 'owner', 'admin')
    const { user } = await guest().signUp({ token })
    expect(user).toMatchObject({ emailKey: ADDRESS, emailVerifiedAt: fixture.now() })
    expect(await fixture.as(squatter.id).users.me()).toMatchObject({ email: `${squatter.id}@no-address.invalid` })
  })

  describe('an account that was made by an add', () => {
    let waiting: string
    beforeEach(async () => {
      fixture = await twoTenantsFixture({ ...({ activationLink: undefined } as object) })
      waiting = added(await fixture.inAcme('admin').members.add({ email: ADDRESS, role: 'editor' })).member.userId
    })

    it('is activated by the emailed token of any later invitation, as its preview states', async () => {
      const token = await mailed(fixture.zeta, 'outsider')
      expect(await guest().preview({ token })).toMatchObject({ tenantId: fixture.zeta })
      const { user } = await guest().signUp({ token, password: 'correct horse', name: 'Cleo' })
      expect(user).toMatchObject({ id: waiting, name: 'Cleo', emailVerifiedAt: fixture.now(), waitingSince: null })
      expect((await fixture.as(waiting).in(fixture.acme).access()).roles).toEqual(['editor'])
      expect((await fixture.as(waiting).in(fixture.zeta).access()).roles).toEqual(['member'])
      await fixture.tenancy.as(GUEST).users.signIn({ email: ADDRESS, password: 'correct horse' })
    })

    it('gives way to a new one by a link that an inviter saw, once it is in no tenant any more, with what was denied', async () => {
      await fixture.inAcme('owner').members.remove({ userId: waiting })
      const token = await seen(fixture.zeta, 'outsider')
      const { user } = await guest().signUp({ token })
      expect(user).toMatchObject({ emailKey: ADDRESS, emailVerifiedAt: null })
      expect(await fixture.storage.read.users.find(waiting)).toMatchObject({ status: 'deleted' })
      const { formerMembers } = fixture.storage.read
      expect(await formerMembers.find({ tenantId: fixture.acme, userId: user.id })).toMatchObject({ ending: 'removed' })
    })
  })

  it.each([{ emailVerified: true }, { superuser: true }])(
    'the link that its inviter saw opens no waiting account that an operator gave %j',
    async (byOperator) => {
      const { userId } = added(await fixture.inAcme('owner').members.add({ email: ADDRESS, role: 'viewer' })).member
      await fixture.system.users.update({ userId, ...byOperator })
      await fixture.inAcme('owner').members.remove({ userId })
      const token = await seen(fixture.zeta, 'outsider')
      await refusal(fixture, 'unauthenticated', () => guest().signUp({ token, password: 'the attacker’s' }))
    },
  )
})
