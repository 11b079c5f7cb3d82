import { beforeEach, describe, expect, it } from 'vitest'
import { activationIn, givenTwoTenants } from '../../testing/given-tenancy.js'
import { refusal } from '../../testing/refusal.js'

const HOUR = 3_600_000

describe('the way into an account without a password', () => {
  let given: Awaited<ReturnType<typeof givenTwoTenants>>
  let token: string
  const guest = () => given.tenancy.as({ guest: true, ip: '192.0.2.1' }).users
  const activate = (details: object = {}) => guest().activate({ token, password: 'correct horse', ...details })
  const activationTo = async (tenantId: string, by: string, email: string) => {
    await given.as(by).in(tenantId).members.add({ email, role: 'member', name: 'Nell' })
    await given.tenancy.deliverMails()
    return activationIn(given.sent.at(-1)?.text)
  }
  beforeEach(async () => {
    given = await givenTwoTenants()
    token = await activationTo(given.acme, 'admin', 'new@example.com')
  })

  it('gives it a password, proves its address, keeps its name, and signs in', async () => {
    const events = await given.eventsOf(async () => {
      const { user, accessToken } = await activate({ language: 'de' })
      expect(user).toMatchObject({ emailVerifiedAt: given.now(), name: 'Nell', language: 'de' })
      expect(await given.tenancy.authenticate(accessToken)).toMatchObject({ user })
    })
    expect(events.map(({ type }) => type)).toEqual(['user.updated', 'access_token.issued'])
    await guest().signIn({ email: 'new@example.com', password: 'correct horse' })
  })

  it('works once, for 72 hours, and is no access token', async () => {
    expect(await given.tenancy.authenticate(token)).toBeNull()
    given.tick(72 * HOUR)
    await refusal(given, 'invalid_token', () => activate())
    token = await activationTo(given.zeta, 'outsider', 'new@example.com')
    await activate()
    await refusal(given, 'invalid_token', () => activate())
  })

  it('is void once the account has a password, another address, or is disabled or deleted', async () => {
    const user = await given.storage.read.users.findByEmailKey('new@example.com')
    const userId = user?.id ?? ''
    const change = (changes: object) => given.system.users.update({ userId, ...changes })
    await change({ email: 'other@example.com' })
    await refusal(given, 'invalid_token', () => activate())
    await change({ email: 'new@example.com' })
    await change({ status: 'disabled' })
    await refusal(given, 'invalid_token', () => activate())
    await change({ status: 'active' })
    token = await activationTo(given.zeta, 'outsider', 'new@example.com')
    await change({ password: 'battery staple' })
    await refusal(given, 'invalid_token', () => activate())
    await given.system.users.delete({ userId })
    await refusal(given, 'invalid_token', () => activate())
  })

  it('is in no answer, event or list, and guesses are counted', async () => {
    const { sent: _, ...state } = await given.state()
    expect(JSON.stringify([state, given.heard])).not.toContain(token)
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
    given = await givenTwoTenants({ activationLink: undefined as never })
    expect(await activationTo(given.acme, 'admin', 'new@example.com')).toBe('')
    const user = await given.storage.read.users.findByEmailKey('new@example.com')
    expect(await given.storage.read.accessTokens.count({ userId: user?.id ?? '' })).toBe(0)
  })
})
