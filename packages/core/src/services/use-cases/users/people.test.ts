import { beforeEach, describe, expect, it } from 'vitest'
import { tenancyFixture, twoTenantsFixture } from '../../../testing/fixtures/tenancy.js'
import { plainHasher } from '../../../testing/plain-hasher.js'
import { refusal } from '../../../testing/refusal.js'
import { GUEST } from '../../pipeline/actor.js'

const PASSWORD = 'correct horse'

describe('accounts that users make for others', () => {
  let fixture: Awaited<ReturnType<typeof tenancyFixture>>
  const make = (by: string, details: object = {}) =>
    fixture.as(by).users.create({ email: 'new@example.com', password: PASSWORD, ...details })
  beforeEach(async () => {
    fixture = await tenancyFixture()
    await fixture.user('ann')
    await fixture.user('operator', { superuser: true })
  })

  it('are created without operator rights and with an unverified address', async () => {
    const events = await fixture.eventsOf(async () => {
      expect(await make('ann', { name: 'Nell' })).toMatchObject({
        superuser: false,
        emailVerifiedAt: null,
        createdBy: 'ann',
      })
    })
    expect(events).toMatchObject([{ type: 'user.created', actorId: 'ann', data: { superuser: false } }])
    const { user } = await fixture.tenancy.as(GUEST).users.signIn({ email: 'new@example.com', password: PASSWORD })
    expect(user.name).toBe('Nell')
  })

  it.each([{ superuser: true }, { emailVerified: true }, { id: 'mine' }])(
    'are made with %j by operators only',
    async (details) => {
      await refusal(fixture, 'forbidden', () => make('ann', details))
      await make('operator', details)
    },
  )

  it('are refused for a taken address, to guests, and beyond so many in an hour', async () => {
    await refusal(fixture, 'invalid_email', () => make('ann', { email: 'OPERATOR@example.com' }))
    await refusal(fixture, 'unauthenticated', () =>
      fixture.tenancy.as(GUEST).users.create({ email: 'new@example.com' }),
    )
    for (let count = 1; count < 100; count++) await make('ann', { email: `${count}@example.com` })
    await refusal(fixture, 'rate_limited', () => make('ann'))
    await make('operator')
  })
})

describe('accounts that people open for themselves', () => {
  const details = { email: 'New@Example.com', password: PASSWORD, name: 'Nell' }

  it('are signed in without operator rights, with an event in their own chain', async () => {
    const fixture = await tenancyFixture({ allowSignUp: true })
    const events = await fixture.eventsOf(async () => {
      const { user, accessToken } = await fixture.tenancy.as(GUEST).users.signUp(details)
      expect(user).toMatchObject({ emailVerifiedAt: null, superuser: false, createdBy: null, name: 'Nell' })
      expect(await fixture.tenancy.authenticate(accessToken)).toMatchObject({ user: { id: user.id } })
    })
    expect(events.map(({ type, actorId }) => [type, actorId])).toEqual([
      ['user.created', null],
      ['access_token.issued', null],
    ])
    await refusal(fixture, 'invalid_email', () => fixture.tenancy.as(GUEST).users.signUp(details))
  })

  it('are refused where the host does not say so, before a password costs any work', async () => {
    let hashed = 0
    const fixture = await tenancyFixture({ passwords: { ...plainHasher, hash: async () => `${++hashed}` } })
    await refusal(fixture, 'forbidden', () => fixture.tenancy.as(GUEST).users.signUp(details))
    expect(hashed).toBe(0)
  })

  it.each([{ superuser: true }, { emailVerified: true }, { id: 'mine' }, { password: 'short' }, { email: 'no' }])(
    'are refused with %j',
    async (wrong) => {
      const fixture = await tenancyFixture({ allowSignUp: true })
      const call = () => fixture.tenancy.as(GUEST).users.signUp({ ...details, ...wrong })
      await expect(call()).rejects.toMatchObject({ code: /^invalid_/ })
    },
  )

  it('are so many from one network address', async () => {
    const fixture = await tenancyFixture({ allowSignUp: true })
    const open = (count: number) =>
      fixture.tenancy.as({ ...GUEST, ip: '192.0.2.1' }).users.signUp({ ...details, email: `${count}@example.com` })
    for (let count = 0; count < 20; count++) await open(count)
    await refusal(fixture, 'rate_limited', () => open(20))
  })
})

