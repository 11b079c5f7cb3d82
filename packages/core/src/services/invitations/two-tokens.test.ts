import { beforeEach, describe, expect, it } from 'vitest'
import { GUEST } from '../actor.js'
import { added, givenTwoTenants, tokenIn } from '../../testing/given-tenancy.js'
import { refusal } from '../../testing/refusal.js'

const ADDRESS = 'cfo@acme.example'

describe('the two tokens of an invitation', () => {
  let given: Awaited<ReturnType<typeof givenTwoTenants>>
  const guest = () => given.tenancy.as(GUEST).invitations
  const seen = (tenantId: string, by: string, role?: string) =>
    given.invite(tenantId, by, { email: ADDRESS, ...(role ? { role } : {}) })
  const mailed = (tenantId: string, by: string, role?: string) =>
    given.inviteByMail(tenantId, by, { email: ADDRESS, ...(role ? { role } : {}) })
  beforeEach(async () => {
    given = await givenTwoTenants()
  })

  it('an account opened by the link that its inviter saw is in that tenant alone, and proves nothing', async () => {
    const token = await seen(given.zeta, 'outsider')
    const { user } = await guest().signUp({ token, password: 'the attacker’s' })
    expect(user.emailVerifiedAt).toBeNull()
    await seen(given.acme, 'owner', 'admin')
    expect(await given.as(user.id).invitations.listOwn()).toEqual([])
    await refusal(given, 'invitation_not_found', () =>
      given.as(user.id).invitations.acceptOwn({ tenantId: given.acme }),
    )
    await refusal(given, 'tenant_not_found', () => given.as(user.id).in(given.acme).get())
  })

  it('the one that was mailed proves the address of a new account', async () => {
    const { user } = await guest().signUp({ token: await mailed(given.acme, 'owner') })
    expect(user.emailVerifiedAt).toBe(given.now())
  })

  it('are two, both replaced when the invitation is sent again', async () => {
    const { invitation, link } = await given.inAcme('owner').members.invite({ email: ADDRESS, role: 'member' })
    await given.tenancy.deliverMails()
    const first = [tokenIn(link), /token=(\S+)/.exec(given.sent.at(-1)?.text ?? '')?.[1] ?? '']
    expect(new Set(first).size).toBe(2)
    for (const token of first) expect(await guest().preview({ token })).not.toBeNull()
    await given.inAcme('owner').invitations.resend({ invitationId: invitation.id })
    for (const token of first) expect(await guest().preview({ token })).toBeNull()
    for (const token of first) await refusal(given, 'invalid_token', () => guest().signUp({ token }))
  })

  it('nothing proves an address where no mail is sent', async () => {
    given = await givenTwoTenants({ ...({ mailer: undefined } as object) })
    const { user } = await guest().signUp({ token: await seen(given.acme, 'owner') })
    expect(user.emailVerifiedAt).toBeNull()
  })

  it('an account with the invited address needs the mailed one, which proves it', async () => {
    await given.user('bob', { emailVerified: false })
    const terms = { email: 'bob@example.com' }
    const shown = await given.invite(given.zeta, 'outsider', terms)
    await refusal(given, 'forbidden', () => given.as('bob').invitations.accept({ token: shown }))
    const token = await given.inviteByMail(given.acme, 'owner', terms)
    const events = await given.eventsOf(() => given.as('bob').invitations.accept({ token }))
    expect(events.map(({ type, data }) => [type, data])).toMatchObject([
      ['user.updated', { changed: ['emailVerifiedAt'] }],
      ['member.joined', {}],
    ])
    expect((await given.as('bob').users.me()).emailVerifiedAt).toBe(given.now())
  })

  it('the mailed one takes the address from who has no proof; the other does not', async () => {
    const squatter = await given.system.users.create({ email: ADDRESS, password: 'the squatter’s' })
    const shown = await seen(given.acme, 'owner')
    await refusal(given, 'unauthenticated', () => guest().signUp({ token: shown }))
    const token = await mailed(given.acme, 'owner', 'admin')
    const { user } = await guest().signUp({ token })
    expect(user).toMatchObject({ emailKey: ADDRESS, emailVerifiedAt: given.now() })
    expect(await given.as(squatter.id).users.me()).toMatchObject({ email: `${squatter.id}@no-address.invalid` })
  })

  describe('an account that was made by an add', () => {
    let waiting: string
    beforeEach(async () => {
      given = await givenTwoTenants({ ...({ activationLink: undefined } as object) })
      waiting = added(await given.inAcme('admin').members.add({ email: ADDRESS, role: 'editor' })).member.userId
    })

    it('is opened by the mailed token of any later invitation, as looking at it says', async () => {
      const token = await mailed(given.zeta, 'outsider')
      expect(await guest().preview({ token })).toMatchObject({ tenantId: given.zeta })
      const { user } = await guest().signUp({ token, password: 'correct horse', name: 'Cleo' })
      expect(user).toMatchObject({ id: waiting, name: 'Cleo', emailVerifiedAt: given.now(), waitingSince: null })
      expect((await given.as(waiting).in(given.acme).access()).roles).toEqual(['editor'])
      expect((await given.as(waiting).in(given.zeta).access()).roles).toEqual(['member'])
      await given.tenancy.as(GUEST).users.signIn({ email: ADDRESS, password: 'correct horse' })
    })

    it('gives way to a new one by a link that an inviter saw, once it is in no tenant any more, with what was denied', async () => {
      await given.inAcme('owner').members.remove({ userId: waiting })
      const token = await seen(given.zeta, 'outsider')
      const { user } = await guest().signUp({ token })
      expect(user).toMatchObject({ emailKey: ADDRESS, emailVerifiedAt: null })
      expect(await given.storage.read.users.find(waiting)).toMatchObject({ status: 'deleted' })
      const { formerMembers } = given.storage.read
      expect(await formerMembers.find({ tenantId: given.acme, userId: user.id })).toMatchObject({ ending: 'removed' })
    })
  })

  it.each([{ emailVerified: true }, { superuser: true }])(
    'the link that its inviter saw opens no waiting account that an operator gave %j',
    async (byOperator) => {
      const { userId } = added(await given.inAcme('owner').members.add({ email: ADDRESS, role: 'viewer' })).member
      await given.system.users.update({ userId, ...byOperator })
      await given.inAcme('owner').members.remove({ userId })
      const token = await seen(given.zeta, 'outsider')
      await refusal(given, 'unauthenticated', () => guest().signUp({ token, password: 'the attacker’s' }))
    },
  )
})
