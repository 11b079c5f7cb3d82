import { beforeEach, describe, expect, it } from 'vitest'
import { memoryStorage } from '../../../storage/memory-storage/memory-storage.js'
import { twoTenantsFixture } from '../../../testing/fixtures/tenancy.js'
import { plainHasher } from '../../../testing/plain-hasher.js'
import { refusal } from '../../../testing/refusal.js'
import { withStorage } from '../../../testing/with-storage.js'

describe('signing up by an invitation', () => {
  let fixture: Awaited<ReturnType<typeof twoTenantsFixture>>
  let token: string
  const signUp = (details: object = {}) => fixture.tenancy.as({ guest: true }).invitations.signUp({ token, ...details })
  beforeEach(async () => {
    fixture = await twoTenantsFixture()
    token = await fixture.invite(fixture.acme, 'admin', { email: 'New@example.com', role: 'editor' })
  })

  it('creates account, membership and session, sends a welcome email and appends an event for each', async () => {
    const events = await fixture.eventsOf(async () => {
      const { user, membership, accessToken, tenant } = await signUp({ name: 'Nell', password: 'correct horse' })
      expect(user).toMatchObject({
        email: 'New@example.com',
        name: 'Nell',
        emailVerifiedAt: null,
        superuser: false,
      })
      expect([membership.roles, tenant.id]).toEqual([['editor'], fixture.acme])
      expect(await fixture.tenancy.authenticate(accessToken)).toMatchObject({ user: { id: user.id } })
      expect((await fixture.as(user.id).in(fixture.acme).access()).roles).toEqual(['editor'])
    })
    expect(events.map(({ type }) => type)).toEqual(['user.created', 'access_token.issued', 'member.joined'])
    await fixture.tenancy.flushEmails()
    expect(fixture.sent.at(-1)?.to).toBe('New@example.com')
    await fixture.tenancy.as({ guest: true }).users.signIn({ email: 'new@example.com', password: 'correct horse' })
  })

  it('works once', async () => {
    await signUp()
    await refusal(fixture, 'invalid_token', () => signUp())
  })

  it('never touches an account there is: its owner signs in and accepts', async () => {
    const { id } = await fixture.system.users.create({ email: 'new@EXAMPLE.com', password: 'the old one' })
    await refusal(fixture, 'unauthenticated', () => signUp({ password: 'a new one' }))
    await fixture.system.users.update({ userId: id, status: 'disabled' })
    await refusal(fixture, 'unauthenticated', () => signUp({ password: 'a new one' }))
  })

  it('makes a new account for the address of a deleted one, with nothing of its past', async () => {
    const old = await fixture.system.users.create({ email: 'new@example.com', emailVerified: true })
    await fixture.system.users.delete({ userId: old.id })
    const { user } = await signUp()
    expect(user.id).not.toBe(old.id)
    expect((await fixture.as(user.id).tenants.list()).items).toHaveLength(1)
  })

  it.each([
    'email',
    'role',
    'roles',
    'tenantId',
    'superuser',
    'status',
    'emailVerified',
    'id',
    'userId',
    'passwordHash',
  ])('takes no %s from the caller', async (field) => {
    const { details } = await refusal(fixture, 'invalid_input', () => signUp({ [field]: 'owner' }))
    expect(details.field).toBe(field)
  })

  it.each([
    { password: 'short' },
    { password: 'x'.repeat(1025) },
    { name: ' ' },
    { language: 'english' },
    { timeZone: '../x' },
  ])('refuses %j', async (details) => {
    await refusal(fixture, 'invalid_input', () => signUp(details))
  })

  it('asks an account made in the same moment to sign in', async () => {
    const storage = memoryStorage()
    // The address is free when looked up, and taken when written: as on a database with several writers.
    const blind = withStorage(storage, { tx: (tx) => ({ users: { ...tx.users, findByEmailKey: async () => null } }) })
    fixture = await twoTenantsFixture({ storage: blind })
    token = await fixture.invite(fixture.acme, 'admin', { email: 'new@example.com' })
    await fixture.user('new')
    await refusal(fixture, 'unauthenticated', () => signUp())
  })

  it('spends no work on a password for a token that opens nothing', async () => {
    let hashed = 0
    const passwords = { ...plainHasher, hash: async () => `${++hashed}` }
    fixture = await twoTenantsFixture({ passwords })
    await refusal(fixture, 'invalid_token', () => signUp({ token: 'invented', password: 'correct horse' }))
    expect(hashed).toBe(0)
  })
})
