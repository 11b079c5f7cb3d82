import { beforeEach, describe, expect, it } from 'vitest'
import { activationIn, twoTenantsFixture } from '../../../testing/fixtures/tenancy.js'
import { refusal } from '../../../testing/refusal.js'

const HOUR = 3_600_000

describe('the way into an account without a password', () => {
  let fixture: Awaited<ReturnType<typeof twoTenantsFixture>>
  let token: string
  const guest = () => fixture.tenancy.as({ guest: true, ip: '192.0.2.1' }).users
  const activate = (details: object = {}) => guest().activate({ token, password: 'correct horse', ...details })
  const activationTo = async (tenantId: string, by: string, email: string) => {
    await fixture.as(by).in(tenantId).members.add({ email, role: 'member', name: 'Nell' })
    await fixture.tenancy.flushEmails()
    return activationIn(fixture.sent.at(-1)?.text)
  }
  beforeEach(async () => {
    fixture = await twoTenantsFixture()
    token = await activationTo(fixture.acme, 'admin', 'new@example.com')
  })

  it('gives it a password, proves its address, keeps its name, and signs in', async () => {
    const events = await fixture.eventsOf(async () => {
      const { user, accessToken } = await activate({ language: 'de' })
      expect(user).toMatchObject({ emailVerifiedAt: fixture.now(), name: 'Nell', language: 'de' })
      expect(await fixture.tenancy.authenticate(accessToken)).toMatchObject({ user })
    })
    expect(events.map(({ type }) => type)).toEqual(['user.updated', 'access_token.issued'])
    await guest().signIn({ email: 'new@example.com', password: 'correct horse' })
  })

  it('works once, within 72 hours, and does not authenticate', async () => {
    expect(await fixture.tenancy.authenticate(token)).toBeNull()
    fixture.tick(72 * HOUR)
    await refusal(fixture, 'invalid_token', () => activate())
    token = await activationTo(fixture.zeta, 'outsider', 'new@example.com')
    await activate()
    await refusal(fixture, 'invalid_token', () => activate())
  })

  it('is void once the account has a password, another address, or is disabled or deleted', async () => {
    const user = await fixture.storage.read.users.findByEmailKey('new@example.com')
    const userId = user?.id ?? ''
    const change = (changes: object) => fixture.system.users.update({ userId, ...changes })
    await change({ email: 'other@example.com' })
    await refusal(fixture, 'invalid_token', () => activate())
    await change({ email: 'new@example.com' })
    await change({ status: 'disabled' })
    await refusal(fixture, 'invalid_token', () => activate())
    await change({ status: 'active' })
    token = await activationTo(fixture.zeta, 'outsider', 'new@example.com')
    await change({ password: 'battery staple' })
    await refusal(fixture, 'invalid_token', () => activate())
    await fixture.system.users.delete({ userId })
    await refusal(fixture, 'invalid_token', () => activate())
  })

  it('is in no answer, event or list, and guesses are counted', async () => {
    const { sent: _, ...state } = await fixture.state()
    expect(JSON.stringify([state, fixture.heard])).not.toContain(token)
    token = 'invented'
    const codes = new Set<string>()
    for (let guess = 0; guess < 200; guess++) {
      codes.add(
        await activate().then(
          () => 'ok',
          ({ code }: { code: string }) => code,
        ),
      )
    }
    expect(codes).toEqual(new Set(['invalid_token', 'rate_limited']))
  })

  it('is mailed only where the host has an address for it', async () => {
    // As a host without types may say it.
    fixture = await twoTenantsFixture({ activationLink: undefined as never })
    expect(await activationTo(fixture.acme, 'admin', 'new@example.com')).toBe('')
    const user = await fixture.storage.read.users.findByEmailKey('new@example.com')
    expect(await fixture.storage.read.accessTokens.count({ userId: user?.id ?? '' })).toBe(0)
  })
})
