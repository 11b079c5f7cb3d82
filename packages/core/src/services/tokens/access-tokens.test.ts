import { beforeEach, describe, expect, it } from 'vitest'
import { GUEST } from '../actor.js'
import { givenTenancy } from '../../testing/given-tenancy.js'
import { refusal } from '../../testing/refusal.js'

const DAY = 86_400_000

describe('access tokens', () => {
  let given: Awaited<ReturnType<typeof givenTenancy>>
  beforeEach(async () => {
    given = await givenTenancy()
    await given.user('ann')
    await given.user('bob')
    await given.user('operator', { superuser: true })
  })
  const whose = async (accessToken: string) => {
    const bearer = await given.tenancy.authenticate(accessToken)
    return bearer?.kind === 'account' ? bearer.user.id : null
  }

  it('are issued for oneself, shown once, and kept as a hash', async () => {
    const events = await given.eventsOf(async () => {
      const { accessToken, token } = await given.as('ann').accessTokens.create({ label: 'laptop' })
      expect(accessToken).toMatch(/^tnt_/)
      expect(token).toMatchObject({
        userId: 'ann',
        label: 'laptop',
        clientId: null,
        prefix: accessToken.slice(0, 8),
        expiresAt: given.now() + 14 * DAY,
        lastUsedAt: null,
      })
      expect(await whose(accessToken)).toBe('ann')
      const { sent: _, ...state } = await given.state()
      expect(JSON.stringify([state, given.heard, await given.as('ann').accessTokens.list()])).not.toContain(accessToken)
    })
    expect(events).toMatchObject([{ type: 'access_token.issued', actorId: 'ann', data: { label: 'laptop' } }])
  })

  it('are nobody’s when unknown, cut, expired, revoked, or no text', async () => {
    const { accessToken, token } = await given.as('ann').accessTokens.create({ days: 1 })
    for (const wrong of [
      '',
      'tnt_',
      accessToken.slice(0, -1),
      `${accessToken} `,
      accessToken.toUpperCase(),
      'x'.repeat(201),
    ]) {
      expect(await whose(wrong)).toBeNull()
    }
    for (const wrong of [undefined, null, 7, [accessToken], { accessToken }]) {
      // What a host without types may hand in.
      expect(await given.tenancy.authenticate(wrong as never)).toBeNull()
    }
    given.tick(DAY - 1)
    expect(await whose(accessToken)).toBe('ann')
    given.tick(1)
    expect(await whose(accessToken)).toBeNull()
    const other = await given.as('ann').accessTokens.create()
    await given.as('ann').accessTokens.revoke({ tokenId: other.token.id })
    expect(await whose(other.accessToken)).toBeNull()
    expect((await given.as('ann').accessTokens.list()).items).toMatchObject([{ id: token.id }])
  })

  it('note their last use at most once a minute', async () => {
    const { accessToken } = await given.as('ann').accessTokens.create()
    const lastUsedAt = async () => (await given.as('ann').accessTokens.list()).items[0]?.lastUsedAt
    const first = given.now()
    await whose(accessToken)
    given.tick(59_999)
    await whose(accessToken)
    expect(await lastUsedAt()).toBe(first)
    given.tick(1)
    await whose(accessToken)
    expect(await lastUsedAt()).toBe(given.now())
  })

  it('are one’s own business, and an operator’s', async () => {
    const { token } = await given.as('ann').accessTokens.create()
    await refusal(given, 'forbidden', () => given.as('bob').accessTokens.create({ userId: 'ann' }))
    await refusal(given, 'forbidden', () => given.as('bob').accessTokens.create({ userId: 'none' }))
    await refusal(given, 'forbidden', () => given.as('bob').accessTokens.revoke({ userId: 'ann', tokenId: token.id }))
    await refusal(given, 'access_token_not_found', () => given.as('bob').accessTokens.revoke({ tokenId: token.id }))
    await refusal(given, 'unauthenticated', () => given.tenancy.as(GUEST).accessTokens.create({ userId: 'ann' }))
    await refusal(given, 'unauthenticated', () => given.tenancy.as(GUEST).accessTokens.create())
    await refusal(given, 'unauthenticated', () => given.tenancy.as(GUEST).accessTokens.list())
    await refusal(given, 'user_not_found', () => given.system.accessTokens.create({ userId: 'none' }))
    await given.as('operator').accessTokens.revoke({ userId: 'ann', tokenId: token.id })
    await given.system.accessTokens.create({ userId: 'ann' })
    expect((await given.as('bob').accessTokens.list({ page: 1 })).total).toBe(0)
  })

  it.each([
    { days: 0 },
    { days: 366 },
    { days: 1.5 },
    { days: '1' },
    { label: '' },
    { label: 'a\nb' },
    { expiresAt: 1 },
    { superuser: true },
  ])('are not issued for %j', async (input) => {
    // What a caller without types may hand in.
    await refusal(given, 'invalid_input', () => given.as('ann').accessTokens.create(input as never))
  })

  it('are ended by whoever holds them, once', async () => {
    const { accessToken, token } = await given.as('ann').accessTokens.create()
    const signOut = () => given.tenancy.as(GUEST).users.signOut({ accessToken })
    expect(await given.eventsOf(signOut)).toMatchObject([{ type: 'access_token.revoked', target: { id: token.id } }])
    expect(await whose(accessToken)).toBeNull()
    await refusal(given, 'unauthenticated', signOut)
    await refusal(given, 'unauthenticated', () => given.tenancy.as(GUEST).users.signOut({ accessToken: 'invented' }))
  })
})
