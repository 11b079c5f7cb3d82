import { beforeEach, describe, expect, it } from 'vitest'
import { memoryStorage } from '../../storage/memory-storage/memory-storage.js'
import type { Storage } from '../../storage/port.js'
import { activationIn, added, twoTenantsFixture } from '../../testing/fixtures/tenancy.js'
import { GUEST } from '../pipeline/actor.js'

type Fixture = Awaited<ReturnType<typeof twoTenantsFixture>>

// Some commands look something up first, to know what to lock. What others do in between must count.
describe('between the look and the lock', () => {
  let fixture: Fixture
  let token: string
  let meanwhile: (() => Promise<unknown>) | null
  beforeEach(async () => {
    meanwhile = null
    const storage = memoryStorage()
    const transaction: Storage['transaction'] = async (locks, work) => {
      if (meanwhile && Object.keys(locks).length > 0) {
        const first = meanwhile
        meanwhile = null
        await first()
      }
      return storage.transaction(locks, work)
    }
    fixture = await twoTenantsFixture({ storage: { ...storage, transaction } })
    await fixture.user('new')
    token = await fixture.invite(fixture.acme, 'admin', { email: 'new@example.com' })
  })

  /** The code that refuses a call while `happens` comes in between; nothing but `happens` has an effect. */
  async function refusedAfter(happens: () => Promise<unknown>, call: () => Promise<unknown>): Promise<unknown> {
    let between: unknown
    meanwhile = async () => {
      await happens()
      between = await fixture.state()
    }
    const { code } = await call().then(
      () => ({ code: 'not refused' }),
      (error: { code: unknown }) => error,
    )
    expect(await fixture.state()).toEqual(between)
    return code
  }
  const pending = async () => {
    const { items } = await fixture.inAcme('owner').invitations.list({ status: 'pending' })
    return items.find(({ email }) => email === 'new@example.com')?.id ?? ''
  }

  // prettier-ignore
  const happenings: readonly (readonly [string, () => Promise<unknown>])[] = [
    ['is revoked',               async () => fixture.inAcme('owner').invitations.revoke({ invitationId: await pending() })],
    ['is resent',                async () => fixture.inAcme('owner').invitations.resend({ invitationId: await pending() })],
    ['is declined',              () => fixture.tenancy.as(GUEST).invitations.decline({ token })],
    ['expires',                  async () => fixture.tick(72 * 3_600_000)],
    ['loses its tenant',         () => fixture.inAcme('owner').archive()],
    ['loses its inviter',        () => fixture.inAcme('owner').members.remove({ userId: 'admin' })],
    ['outranks its inviter',     () => fixture.inAcme('owner').members.setRoles({ userId: 'admin', roles: ['viewer'] })],
    ['has its inviter disabled', () => fixture.system.users.update({ userId: 'admin', status: 'disabled' })],
  ]

  it.each(happenings)('an invitation that %s is not accepted', async (_, happens) => {
    expect(await refusedAfter(happens, () => fixture.as('new').invitations.accept({ token }))).toBe('invalid_token')
  })

  it.each(happenings)('an invitation that %s is not declined', async (_, happens) => {
    const decline = () => fixture.tenancy.as(GUEST).invitations.decline({ token })
    expect(await refusedAfter(happens, decline)).toBe('invalid_token')
  })

  it.each(happenings)('an invitation that %s makes no account', async (_, happens) => {
    await fixture.system.users.update({ userId: 'new', email: 'other@example.com' })
    expect(await refusedAfter(happens, () => fixture.tenancy.as(GUEST).invitations.signUp({ token }))).toBe(
      'invalid_token',
    )
  })

  it('an invitation is not accepted by an account that is disabled, deleted or moved to another address', async () => {
    const accept = () => fixture.as('new').invitations.accept({ token })
    const update = (changes: object) => () => fixture.system.users.update({ userId: 'new', ...changes })
    expect(await refusedAfter(update({ emailVerified: false }), accept)).toBe('forbidden')
    expect(await refusedAfter(update({ email: 'other@example.com', emailVerified: true }), accept)).toBe('forbidden')
    expect(await refusedAfter(update({ status: 'disabled' }), accept)).toBe('unauthenticated')
    await fixture.system.users.update({ userId: 'new', status: 'active' })
    expect(await refusedAfter(() => fixture.as('new').users.delete(), accept)).toBe('unauthenticated')
  })

  it('an account that joins a tenant is not deleted over its head, and the next try finds it', async () => {
    const join = () => fixture.as('new').invitations.accept({ token })
    expect(await refusedAfter(join, () => fixture.as('new').users.delete())).toBe('conflict')
    await fixture.as('new').users.delete()
    expect(await fixture.storage.read.memberships.find({ tenantId: fixture.acme, userId: 'new' })).toBeNull()
  })

  it('deleting an account: one that joins an organization is kept, and the next try takes it out of there', async () => {
    const groupId = await fixture.organization('owner')
    const join = () => fixture.system.organization(groupId).members.add({ userId: 'new', admin: true })
    expect(await refusedAfter(join, () => fixture.as('new').users.delete())).toBe('conflict')
    await fixture.as('new').users.delete()
    expect(await fixture.storage.read.organizationMembers.listByUser('new')).toEqual([])
  })

  it('an account that becomes an owner is not deleted', async () => {
    const first = await fixture.inAcme('owner').ownership.start()
    const { token: second } = await fixture.inAcme('owner').ownership.verify({ token: first.token, code: '000001' })
    const handOver = () => fixture.inAcme('owner').ownership.complete({ userId: 'editor', token: second })
    expect(await refusedAfter(handOver, () => fixture.as('editor').users.delete())).toBe('user_owns_tenants')
  })

  it('an account whose operator loses the office is not touched', async () => {
    await fixture.user('operator', { superuser: true })
    const dismiss = () => fixture.system.users.update({ userId: 'operator', superuser: false })
    const calls = [
      () => fixture.as('operator').users.update({ userId: 'editor', name: 'New', password: 'correct horse' }),
      () => fixture.as('operator').users.delete({ userId: 'editor' }),
      () => fixture.as('operator').users.create({ email: 'fresh@example.com', emailVerified: true }),
      () => fixture.as('operator').users.ensure({ id: 'fresh', email: 'fresh@example.com' }),
      () => fixture.as('operator').accessTokens.create({ userId: 'editor' }),
    ]
    for (const call of calls) {
      await fixture.system.users.update({ userId: 'operator', superuser: true })
      expect(await refusedAfter(dismiss, call)).toBe('forbidden')
    }
  })

  it('a token that is revoked is not ended a second time', async () => {
    const { accessToken, token: issued } = await fixture.as('new').accessTokens.create()
    const revoke = () => fixture.as('new').accessTokens.revoke({ tokenId: issued.id })
    const signOut = () => fixture.tenancy.as(GUEST).users.signOut({ accessToken })
    expect(await refusedAfter(revoke, signOut)).toBe('unauthenticated')
  })

  it('an address that gets an account is added with that account, whose name stays', async () => {
    const fresh = { id: 'fresh', email: 'fresh@example.com', emailVerified: true, name: 'Own name' }
    meanwhile = () => fixture.system.users.create(fresh)
    const { member, created } = added(
      await fixture.inAcme('owner').members.add({ email: 'fresh@example.com', role: 'member', name: 'Another' }),
    )
    // Others see a stranger as they were typed; the account is as it was.
    expect([member.userId, member.user.name, created]).toEqual(['fresh', 'Another', false])
    expect((await fixture.system.users.get({ userId: 'fresh' })).name).toBe('Own name')
  })

  it('an address whose account moves away, or is taken by another, is added with the account it has then', async () => {
    const move = async () => {
      await fixture.system.users.update({ userId: 'new', email: 'elsewhere@example.com' })
      await fixture.system.users.create({ id: 'heir', email: 'new@example.com', emailVerified: true })
    }
    meanwhile = move
    const { member } = added(await fixture.inAcme('owner').members.add({ email: 'new@example.com', role: 'member' }))
    expect(member.userId).toBe('heir')
    await fixture.user('outsider-2')
    meanwhile = () => fixture.system.users.delete({ userId: 'outsider-2' })
    const again = added(await fixture.inAcme('owner').members.add({ email: 'outsider-2@example.com', role: 'member' }))
    expect([again.created, again.member.userId === 'outsider-2']).toEqual([true, false])
  })

  it('an admin who is demoted adds nobody', async () => {
    const demote = () => fixture.inAcme('owner').members.setRoles({ userId: 'admin', roles: ['viewer'] })
    const add = () => fixture.inAcme('admin').members.add({ email: 'fresh@example.com', role: 'member' })
    expect(await refusedAfter(demote, add)).toBe('forbidden')
  })

  it('an activation that is overtaken by a password opens nothing', async () => {
    const slow = { email: 'slow@example.com', role: 'member' }
    const { id } = added(await fixture.inAcme('owner').members.add(slow)).member.user
    await fixture.tenancy.flushEmails()
    const activation = activationIn(fixture.sent.at(-1)?.text)
    const setPassword = () => fixture.system.users.update({ userId: id, password: 'battery staple' })
    const activate = () => fixture.tenancy.as(GUEST).users.activate({ token: activation, password: 'correct horse' })
    expect(await refusedAfter(setPassword, activate)).toBe('invalid_token')
  })

  it('a transfer that is begun anew is not verified by its first code, right as it was', async () => {
    const first = await fixture.inAcme('owner').ownership.start()
    const restart = async () => {
      fixture.tick(60_000)
      await fixture.inAcme('owner').ownership.start()
    }
    const verify = () => fixture.inAcme('owner').ownership.verify({ token: first.token, code: '000001' })
    expect(await refusedAfter(restart, verify)).toBe('invalid_token')
  })
})
