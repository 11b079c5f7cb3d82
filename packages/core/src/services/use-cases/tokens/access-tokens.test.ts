import { beforeEach, describe, expect, it } from 'vitest'
import { GUEST } from '../../pipeline/actor.js'
import { tenancyFixture } from '../../../testing/fixtures/tenancy.js'
import { refusal } from '../../../testing/refusal.js'

const DAY = 86_400_000

describe('access tokens', () => {
  let fixture: Awaited<ReturnType<typeof tenancyFixture>>
  beforeEach(async () => {
    fixture = await tenancyFixture()
    await fixture.user('ann')
    await fixture.user('bob')
    await fixture.user('operator', { superuser: true })
  })
  const whose = async (accessToken: string) => {
    const bearer = await fixture.tenancy.authenticate(accessToken)
    return bearer?.kind === 'account' ? bearer.user.id : null
  }

  it('are issued for oneself, shown once, and kept as a hash', async () => {
    const events = await fixture.eventsOf(async () => {
      const { accessToken, token } = await fixture.as('ann').accessTokens.create({ label: 'laptop' })
      expect(accessToken).toMatch(/^tnt_/)
      expect(token).toMatchObject({
        userId: 'ann',
        label: 'laptop',
        clientId: null,
        prefix: accessToken.slice(0, 8),
        expiresAt: fixture.now() + 14 * DAY,
        lastUsedAt: null,
      })
      expect(await whose(accessToken)).toBe('ann')
      const { sent: _, ...state } = await fixture.state()
      expect(JSON.stringify([state, fixture.heard, await fixture.as('ann').accessTokens.list()])).not.toContain(
        accessToken,
      )
    })
    expect(events).toMatchObject([{ type: 'access_token.issued', actorId: 'ann', data: { label: 'laptop' } }])
  })

  it('are nobody’s when unknown, cut, expired, revoked, or no text', async () => {
    const { accessToken, token } = await fixture.as('ann').accessTokens.create({ days: 1 })
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
      expect(await fixture.tenancy.authenticate(wrong as never)).toBeNull()
    }
    fixture.tick(DAY - 1)
    expect(await whose(accessToken)).toBe('ann')
    fixture.tick(1)
    expect(await whose(accessToken)).toBeNull()
    const other = await fixture.as('ann').accessTokens.create()
    await fixture.as('ann').accessTokens.revoke({ tokenId: other.token.id })
    expect(await whose(other.accessToken)).toBeNull()
    expect((await fixture.as('ann').accessTokens.list()).items).toMatchObject([{ id: token.id }])
  })

  it('note their last use at most once a minute', async () => {
    const { accessToken } = await fixture.as('ann').accessTokens.create()
    const lastUsedAt = async () => (await fixture.as('ann').accessTokens.list()).items[0]?.lastUsedAt
    const first = fixture.now()
    await whose(accessToken)
    fixture.tick(59_999)
    await whose(accessToken)
    expect(await lastUsedAt()).toBe(first)
    fixture.tick(1)
    await whose(accessToken)
    expect(await lastUsedAt()).toBe(fixture.now())
  })

  it('are one’s own business, and an operator’s', async () => {
    const { token } = await fixture.as('ann').accessTokens.create()
    await refusal(fixture, 'forbidden', () => fixture.as('bob').accessTokens.create({ userId: 'ann' }))
    await refusal(fixture, 'forbidden', () => fixture.as('bob').accessTokens.create({ userId: 'none' }))
    await refusal(fixture, 'forbidden', () =>
      fixture.as('bob').accessTokens.revoke({ userId: 'ann', tokenId: token.id }),
    )
    await refusal(fixture, 'access_token_not_found', () => fixture.as('bob').accessTokens.revoke({ tokenId: token.id }))
    await refusal(fixture, 'unauthenticated', () => fixture.tenancy.as(GUEST).accessTokens.create({ userId: 'ann' }))
    await refusal(fixture, 'unauthenticated', () => fixture.tenancy.as(GUEST).accessTokens.create())
    await refusal(fixture, 'unauthenticated', () => fixture.tenancy.as(GUEST).accessTokens.list())
    await refusal(fixture, 'user_not_found', () => fixture.system.accessTokens.create({ userId: 'none' }))
    await fixture.as('operator').accessTokens.revoke({ userId: 'ann', tokenId: token.id })
    await fixture.system.accessTokens.create({ userId: 'ann' })
    expect((await fixture.as('bob').accessTokens.list({ page: 1 })).total).toBe(0)
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
    await refusal(fixture, 'invalid_input', () => fixture.as('ann').accessTokens.create(input as never))
  })

  it('are ended by whoever holds them, once', async () => {
    const { accessToken, token } = await fixture.as('ann').accessTokens.create()
    const signOut = () => fixture.tenancy.as(GUEST).users.signOut({ accessToken })
    expect(await fixture.eventsOf(signOut)).toMatchObject([{ type: 'access_token.revoked', target: { id: token.id } }])
    expect(await whose(accessToken)).toBeNull()
    await refusal(fixture, 'unauthenticated', signOut)
    await refusal(fixture, 'unauthenticated', () =>
      fixture.tenancy.as(GUEST).users.signOut({ accessToken: 'invented' }),
    )
  })
})
