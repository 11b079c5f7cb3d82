import { beforeEach, describe, expect, it } from 'vitest'
import type { TenancyOptions } from '../../../tenancy-options.js'
import { twoTenantsFixture } from '../../../testing/fixtures/tenancy.js'
import { refusal } from '../../../testing/refusal.js'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

describe('handing a tenant over', () => {
  let fixture: Awaited<ReturnType<typeof twoTenantsFixture>>
  const begin = async (options: Partial<TenancyOptions> = {}) => (fixture = await twoTenantsFixture(options))
  beforeEach(() => begin())

  const ownership = (by = 'owner') => fixture.inAcme(by).ownership
  /** First step, with the code that the mail tells. */
  async function start(by = 'owner') {
    const { token } = await ownership(by).start()
    await fixture.tenancy.flushEmails()
    const code = /\b\d{6}\b/.exec(fixture.sent.at(-1)?.text ?? '')?.[0] ?? ''
    return { token, code }
  }
  const verified = async (by = 'owner') => (await ownership(by).verify(await start(by))).token
  const complete = (token: string, userId = 'editor', by = 'owner') => ownership(by).complete({ userId, token })
  const ownersOfAcme = async () => {
    const { items } = await fixture.inAcme('admin').members.list({ role: 'owner' })
    const { tenant } = await fixture.inAcme('admin').get()
    return [tenant.ownerId, ...items.map(({ userId }) => userId)]
  }

  it('takes a code from the owner’s own mailbox, then makes the member owner and the owner admin, and tells both', async () => {
    const events = await fixture.eventsOf(async () => {
      const first = await start()
      expect(fixture.sent.at(-1)).toMatchObject({ to: 'owner@example.com', text: expect.stringContaining(first.code) })
      const second = await ownership().verify(first)
      expect(second).toMatchObject({ email: 'owner@example.com', expiresAt: fixture.now() + 5 * MINUTE })
      expect(await complete(second.token)).toMatchObject({ id: fixture.acme, ownerId: 'editor' })
    })
    expect(events.map(({ type, target, data }) => [type, target.id, data])).toEqual([
      ['ownership_transfer.started', fixture.acme, {}],
      ['ownership_transfer.verified', fixture.acme, {}],
      ['ownership.transferred', 'editor', { from: 'owner', to: 'editor' }],
    ])
    expect(await ownersOfAcme()).toEqual(['editor', 'editor'])
    expect((await fixture.inAcme('owner').access()).roles).toEqual(['admin'])
    await fixture.tenancy.flushEmails()
    expect(
      fixture.sent
        .slice(-2)
        .map(({ to }) => to)
        .sort(),
    ).toEqual(['editor@example.com', 'owner@example.com'])
  })

  it('tells code and tokens to nobody else', async () => {
    const first = await start()
    const { token } = await ownership().verify(first)
    const { sent: _, ...state } = await fixture.state()
    const seen = JSON.stringify([state, fixture.heard])
    for (const secret of [first.token, token]) expect(seen).not.toContain(`"${secret}"`)
    expect(seen).not.toContain(`"${first.code}"`)
  })

  describe('starting', () => {
    it('voids the transfer under way', async () => {
      const first = await start()
      fixture.tick(MINUTE)
      await start()
      await refusal(fixture, 'invalid_token', () => ownership().verify(first))
    })

    it('voids a verified one, too', async () => {
      const token = await verified()
      fixture.tick(MINUTE)
      await start()
      await refusal(fixture, 'invalid_token', () => complete(token))
    })

    it('mails once a minute per owner, and fifty times a minute per network address', async () => {
      await start()
      const { details } = await refusal(fixture, 'email_limit_exceeded', () => ownership().start())
      expect(details).toEqual({ per: 'owner', retryAfterMs: MINUTE })
      fixture.tick(MINUTE)
      await start()
    })

    it('wants a proven address, since whoever stole a session could have put their own there', async () => {
      await fixture.as('owner').users.update({ email: 'thief@example.com' })
      await refusal(fixture, 'forbidden', () => ownership().start())
      await fixture.system.users.update({ userId: 'owner', emailVerified: true })
      await start()
    })
  })

  describe('verifying is refused', () => {
    it('for a wrong code, a wrong token, another tenant’s, an expired one, and the second time', async () => {
      const { token, code } = await start()
      await refusal(fixture, 'invalid_token', () => ownership().verify({ token, code: '999999' }))
      await refusal(fixture, 'invalid_token', () => ownership().verify({ token: 'invented', code }))
      const zeta = fixture.as('outsider').in(fixture.zeta).ownership
      await refusal(fixture, 'invalid_token', () => zeta.verify({ token, code }))
      await ownership().verify({ token, code })
      await refusal(fixture, 'invalid_token', () => ownership().verify({ token, code }))
      fixture.tick(MINUTE)
      const later = await start()
      fixture.tick(5 * MINUTE)
      await refusal(fixture, 'invalid_token', () => ownership().verify(later))
    })

    it.each([null, 123456, ['000001'], '0'.repeat(21), undefined])('for %j as code', async (code) => {
      const { token } = await start()
      // What a caller without types may hand in.
      await refusal(fixture, 'invalid_input', () => ownership().verify({ token, code: code as never }))
    })

    it('after six wrong codes for a day, even with the right one, and a new start does not help', async () => {
      const { token, code } = await start()
      for (let guess = 0; guess < 6; guess++) {
        await refusal(fixture, 'invalid_token', () => ownership().verify({ token, code: '999999' }))
      }
      await refusal(fixture, 'transfer_locked', () => ownership().verify({ token, code }))
      fixture.tick(DAY - 1)
      const { details } = await refusal(fixture, 'transfer_locked', () => ownership().start())
      expect(details.retryAfterMs).toBe(1)
      fixture.tick(1)
      await complete(await verified())
    })

    it('as often when the guesses come all at once', async () => {
      const { token, code } = await start()
      const guesses = Array.from({ length: 50 }, (_, at) => (at === 30 ? code : `9${String(at).padStart(5, '0')}`))
      const answers = await Promise.allSettled(guesses.map((guess) => ownership().verify({ token, code: guess })))
      const codes = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason.code] : ['right']))
      expect(codes.filter((one) => one === 'invalid_token')).toHaveLength(6)
      expect(codes.filter((one) => one === 'transfer_locked')).toHaveLength(44)
    })

    it('and counts from zero again after the right code', async () => {
      const first = await start()
      for (let guess = 0; guess < 5; guess++) {
        await refusal(fixture, 'invalid_token', () => ownership().verify({ ...first, code: '999999' }))
      }
      await ownership().verify(first)
      fixture.tick(MINUTE)
      const second = await start()
      for (let guess = 0; guess < 5; guess++) {
        await refusal(fixture, 'invalid_token', () => ownership().verify({ ...second, code: '999999' }))
      }
      await ownership().verify(second)
    })
  })

  describe('completing is refused', () => {
    it('with the token of the first step, which no code was given for', async () => {
      const first = await start()
      await refusal(fixture, 'invalid_token', () => complete(first.token))
      await ownership().verify(first)
      await refusal(fixture, 'invalid_token', () => complete(first.token))
    })

    it('with a token that is invented, used, expired or another tenant’s', async () => {
      const token = await verified()
      await refusal(fixture, 'invalid_token', () => complete('invented'))
      await fixture.join(fixture.zeta, 'editor', { role: 'viewer', invitedBy: 'outsider' })
      const zeta = fixture.as('outsider').in(fixture.zeta).ownership
      await refusal(fixture, 'invalid_token', () => zeta.complete({ userId: 'editor', token }))
      fixture.tick(5 * MINUTE)
      await refusal(fixture, 'invalid_token', () => complete(token))
      await complete(await verified())
      await refusal(fixture, 'forbidden', () => complete(token))
    })

    it('to oneself, to nobody, to an outsider, to an inactive member and to a disabled account', async () => {
      const token = await verified()
      await refusal(fixture, 'self_action_forbidden', () => complete(token, 'owner'))
      await refusal(fixture, 'member_not_found', () => complete(token, 'nobody'))
      await refusal(fixture, 'member_not_found', () => complete(token, 'outsider'))
      await fixture.inAcme('owner').members.deactivate({ userId: 'viewer' })
      await refusal(fixture, 'member_not_found', () => complete(token, 'viewer'))
      await fixture.system.users.update({ userId: 'editor', status: 'disabled' })
      await refusal(fixture, 'member_not_found', () => complete(token, 'editor'))
      await fixture.inAcme('owner').members.remove({ userId: 'member' })
      await refusal(fixture, 'member_not_found', () => complete(token, 'member'))
      await complete(token, 'admin')
    })

    it('once the owner changed in between, also for the owner who came back', async () => {
      const stale = await start()
      fixture.tick(MINUTE)
      await complete(await verified())
      await refusal(fixture, 'forbidden', () => ownership().verify(stale))
      await complete(await verified('editor'), 'owner', 'editor')
      await refusal(fixture, 'invalid_token', () => ownership().verify(stale))
    })

    it('to everybody but one when two are handed it at once', async () => {
      const token = await verified()
      const answers = await Promise.allSettled(['editor', 'member', 'admin'].map((to) => complete(token, to)))
      expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      const [owner, ...others] = await ownersOfAcme()
      expect(others).toEqual([owner])
    })

    it.each(['remove', 'deactivate'] as const)(
      'or the other way round, when the target is to %s at once',
      async (verb) => {
        const token = await verified()
        await Promise.allSettled([
          fixture.inAcme('admin').members[verb]({ userId: 'editor' }),
          complete(token),
          fixture.inAcme('admin').members[verb]({ userId: 'editor' }),
        ])
        const [owner, ...others] = await ownersOfAcme()
        expect(others).toEqual([owner])
        expect((await fixture.inAcme(owner ?? '').access()).roles).toEqual(['owner'])
      },
    )
  })

  it('is nobody’s but the owner’s, whatever else the host lets them do', async () => {
    const permissions = ['tenant:read', 'tenant:update', 'tenant:archive', 'member:*', 'invitation:*', '*:*']
    await begin({ roles: { deputy: { rank: 49, name: 'Deputy', unrestricted: true, permissions } } })
    await fixture.user('deputy')
    await fixture.join(fixture.acme, 'deputy', { role: 'deputy', invitedBy: 'owner' })
    await refusal(fixture, 'forbidden', () => ownership('deputy').start())
    await refusal(fixture, 'forbidden', () => ownership('admin').start())
  })

  it('makes a former owner an ordinary admin, whom the new owner may remove', async () => {
    await complete(await verified())
    await refusal(fixture, 'forbidden', () => ownership().start())
    await fixture.inAcme('editor').members.remove({ userId: 'owner' })
    expect(await ownersOfAcme()).toEqual(['editor', 'editor'])
  })
})
