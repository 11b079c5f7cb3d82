import { beforeEach, describe, expect, it } from 'vitest'
import { GUEST } from '../../pipeline/actor.js'
import { added, twoTenantsFixture } from '../../../testing/fixtures/tenancy.js'
import { refusal } from '../../../testing/refusal.js'

const ADDRESS = 'victim@example.com'

describe('whose address it is', () => {
  let fixture: Awaited<ReturnType<typeof twoTenantsFixture>>
  const ensure = (id: string, email = ADDRESS, emailVerified = true) =>
    fixture.system.users.ensure({ id, email, emailVerified })
  const find = async (id: string) => fixture.storage.read.users.find(id)
  const mailbox = (id: string) => fixture.inAcme('owner').members.get({ userId: id })
  beforeEach(async () => {
    fixture = await twoTenantsFixture({ allowSignUp: true })
    await fixture.user('eve')
  })

  describe('a claim without a proof, against the host’s proof', () => {
    // prettier-ignore
    const squats: readonly (readonly [string, () => Promise<string>])[] = [
      ['signed up',            async () => (await fixture.tenancy.as(GUEST).users.signUp({ email: ADDRESS, password: 'the squatter’s' })).user.id],
      ['made by another user', async () => (await fixture.as('eve').users.create({ email: ADDRESS, password: 'the squatter’s' })).id],
      ['changed to it',        async () => (await fixture.as('eve').users.update({ email: ADDRESS, password: 'the squatter’s' })).id],
      ['of the host’s, who does not know', async () => (await ensure('mallory', ADDRESS, false)).id],
      ['opened by a link that the inviter saw', async () => {
        const token = await fixture.invite(fixture.zeta, 'outsider', { email: ADDRESS })
        return (await fixture.tenancy.as(GUEST).invitations.signUp({ token, password: 'the squatter’s' })).user.id
      }],
    ]

    it.each(squats)('gives way when it was %s', async (_, squat) => {
      const squatter = await squat()
      const events = await fixture.eventsOf(async () => {
        expect(await ensure('victim')).toMatchObject({
          id: 'victim',
          emailKey: ADDRESS,
          emailVerifiedAt: fixture.now(),
        })
      })
      expect(events.map(({ type, target }) => [type, target.id])).toEqual([
        ['user.email_removed', squatter],
        ['user.created', 'victim'],
      ])
      expect(await fixture.as(squatter).users.me()).toMatchObject({
        email: `${squatter}@no-address.invalid`,
        emailVerifiedAt: null,
      })
      const signIn = () => fixture.tenancy.as(GUEST).users.signIn({ email: ADDRESS, password: 'the squatter’s' })
      await refusal(fixture, 'invalid_credentials', signIn)
      const again = async () => void (await ensure('victim'))
      expect(await fixture.eventsOf(again)).toEqual([])
    })

    it.each(squats.slice(0, 3))('is refused afterwards when it is %s', async (_, squat) => {
      await ensure('victim')
      const refused = await squat().catch((error: { code: unknown }) => error.code)
      // As taken to who may list the account, as malformed to others.
      expect(['email_taken', 'invalid_email']).toContain(refused)
      expect(await find('victim')).toMatchObject({ emailKey: ADDRESS })
    })

    it('is made without the address afterwards when it is the host’s, once, and gets it with a proof', async () => {
      await ensure('victim')
      expect(await ensure('mallory', ADDRESS, false)).toMatchObject({ email: 'mallory@no-address.invalid' })
      expect(await fixture.eventsOf(async () => void (await ensure('mallory', ADDRESS, false)))).toEqual([])
      expect(await find('victim')).toMatchObject({ emailKey: ADDRESS, emailVerifiedAt: fixture.now() })
      expect(await ensure('mallory')).toMatchObject({ emailKey: ADDRESS })
      expect(await ensure('victim', ADDRESS, false)).toMatchObject({ email: 'victim@no-address.invalid' })
    })

    it('gives way to a proof of an operator’s, who takes no address that is proven', async () => {
      await fixture.tenancy.as(GUEST).users.signUp({ email: ADDRESS, password: 'the squatter’s' })
      const made = await fixture.system.users.create({ email: ADDRESS, emailVerified: true })
      expect(made.emailKey).toBe(ADDRESS)
      const take = () => fixture.system.users.update({ userId: 'eve', email: ADDRESS, emailVerified: true })
      await refusal(fixture, 'email_taken', take)
      await fixture.system.users.update({ userId: made.id, emailVerified: false })
      expect(await take()).toMatchObject({ emailKey: ADDRESS })
    })
  })

  it('keeps a proof by mail that the host knows nothing of, and not one it denies', async () => {
    await fixture.system.users.ensure({ id: 'ann', email: ADDRESS })
    const token = await fixture.inviteByEmail(fixture.acme, 'owner', { email: ADDRESS })
    await fixture.as('ann').invitations.accept({ token })
    expect(await fixture.system.users.ensure({ id: 'ann', email: ADDRESS })).toMatchObject({
      emailVerifiedAt: fixture.now(),
    })
    expect(await ensure('ann', ADDRESS, false)).toMatchObject({ emailVerifiedAt: null })
  })

  it('is the person’s whom the host has made anew, also when the first one owns tenants', async () => {
    await ensure('first')
    const { id } = await fixture.as('first').tenants.create({ name: 'Theirs' })
    await fixture.join(id, 'viewer', { role: 'viewer', invitedBy: 'first' })
    expect(await ensure('second')).toMatchObject({ id: 'second', emailKey: ADDRESS })
    expect(await find('first')).toMatchObject({ email: 'first@no-address.invalid', status: 'active' })
    expect((await fixture.storage.read.tenants.find(id))?.ownerId).toBe('first')
    await refusal(fixture, 'tenant_not_found', () => fixture.as('second').in(id).get())
    expect(await ensure('first', 'another@example.com')).toMatchObject({ emailKey: 'another@example.com' })
  })

  it.each([true, false])('is exchanged between two people, in both orders, proven: %s', async (isProven) => {
    for (const [one, other] of [
      ['a', 'b'],
      ['b', 'a'],
    ] as const) {
      await ensure('a', 'a@example.com', isProven)
      await ensure('b', 'b@example.com', isProven)
      expect(await find('a')).toMatchObject({ emailKey: 'a@example.com' })
      await ensure(one, `${other}@example.com`, isProven)
      await ensure(other, `${one}@example.com`, isProven)
      expect(await find(one)).toMatchObject({ emailKey: `${other}@example.com` })
      expect(await find(other)).toMatchObject({ emailKey: `${one}@example.com` })
      expect(await fixture.eventsOf(async () => void (await ensure(one, `${other}@example.com`, isProven)))).toEqual([])
    }
  })

  it('is free once the host has deleted an account', async () => {
    await ensure('first')
    await fixture.system.users.delete({ userId: 'first' })
    expect(await ensure('second', ADDRESS, false)).toMatchObject({ emailKey: ADDRESS })
    await refusal(fixture, 'unauthenticated', () => ensure('first'))
  })

  it('sends no email to an account without an address', async () => {
    await ensure('first')
    await fixture.join(fixture.acme, 'eve', { role: 'viewer', invitedBy: 'owner' })
    await ensure('second', 'eve@example.com')
    expect((await mailbox('eve')).user.email).toBe('eve@no-address.invalid')
    const first = await fixture.inAcme('owner').ownership.start()
    const { token } = await fixture.inAcme('owner').ownership.verify({ token: first.token, code: '000001' })
    await fixture.inAcme('owner').ownership.complete({ userId: 'eve', token })
    await fixture.tenancy.flushEmails()
    expect(fixture.sent.map(({ to }) => to)).not.toContain('eve@no-address.invalid')
    expect(fixture.sent.at(-1)?.to).toBe('owner@example.com')
  })
})