describe('the directory of accounts', () => {
  let fixture: Awaited<ReturnType<typeof twoTenantsFixture>>
  const list = async (by: string, filter: object = {}) =>
    (await fixture.as(by).users.list({ limit: 100, ...filter })).items.map(({ email }) => email.split('@')[0])
  beforeEach(async () => {
    fixture = await twoTenantsFixture()
    await fixture.user('stranger')
    await fixture.user('operator', { superuser: true })
  })

  it('shows operators everybody', async () => {
    const page = await fixture.as('operator').users.list({ page: 1, limit: 100 })
    expect(page.total).toBe(10)
    expect(await fixture.system.users.list({ page: 1, limit: 100 })).toEqual(page)
    expect(await list('operator', { keyword: 'STRANGER@' })).toEqual(['stranger'])
  })

  it('lists the caller, users of shared tenants and users the caller created', async () => {
    expect(await list('stranger')).toEqual(['stranger'])
    expect((await list('viewer')).sort()).toEqual(
      ['owner', 'admin', 'other-admin', 'editor', 'assistant', 'member', 'viewer'].sort(),
    )
    await fixture.as('stranger').users.create({ email: 'made@example.com' })
    expect((await list('stranger')).sort()).toEqual(['made', 'stranger'])
    expect(await list('stranger', { email: 'MADE@Example.com' })).toEqual(['made'])
    expect(await list('stranger', { email: 'ade@example.com' })).toEqual([])
    expect(await list('viewer', { email: 'outsider@example.com' })).toEqual([])
    expect((await fixture.as('stranger').users.list({ page: 1 })).total).toBe(2)
  })

  it('lists no further users after removal, deactivation or loss of member:read', async () => {
    await fixture.inAcme('owner').members.remove({ userId: 'viewer' })
    expect(await list('viewer')).toEqual(['viewer'])
    await fixture.inAcme('owner').members.deactivate({ userId: 'member' })
    expect(await list('member')).toEqual(['member'])
    await fixture.inAcme('owner').roles.create({ key: 'guest', name: 'Guest', rank: 5, permissions: ['tenant:read'] })
    await fixture.inAcme('owner').members.setRoles({ userId: 'editor', roles: ['guest'] })
    expect(await list('editor')).toEqual(['editor'])
  })

  it('lists all users with userVisibility all, and rejects guests', async () => {
    await refusal(fixture, 'unauthenticated', () => fixture.tenancy.as(GUEST).users.list())
    await refusal(fixture, 'invalid_input', () => fixture.system.users.list({ keyword: 'a\0' }))
    await refusal(fixture, 'invalid_email', () => fixture.system.users.list({ email: 'stranger@' }))
    fixture = await twoTenantsFixture({ userVisibility: 'all' })
    expect(await list('viewer', { email: 'outsider@example.com' })).toEqual(['outsider'])
    await refusal(fixture, 'unauthenticated', () => fixture.tenancy.as(GUEST).users.list())
  })

  it('finds the caller’s own account by ID or address, and any account for operators', async () => {
    const get = (by: string, named: { userId: string } | { email: string }) => fixture.as(by).users.get(named)
    expect((await get('viewer', { email: 'VIEWER@example.com' })).id).toBe('viewer')
    expect((await get('operator', { email: 'viewer@example.com' })).id).toBe('viewer')
    expect((await get('operator', { userId: 'viewer' })).id).toBe('viewer')
    for (const named of [{ email: 'owner@example.com' }, { email: 'nobody@example.com' }, { userId: 'owner' }]) {
      await refusal(fixture, 'forbidden', () => get('viewer', named))
    }
    await refusal(fixture, 'user_not_found', () => get('operator', { email: 'nobody@example.com' }))
    await refusal(fixture, 'invalid_input', () => get('operator', {} as { email: string }))
  })
})
