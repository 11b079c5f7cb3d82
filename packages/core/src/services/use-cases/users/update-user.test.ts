import { beforeEach, describe, expect, it } from 'vitest'
import { GUEST } from '../../pipeline/actor.js'
import { tenancyFixture } from '../../../testing/fixtures/tenancy.js'
import { refusal } from '../../../testing/refusal.js'

describe('changing an account', () => {
  let fixture: Awaited<ReturnType<typeof tenancyFixture>>
  const update = (by: string, input: object) => fixture.as(by).users.update(input)
  const token = async (id: string) => (await fixture.as(id).accessTokens.create()).accessToken
  beforeEach(async () => {
    fixture = await tenancyFixture()
    await fixture.user('ann')
    await fixture.user('bob')
    await fixture.user('operator', { superuser: true })
  })

  it('updates the caller’s name, picture, language and time zone, and lists the fields in the event', async () => {
    const input = { name: 'Anna', avatarUrl: 'https://example.com/a.png', language: 'de-AT', timeZone: 'Europe/Vienna' }
    const events = await fixture.eventsOf(async () => expect(await update('ann', input)).toMatchObject(input))
    const target = { type: 'user', id: 'ann' }
    expect(events).toEqual([{ type: 'user.updated', actorId: 'ann', target, data: { changed: Object.keys(input) } }])
    expect(await update('ann', { name: null, avatarUrl: null })).toMatchObject({ name: null, avatarUrl: null })
  })

  it('takes a new address for unproven, and the same one written otherwise for what it was', async () => {
    expect(await update('ann', { email: 'ANN@example.com' })).toMatchObject({ emailVerifiedAt: fixture.now() })
    expect(await update('ann', { email: 'anna@example.com' })).toMatchObject({ emailVerifiedAt: null })
    await refusal(fixture, 'invalid_email', () => update('ann', { email: 'BOB@example.com' }))
    await refusal(fixture, 'email_taken', () => update('operator', { userId: 'ann', email: 'BOB@example.com' }))
  })

  it('signs out everywhere with a new password', async () => {
    const before = await token('ann')
    await update('ann', { password: 'battery staple' })
    expect(await fixture.tenancy.authenticate(before)).toBeNull()
    const guest = fixture.tenancy.as(GUEST).users
    await guest.signIn({ email: 'ann@example.com', password: 'battery staple' })
    await refusal(fixture, 'invalid_credentials', () =>
      guest.signIn({ email: 'ann@example.com', password: 'the old one' }),
    )
  })

  it('lets an operator disable an account: refused everywhere at once, its tokens gone for good', async () => {
    const before = await token('ann')
    const { id } = await fixture.as('ann').tenants.create({ name: 'Acme' })
    await update('operator', { userId: 'ann', status: 'disabled' })
    await refusal(fixture, 'unauthenticated', () => fixture.as('ann').users.me())
    await refusal(fixture, 'unauthenticated', () => fixture.as('ann').in(id).get())
    await refusal(fixture, 'conflict', () => fixture.as('operator').accessTokens.create({ userId: 'ann' }))
    await update('operator', { userId: 'ann', status: 'active' })
    expect(await fixture.tenancy.authenticate(before)).toBeNull()
    await fixture.as('ann').in(id).get()
  })

  it.each([{ superuser: true }, { status: 'active' }, { status: 'disabled' }, { emailVerified: true }])(
    'rejects %j from callers who are not operators, for themselves and others',
    async (input) => {
      await refusal(fixture, 'forbidden', () => update('ann', { ...input, name: 'Anna' }))
      await refusal(fixture, 'forbidden', () => update('ann', { userId: 'bob', ...input }))
      await update('operator', { userId: 'ann', ...input })
    },
  )

  it('takes from anybody that they are no operator, who is none', async () => {
    expect(await update('ann', { superuser: false, name: 'Anna' })).toMatchObject({ superuser: false, name: 'Anna' })
    expect(await update('ann', { superuser: false })).toMatchObject({ superuser: false })
    await refusal(fixture, 'forbidden', () => update('ann', { userId: 'bob', superuser: false }))
    expect(await update('operator', { superuser: false })).toMatchObject({ superuser: false })
  })

  it('rejects other users like unknown ones', async () => {
    const known = await refusal(fixture, 'forbidden', () => update('ann', { userId: 'bob', name: 'Bob' }))
    const unknown = await refusal(fixture, 'forbidden', () => update('ann', { userId: 'none', name: 'Bob' }))
    expect(known.message).toBe(unknown.message)
    await refusal(fixture, 'user_not_found', () => update('operator', { userId: 'none', name: 'Bob' }))
    await refusal(fixture, 'unauthenticated', () =>
      fixture.tenancy.as(GUEST).users.update({ userId: 'bob', name: 'Bob' }),
    )
    await refusal(fixture, 'unauthenticated', () => fixture.tenancy.as(GUEST).users.update({ name: 'Bob' }))
    await refusal(fixture, 'unauthenticated', () => update('none', { userId: 'none', name: 'Bob' }))
  })

  it('is refused on a deleted account', async () => {
    await fixture.as('bob').users.delete()
    await refusal(fixture, 'user_not_found', () => update('operator', { userId: 'bob', name: 'Bob' }))
  })

  it.each([
    'id',
    'emailKey',
    'emailVerifiedAt',
    'currentTenantId',
    'tenantId',
    'role',
    'passwordHash',
    'createdAt',
    'lastLoginAt',
  ])('takes no %s from the caller', async (field) => {
    await refusal(fixture, 'invalid_input', () => update('ann', { name: 'Anna', [field]: 'x' }))
  })

  it.each([
    {},
    { name: undefined },
    { name: '' },
    { avatarUrl: 'http://example.com/a.png' },
    { avatarUrl: 'javascript:alert(1)' },
    { password: 'short' },
    { email: 'ann' },
    { status: 'deleted' },
    { superuser: 1 },
  ])('refuses %j', async (input) => {
    await expect(fixture.system.users.update({ userId: 'ann', ...input } as never)).rejects.toMatchObject({
      code: /^invalid_/,
    })
  })

  it('keeps of a picture’s address what every database can keep', async () => {
    expect((await update('ann', { avatarUrl: 'https://example.com/\0ä' })).avatarUrl).toBe(
      'https://example.com/%00%C3%A4',
    )
  })
})