describe('an account that waits for its person', () => {
  let fixture: Awaited<ReturnType<typeof twoTenantsFixture>>
  let waiting: string
  const ensure = (id: string, emailVerified: boolean) =>
    fixture.system.users.ensure({ id, email: ADDRESS, emailVerified })
  const membership = (userId: string) => fixture.storage.read.memberships.find({ tenantId: fixture.acme, userId })
  beforeEach(async () => {
    fixture = await twoTenantsFixture()
    waiting = added(await fixture.inAcme('admin').members.add({ email: ADDRESS, role: 'editor' })).member.userId
  })

  it('is taken over by the host’s proof, with its memberships, in one go', async () => {
    const { user: _, ...before } = (await membership(waiting)) ?? { user: null }
    const events = await fixture.eventsOf(async () => void (await ensure('victim', true)))
    expect(events.map(({ type, target }) => [type, target.id])).toEqual([
      ['user.created', 'victim'],
      ['member.claimed', 'victim'],
      ['user.claimed', waiting],
    ])
    expect(await membership('victim')).toMatchObject({ ...before, userId: 'victim' })
    expect(await membership(waiting)).toBeNull()
    expect(await fixture.storage.read.users.find(waiting)).toMatchObject({ status: 'deleted', waitingSince: null })
    expect((await fixture.as('victim').in(fixture.acme).access()).roles).toEqual(['editor'])
    expect(await fixture.eventsOf(async () => void (await ensure('victim', true)))).toEqual([])
  })

  it('waits on without a proof, and the host’s person has no address meanwhile, and no 409', async () => {
    expect(await ensure('victim', false)).toMatchObject({ email: 'victim@no-address.invalid' })
    expect(await fixture.eventsOf(async () => void (await ensure('victim', false)))).toEqual([])
    await refusal(fixture, 'tenant_not_found', () => fixture.as('victim').in(fixture.acme).get())
    await ensure('victim', true)
    expect((await fixture.as('victim').in(fixture.acme).access()).roles).toEqual(['editor'])
  })

  it('hands over what it owns and runs, and leaves alone where the person is a member already', async () => {
    const owner = fixture.inAcme('owner')
    const doc = await owner.resources.create({ type: 'invoice', id: 'doc', name: 'Doc' })
    await owner.resources.transfer({ type: 'invoice', id: doc.id, userId: waiting })
    const umbrella = (await fixture.system.organizations.create({ shortName: 'umbrella', adminId: waiting })).id
    const first = await owner.ownership.start()
    const { token } = await owner.ownership.verify({ token: first.token, code: '000001' })
    await owner.ownership.complete({ userId: waiting, token })
    await fixture.as('outsider').in(fixture.zeta).members.add({ email: ADDRESS, role: 'admin' })
    await fixture.system.users.ensure({ id: 'victim', email: 'old@example.com', emailVerified: true })
    const invited = await fixture.invite(fixture.zeta, 'outsider', { email: 'old@example.com', role: 'viewer' })
    await fixture.as('victim').invitations.accept({ token: invited })
    await ensure('victim', true)
    expect(
      await fixture.storage.read.resources.find({ tenantId: fixture.acme, type: 'invoice', id: 'doc' }),
    ).toMatchObject({
      ownerId: 'victim',
    })
    expect(await fixture.as('victim').in(fixture.acme).get()).toMatchObject({ tenant: { ownerId: 'victim' } })
    expect((await fixture.as('victim').in(fixture.zeta).access()).roles).toEqual(['viewer'])
    expect(await fixture.storage.read.memberships.listByUser(waiting)).toEqual([])
    const { organizationMembers } = fixture.storage.read
    expect(await organizationMembers.find({ organizationId: umbrella, userId: 'victim' })).toMatchObject({
      admin: true,
    })
    expect(await organizationMembers.listByUser(waiting)).toEqual([])
    expect(await fixture.as('victim').in(fixture.acme).events.verify()).toMatchObject({ intact: true })
  })

  it('is not taken over after an operator disabled it or somebody used it', async () => {
    await fixture.system.users.update({ userId: waiting, status: 'disabled' })
    await ensure('victim', true)
    expect([await membership('victim'), (await membership(waiting))?.userId]).toEqual([null, waiting])
    const email = 'acting@example.com'
    const acting = added(await fixture.inAcme('admin').members.add({ email, role: 'editor' })).member.userId
    await fixture.as(acting).in(fixture.acme).resources.create({ type: 'invoice', id: 'theirs', name: 'Theirs' })
    await fixture.system.users.ensure({ id: 'other', email, emailVerified: true })
    expect([await membership('other'), (await membership(acting))?.userId]).toEqual([null, acting])
  })
})
