import { beforeEach, describe, expect, it } from 'vitest'
import { activationIn, tenancyFixture } from '../../../testing/fixtures/tenancy.js'
import { plainHasher } from '../../../testing/plain-hasher.js'
import { GUEST } from '../../pipeline/actor.js'

const PASSWORD = 'correct horse'

describe('passwords that guests have hashed', () => {
  let fixture: Awaited<ReturnType<typeof tenancyFixture>>
  let hashed = 0
  let acme: string
  beforeEach(async () => {
    const hash = (password: string) => (hashed++, plainHasher.hash(password))
    fixture = await tenancyFixture({ allowSignUp: true, passwords: { ...plainHasher, hash } })
    acme = await fixture.tenant('ann')
    hashed = 0
  })

  const codes = async (calls: readonly Promise<unknown>[]) => {
    const resolved = calls.map((call) =>
      call.then(
        () => 'ok',
        ({ code }: { readonly code: string }) => code,
      ),
    )
    const counts: Record<string, number> = {}
    for (const code of await Promise.all(resolved)) counts[code] = (counts[code] ?? 0) + 1
    return counts
  }
  const guest = (ip?: string) => fixture.tenancy.as({ ...GUEST, ip })
  const times = <T>(count: number, call: (n: number) => T) => Array.from({ length: count }, (_, n) => call(n))

  it('are none for an invitation of an address that has an account, and the token is limited', async () => {
    await fixture.user('bob')
    const token = await fixture.invite(acme, 'ann', { email: 'bob@example.com' })
    const tries = times(200, (n) => guest(`192.0.2.${n}`).invitations.signUp({ token, password: PASSWORD }))
    expect(await codes(tries)).toEqual({ unauthenticated: 10, rate_limited: 190 })
    expect(hashed).toBe(0)
  })

  it('are none for an invitation that is not open, or that the activation of an account is not', async () => {
    const token = await fixture.invite(acme, 'ann', { email: 'bob@example.com' })
    await fixture.as('ann').in(acme).members.add({ email: 'cleo@example.com', role: 'member' })
    await fixture.tenancy.flushEmails()
    const activation = activationIn(fixture.sent.at(-1)?.text)
    fixture.tick(365 * 24 * 60 * 60_000)
    expect(activation).not.toBe('')
    expect(await codes([guest().invitations.signUp({ token, password: PASSWORD })])).toEqual({ invalid_token: 1 })
    expect(await codes([guest().users.activate({ token: activation, password: PASSWORD })])).toEqual({
      invalid_token: 1,
    })
    expect(hashed).toBe(0)
  })

  it('are ten at most for one token, of an invitation or an activation', async () => {
    const token = await fixture.invite(acme, 'ann', { email: 'bob@example.com' })
    const signUps = await codes(times(50, () => guest().invitations.signUp({ token, password: PASSWORD })))
    expect(signUps).toMatchObject({ ok: 1, rate_limited: 40 })
    expect(hashed).toBeLessThanOrEqual(10)
    await fixture.as('ann').in(acme).members.add({ email: 'cleo@example.com', role: 'member' })
    await fixture.tenancy.flushEmails()
    const activation = activationIn(fixture.sent.at(-1)?.text)
    hashed = 0
    const opened = await codes(times(50, () => guest().users.activate({ token: activation, password: PASSWORD })))
    expect(opened).toMatchObject({ ok: 1, rate_limited: 40 })
    expect(hashed).toBeLessThanOrEqual(10)
  })

  it('are limited per network over all tokens', async () => {
    const tokens = await Promise.all(times(12, (n) => fixture.invite(acme, 'ann', { email: `p${n}@example.com` })))
    const tries = tokens.flatMap((token) =>
      times(10, () => guest('2001:db8::1').invitations.signUp({ token, password: PASSWORD })),
    )
    expect(await codes(tries)).toMatchObject({ rate_limited: 20 })
    expect(hashed).toBeLessThanOrEqual(100)
  })

  it('are none for signing up with an address that has an account', async () => {
    expect(await codes([guest().users.signUp({ email: 'ANN@example.com', password: PASSWORD })])).toEqual({
      invalid_email: 1,
    })
    expect(hashed).toBe(0)
  })
})
