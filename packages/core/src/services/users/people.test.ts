import { beforeEach, describe, expect, it } from 'vitest'
import { givenTenancy, givenTwoTenants } from '../../testing/given-tenancy.js'
import { plainHasher } from '../../testing/plain-hasher.js'
import { refusal } from '../../testing/refusal.js'
import { GUEST } from '../actor.js'

const PASSWORD = 'correct horse'

describe('accounts that users make for others', () => {
  let given: Awaited<ReturnType<typeof givenTenancy>>
  const make = (by: string, details: object = {}) =>
    given.as(by).users.create({ email: 'new@example.com', password: PASSWORD, ...details })
  beforeEach(async () => {
    given = await givenTenancy()
    await given.user('ann')
    await given.user('operator', { superuser: true })
  })

  it('are plain: nobody’s operator, at an address that is not proven, by whoever made them', async () => {
    const events = await given.eventsOf(async () => {
      expect(await make('ann', { name: 'Nell' })).toMatchObject({
        superuser: false,
        emailVerifiedAt: null,
        createdBy: 'ann',
      })
    })
    expect(events).toMatchObject([{ type: 'user.created', actorId: 'ann', data: { superuser: false } }])
    const { user } = await given.tenancy.as(GUEST).users.signIn({ email: 'new@example.com', password: PASSWORD })
    expect(user.name).toBe('Nell')
  })

  it.each([{ superuser: true }, { emailVerified: true }, { id: 'mine' }])(
    'are made with %j by operators only',
    async (details) => {
      await refusal(given, 'forbidden', () => make('ann', details))
      await make('operator', details)
    },
  )

  it('are refused for a taken address, to guests, and beyond so many in an hour', async () => {
    await refusal(given, 'invalid_email', () => make('ann', { email: 'OPERATOR@example.com' }))
    await refusal(given, 'unauthenticated', () => given.tenancy.as(GUEST).users.create({ email: 'new@example.com' }))
    for (let count = 1; count < 100; count++) await make('ann', { email: `${count}@example.com` })
    await refusal(given, 'rate_limited', () => make('ann'))
    await make('operator')
  })
})

describe('accounts that people open for themselves', () => {
  const details = { email: 'New@Example.com', password: PASSWORD, name: 'Nell' }

  it('are signed in, plain, and told in their own chain', async () => {
    const given = await givenTenancy({ signUp: true })
    const events = await given.eventsOf(async () => {
      const { user, accessToken } = await given.tenancy.as(GUEST).users.signUp(details)
      expect(user).toMatchObject({ emailVerifiedAt: null, superuser: false, createdBy: null, name: 'Nell' })
      expect(await given.tenancy.authenticate(accessToken)).toMatchObject({ user: { id: user.id } })
    })
    expect(events.map(({ type, actorId }) => [type, actorId])).toEqual([
      ['user.created', null],
      ['access_token.issued', null],
    ])
    await refusal(given, 'invalid_email', () => given.tenancy.as(GUEST).users.signUp(details))
  })

  it('are refused where the host does not say so, before a password costs any work', async () => {
    let hashed = 0
    const given = await givenTenancy({ passwords: { ...plainHasher, hash: async () => `${++hashed}` } })
    await refusal(given, 'forbidden', () => given.tenancy.as(GUEST).users.signUp(details))
    expect(hashed).toBe(0)
  })

  it.each([{ superuser: true }, { emailVerified: true }, { id: 'mine' }, { password: 'short' }, { email: 'no' }])(
    'are refused with %j',
    async (wrong) => {
      const given = await givenTenancy({ signUp: true })
      const call = () => given.tenancy.as(GUEST).users.signUp({ ...details, ...wrong })
      await expect(call()).rejects.toMatchObject({ code: /^invalid_/ })
    },
  )

  it('are so many from one network address', async () => {
    const given = await givenTenancy({ signUp: true })
    const open = (count: number) =>
      given.tenancy.as({ ...GUEST, ip: '192.0.2.1' }).users.signUp({ ...details, email: `${count}@example.com` })
    for (let count = 0; count < 20; count++) await open(count)
    await refusal(given, 'rate_limited', () => open(20))
  })
})

