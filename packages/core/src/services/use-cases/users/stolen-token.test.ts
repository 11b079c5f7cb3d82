import { beforeEach, describe, expect, it } from 'vitest'
import type { Actor } from '../../pipeline/actor.js'
import { tenancyFixture } from '../../../testing/fixtures/tenancy.js'
import { plainHasher } from '../../../testing/plain-hasher.js'
import { refusal } from '../../../testing/refusal.js'

const MINUTE = 60_000
const password = 'the old password'

describe('I14 a stolen token', () => {
  let fixture: Awaited<ReturnType<typeof tenancyFixture>>
  /** Whoever bears the token, as a request of theirs is. */
  const bearing = async (accessToken: string) => {
    const bearer = await fixture.tenancy.authenticate(accessToken)
    if (bearer?.kind !== 'account') throw new Error('The token opens no account.')
    const { id: tokenId, signedInAt } = bearer.token
    const actor: Actor = { userId: bearer.user.id, tokenId, signedInAt }
    return fixture.tenancy.as(actor)
  }
  const signedIn = async () => (await fixture.tenancy.as({ guest: true }).users.signIn({ email, password })).accessToken
  const email = 'ann@example.com'
  const mailed = async () => {
    await fixture.tenancy.flushEmails()
    return fixture.sent.filter(({ subject }) => subject.includes('of your account changed'))
  }
  beforeEach(async () => {
    fixture = await tenancyFixture()
    await fixture.user('ann')
    await fixture.system.users.update({ userId: 'ann', password })
  })

  it('sets no password and no address, makes no token, approves no device and deletes no account, and nothing changes', async () => {
    const token = await signedIn()
    fixture.tick(11 * MINUTE)
    const thief = await bearing(token)
    const device = await fixture.tenancy.as({ guest: true }).devices.start({ clientId: 'cli', deviceLabel: 'mine' })
    const tries = [
      () => thief.users.update({ password: 'a password of mine' }),
      () => thief.users.update({ email: 'mallory@example.com' }),
      () => thief.accessTokens.create({ days: 365 }),
      () => thief.accessTokens.create(),
      () => thief.devices.approve({ userCode: device.userCode }),
      () => fixture.as('ann').users.update({ password: 'a password of mine' }),
      () => fixture.as('ann').accessTokens.create(),
      () => thief.users.delete(),
      () => fixture.as('ann').users.delete(),
      () => thief.users.delete({ currentPassword: 'a guess' }),
    ]
    for (const attempt of tries) await refusal(fixture, 'reauthentication_required', attempt)
    const wrong = { password: 'a password of mine', currentPassword: 'a guess' }
    await refusal(fixture, 'reauthentication_required', () => thief.users.update(wrong))
    expect(await mailed()).toEqual([])
    await thief.users.update({ name: 'Ann' })
    await thief.users.update({ email: 'ANN@example.com' })
    await thief.devices.deny({ userCode: device.userCode })
  })

  it('a token created by a session never passes the ten-minute re-authentication window', async () => {
    const owner = await bearing(await signedIn())
    fixture.tick(10 * MINUTE)
    const { accessToken } = await owner.accessTokens.create({ days: 365 })
    const thief = await bearing(accessToken)
    await refusal(fixture, 'reauthentication_required', () => thief.accessTokens.create())
    fixture.tick(1)
    await refusal(fixture, 'reauthentication_required', () => owner.accessTokens.create())
    await owner.accessTokens.create({ currentPassword: password })
  })

  it('is revoked when the owner changes the password; the owner’s session continues', async () => {
    const stolen = await signedIn()
    const own = await signedIn()
    fixture.tick(11 * MINUTE)
    await (await bearing(own)).users.update({ password: 'the new password', currentPassword: password })
    expect(await fixture.tenancy.authenticate(stolen)).toBeNull()
    expect((await fixture.tenancy.authenticate(own))?.kind).toBe('account')
  })

  it('sends a notice of both changes to the previous address', async () => {
    const owner = await bearing(await signedIn())
    await owner.users.update({ email: 'anna@example.com' })
    await owner.users.update({ password: 'the new password' })
    expect((await mailed()).map(({ to, subject }) => [to, subject])).toEqual([
      ['ann@example.com', 'The email address of your account changed'],
      ['anna@example.com', 'The password of your account changed'],
    ])
  })

  it('has no password hashed, and keeps its owner from no new one', async () => {
    let hashed = 0
    const hash = (text: string) => (hashed++, plainHasher.hash(text))
    fixture = await tenancyFixture({ passwords: { ...plainHasher, hash } })
    await fixture.user('ann')
    await fixture.system.users.update({ userId: 'ann', password })
    const thief = await bearing(await signedIn())
    fixture.tick(11 * MINUTE)
    const owner = await bearing(await signedIn())
    hashed = 0
    for (let attempt = 0; attempt < 20; attempt++)
      await refusal(fixture, 'reauthentication_required', () => thief.users.update({ password: 'a password of mine' }))
    expect(hashed).toBe(0)
    for (let change = 0; change < 10; change++) await owner.users.update({ password: `the new password ${change}` })
    await refusal(fixture, 'rate_limited', () => owner.users.update({ password: 'one too many' }))
    expect(hashed).toBe(10)
    await fixture.system.users.update({ userId: 'ann', password: 'the word of the host' })
    fixture.tick(15 * MINUTE)
    await owner.users.update({ password: 'a later one', currentPassword: 'the word of the host' })
    expect(hashed).toBe(12)
  })

  it('of an operator deletes no account, and none is deleted by a password of somebody else', async () => {
    await fixture.system.users.update({ userId: 'ann', superuser: true })
    await fixture.user('bob')
    await fixture.system.users.update({ userId: 'bob', password: 'the password of Bob' })
    const thief = await bearing(await signedIn())
    fixture.tick(11 * MINUTE)
    await refusal(fixture, 'reauthentication_required', () => thief.users.delete({ userId: 'bob' }))
    const bobs = { userId: 'bob', currentPassword: 'the password of Bob' }
    await refusal(fixture, 'reauthentication_required', () => thief.users.delete(bobs))
    await thief.users.delete({ userId: 'bob', currentPassword: password })
    await fixture.system.users.delete({ userId: 'ann' })
  })

  it('guesses the current password no more than ten times', async () => {
    const thief = await bearing(await signedIn())
    for (let guess = 0; guess < 10; guess++)
      await thief.accessTokens.create({ currentPassword: `guess ${guess}` }).catch(() => null)
    await refusal(fixture, 'rate_limited', () => thief.accessTokens.create({ currentPassword: password }))
  })

  it('of an operator makes no other operator and no proof of an address, and an ordinary account as before', async () => {
    await fixture.system.users.update({ userId: 'ann', superuser: true })
    const thief = await bearing(await signedIn())
    fixture.tick(11 * MINUTE)
    const create = (terms: object) => () => thief.users.create({ email: 'evil@example.com', password, ...terms })
    await refusal(fixture, 'reauthentication_required', create({ superuser: true }))
    await refusal(fixture, 'reauthentication_required', create({ emailVerified: true }))
    expect((await create({})()).superuser).toBe(false)
    const operator = { email: 'second@example.com', superuser: true, currentPassword: password }
    expect((await thief.users.create(operator)).superuser).toBe(true)
  })

  it('verifies no password when the caller may not create the token', async () => {
    await fixture.user('bob')
    const [right, wrong] = [{ currentPassword: password }, { currentPassword: 'a guess' }]
    for (const shown of [right, wrong]) {
      await refusal(fixture, 'forbidden', () => fixture.as('ann').accessTokens.create({ userId: 'bob', ...shown }))
    }
    const { userCode } = await fixture.tenancy
      .as({ guest: true })
      .devices.start({ clientId: 'cli', deviceLabel: 'mine' })
    await fixture.system.users.update({ userId: 'ann', status: 'disabled' })
    const { users, accessTokens, devices } = fixture.as('ann')
    for (const shown of [right, wrong]) {
      for (const attempt of [
        () => accessTokens.create(shown),
        () => users.update({ email: 'mallory@example.com', ...shown }),
        () => users.create({ email: 'evil@example.com', superuser: true, ...shown }),
        () => users.delete(shown),
        () => devices.approve({ userCode, ...shown }),
        () => devices.deny({ userCode, ...shown }),
      ])
        await refusal(fixture, 'unauthenticated', attempt)
    }
  })

  it('gives an account without a password here none, unless the host says that its person has just signed in', async () => {
    await fixture.user('bob')
    // The host's own code issues it for somebody whom it has signed in.
    const { accessToken } = await fixture.system.accessTokens.create({ userId: 'bob' })
    fixture.tick(11 * MINUTE)
    const thief = await bearing(accessToken)
    await refusal(fixture, 'reauthentication_required', () => thief.users.update({ password: 'a password of mine' }))
    await fixture.as('bob').users.update({ password: 'the word of the host' })
    await refusal(fixture, 'reauthentication_required', () => fixture.as('bob').users.update({ password: 'once more' }))
    await fixture.user('cleo')
    const ofCleo = await bearing((await fixture.system.accessTokens.create({ userId: 'cleo' })).accessToken)
    fixture.tick(11 * MINUTE)
    await refusal(fixture, 'reauthentication_required', () => ofCleo.users.delete())
    await fixture.as('cleo').users.delete()
    await fixture.tenancy.as({ userId: 'bob', signedInAt: fixture.now() }).users.update({ password: 'once more' })
  })
})
