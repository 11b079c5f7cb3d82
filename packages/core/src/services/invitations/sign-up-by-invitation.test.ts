import { beforeEach, describe, expect, it } from 'vitest'
import { memoryStorage } from '../../storage/memory-storage/memory-storage.js'
import { givenTwoTenants } from '../../testing/given-tenancy.js'
import { plainHasher } from '../../testing/plain-hasher.js'
import { refusal } from '../../testing/refusal.js'
import { withStorage } from '../../testing/with-storage.js'

describe('signing up by an invitation', () => {
  let given: Awaited<ReturnType<typeof givenTwoTenants>>
  let token: string
  const signUp = (details: object = {}) => given.tenancy.as({ guest: true }).invitations.signUp({ token, ...details })
  beforeEach(async () => {
    given = await givenTwoTenants()
    token = await given.invite(given.acme, 'admin', { email: 'New@example.com', role: 'editor' })
  })

  it('makes account, membership and session, welcomes by mail, and tells each', async () => {
    const events = await given.eventsOf(async () => {
      const { user, membership, accessToken, tenant } = await signUp({ name: 'Nell', password: 'correct horse' })
      expect(user).toMatchObject({
        email: 'New@example.com',
        name: 'Nell',
        emailVerifiedAt: null,
        superuser: false,
      })
      expect([membership.roles, tenant.id]).toEqual([['editor'], given.acme])
      expect(await given.tenancy.authenticate(accessToken)).toMatchObject({ user: { id: user.id } })
      expect((await given.as(user.id).in(given.acme).access()).roles).toEqual(['editor'])
    })
    expect(events.map(({ type }) => type)).toEqual(['user.created', 'access_token.issued', 'member.joined'])
    await given.tenancy.deliverMails()
    expect(given.sent.at(-1)?.to).toBe('New@example.com')
    await given.tenancy.as({ guest: true }).users.signIn({ email: 'new@example.com', password: 'correct horse' })
  })

  it('works once', async () => {
    await signUp()
    await refusal(given, 'invalid_token', () => signUp())
  })

  it('never touches an account there is: its owner signs in and accepts', async () => {
    const { id } = await given.system.users.create({ email: 'new@EXAMPLE.com', password: 'the old one' })
    await refusal(given, 'unauthenticated', () => signUp({ password: 'a new one' }))
    await given.system.users.update({ userId: id, status: 'disabled' })
    await refusal(given, 'unauthenticated', () => signUp({ password: 'a new one' }))
  })

  it('makes a new account for the address of a deleted one, with nothing of its past', async () => {
    const old = await given.system.users.create({ email: 'new@example.com', emailVerified: true })
    await given.system.users.delete({ userId: old.id })
    const { user } = await signUp()
    expect(user.id).not.toBe(old.id)
    expect((await given.as(user.id).tenants.list()).items).toHaveLength(1)
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
    const { details } = await refusal(given, 'invalid_input', () => signUp({ [field]: 'owner' }))
    expect(details.field).toBe(field)
  })

  it.each([
    { password: 'short' },
    { password: 'x'.repeat(1025) },
    { name: ' ' },
    { language: 'english' },
    { timeZone: '../x' },
  ])('refuses %j', async (details) => {
    await refusal(given, 'invalid_input', () => signUp(details))
  })

  it('asks an account made in the same moment to sign in', async () => {
    const storage = memoryStorage()
    // The address is free when looked up, and taken when written: as on a database with several writers.
    const blind = withStorage(storage, { tx: (tx) => ({ users: { ...tx.users, findByEmailKey: async () => null } }) })
    given = await givenTwoTenants({ storage: blind })
    token = await given.invite(given.acme, 'admin', { email: 'new@example.com' })
    await given.user('new')
    await refusal(given, 'unauthenticated', () => signUp())
  })

  it('spends no work on a password for a token that opens nothing', async () => {
    let hashed = 0
    const passwords = { ...plainHasher, hash: async () => `${++hashed}` }
    given = await givenTwoTenants({ passwords })
    await refusal(given, 'invalid_token', () => signUp({ token: 'invented', password: 'correct horse' }))
    expect(hashed).toBe(0)
  })
})