describe('the directory of accounts', () => {
  let given: Awaited<ReturnType<typeof givenTwoTenants>>
  const list = async (by: string, filter: object = {}) =>
    (await given.as(by).users.list({ limit: 100, ...filter })).items.map(({ email }) => email.split('@')[0])
  beforeEach(async () => {
    given = await givenTwoTenants()
    await given.user('stranger')
    await given.user('operator', { superuser: true })
  })

  it('shows operators everybody', async () => {
    const page = await given.as('operator').users.list({ page: 1, limit: 100 })
    expect(page.total).toBe(10)
    expect(await given.system.users.list({ page: 1, limit: 100 })).toEqual(page)
    expect(await list('operator', { keyword: 'STRANGER@' })).toEqual(['stranger'])
  })

  it('shows others whom they share a tenant with or made, and themselves', async () => {
    expect(await list('stranger')).toEqual(['stranger'])
    expect((await list('viewer')).sort()).toEqual(
      ['owner', 'admin', 'other-admin', 'editor', 'dataset_operator', 'member', 'viewer'].sort(),
    )
    await given.as('stranger').users.create({ email: 'made@example.com' })
    expect((await list('stranger')).sort()).toEqual(['made', 'stranger'])
    expect(await list('stranger', { email: 'MADE@Example.com' })).toEqual(['made'])
    expect(await list('stranger', { email: 'ade@example.com' })).toEqual([])
    expect(await list('viewer', { email: 'outsider@example.com' })).toEqual([])
    expect((await given.as('stranger').users.list({ page: 1 })).total).toBe(2)
  })

  it('shows nobody more once they are removed or deactivated, or may not see members', async () => {
    await given.inAcme('owner').members.remove({ userId: 'viewer' })
    expect(await list('viewer')).toEqual(['viewer'])
    await given.inAcme('owner').members.deactivate({ userId: 'member' })
    expect(await list('member')).toEqual(['member'])
    await given.inAcme('owner').roles.create({ key: 'guest', name: 'Guest', rank: 5, permissions: ['tenant:read'] })
    await given.inAcme('owner').members.changeRoles({ userId: 'editor', roles: ['guest'] })
    expect(await list('editor')).toEqual(['editor'])
  })

  it('is open to everyone where the host says so, and to guests nowhere', async () => {
    await refusal(given, 'unauthenticated', () => given.tenancy.as(GUEST).users.list())
    await refusal(given, 'invalid_input', () => given.system.users.list({ keyword: 'a\0' }))
    await refusal(given, 'invalid_email', () => given.system.users.list({ email: 'stranger@' }))
    given = await givenTwoTenants({ userDirectory: 'everyone' })
    expect(await list('viewer', { email: 'outsider@example.com' })).toEqual(['outsider'])
    await refusal(given, 'unauthenticated', () => given.tenancy.as(GUEST).users.list())
  })

  it('answers one account by id or address: one’s own, and any to operators', async () => {
    const get = (by: string, named: { userId: string } | { email: string }) => given.as(by).users.get(named)
    expect((await get('viewer', { email: 'VIEWER@example.com' })).id).toBe('viewer')
    expect((await get('operator', { email: 'viewer@example.com' })).id).toBe('viewer')
    expect((await get('operator', { userId: 'viewer' })).id).toBe('viewer')
    for (const named of [{ email: 'owner@example.com' }, { email: 'nobody@example.com' }, { userId: 'owner' }]) {
      await refusal(given, 'forbidden', () => get('viewer', named))
    }
    await refusal(given, 'user_not_found', () => get('operator', { email: 'nobody@example.com' }))
    await refusal(given, 'invalid_input', () => get('operator', {} as { email: string }))
  })
})
