import { beforeEach, describe, expect, it } from 'vitest'
import { isTenancyError } from '../../../errors.js'
import { memoryStorage } from '../../../storage/memory-storage/memory-storage.js'
import { tenancyFixture } from '../../../testing/fixtures/tenancy.js'
import { refusal } from '../../../testing/refusal.js'
import { GUEST } from '../../pipeline/actor.js'

const MINUTE = 60_000
const INTERVAL = 5000
const laptop = { clientId: 'cli', deviceLabel: 'laptop' }

let fixture: Awaited<ReturnType<typeof tenancyFixture>>
beforeEach(async () => {
  fixture = await tenancyFixture()
  await fixture.user('ann')
  await fixture.user('bob')
})

const guest = (ip?: string) => fixture.tenancy.as({ ...GUEST, ip })
const start = (device = laptop) => guest().devices.start(device)
const exchange = (deviceCode: string, clientId = 'cli') => guest().devices.exchange({ deviceCode, clientId })
const whose = async (accessToken: string) => {
  const bearer = await fixture.tenancy.authenticate(accessToken)
  return bearer?.kind === 'account' ? bearer.user.id : null
}

/** A device that Ann has let in, and its token. */
async function signIn(device = laptop) {
  const { deviceCode, userCode } = await start(device)
  await fixture.as('ann').devices.approve({ userCode })
  return exchange(deviceCode)
}

/** How each of several calls at once ended: `done`, or the code of its refusal. */
async function endings(calls: readonly Promise<unknown>[]): Promise<string[]> {
  const resolved = await Promise.allSettled(calls)
  return resolved.map((one) => {
    if (one.status === 'fulfilled') return 'done'
    if (isTenancyError(one.reason)) return one.reason.code
    throw one.reason
  })
}

describe('a device', () => {
  it('is shown a code without look-alikes for a quarter of an hour, and kept by hashes alone', async () => {
    const started = await start()
    expect(started).toMatchObject({ expiresAt: fixture.now() + 15 * MINUTE, intervalMs: INTERVAL })
    expect(started.userCode).toMatch(/^[BCDFGHJKMNPQRSTVWXYZ]{4}-[2-9]{4}$/)
    const { storage } = fixture
    for (const code of [started.deviceCode, started.userCode, started.userCode.replace('-', '')]) {
      expect(await storage.read.deviceAuthorizations.findByDeviceCode(code)).toBeNull()
      expect(await storage.read.deviceAuthorizations.findByUserCode(code)).toBeNull()
    }
    expect(await guest().devices.lookUp({ userCode: started.userCode })).toEqual({
      clientId: 'cli',
      label: 'laptop',
      network: null,
      startedAt: fixture.now(),
      askedAt: fixture.now(),
      expiresAt: started.expiresAt,
    })
  })

  it('waits for its user, and gets a token once they approve', async () => {
    const { deviceCode, userCode } = await start()
    await refusal(fixture, 'authorization_pending', () => exchange(deviceCode))
    const approved = await fixture.eventsOf(() =>
      fixture.as('ann').devices.approve({ userCode: userCode.toLowerCase() }),
    )
    expect(approved).toMatchObject([
      { type: 'device_authorization.approved', actorId: 'ann', data: { clientId: 'cli', label: 'laptop' } },
    ])
    fixture.tick(INTERVAL)
    const events = await fixture.eventsOf(async () => {
      const { accessToken, token, user } = await exchange(deviceCode)
      expect(token).toMatchObject({ userId: 'ann', clientId: 'cli', label: 'laptop', prefix: accessToken.slice(0, 8) })
      expect([user.id, await whose(accessToken)]).toEqual(['ann', 'ann'])
    })
    expect(events).toMatchObject([{ type: 'access_token.issued', data: { label: 'laptop' } }])
    fixture.tick(INTERVAL)
    await refusal(fixture, 'invalid_token', () => exchange(deviceCode))
    expect(await guest().devices.lookUp({ userCode })).toBeNull()
  })

  it('is told when its user refuses', async () => {
    const { deviceCode, userCode } = await start()
    const denied = await fixture.eventsOf(() => fixture.as('bob').devices.deny({ userCode }))
    expect(denied).toMatchObject([{ type: 'device_authorization.denied', actorId: 'bob' }])
    await refusal(fixture, 'access_denied', () => exchange(deviceCode))
    await refusal(fixture, 'invalid_token', () => fixture.as('ann').devices.approve({ userCode }))
  })

  it('is told to slow down when it asks within the interval, each device by itself', async () => {
    const [one, other] = [await start(), await start({ ...laptop, deviceLabel: 'phone' })]
    await refusal(fixture, 'authorization_pending', () => exchange(one.deviceCode))
    fixture.tick(INTERVAL - 1)
    const error = await refusal(fixture, 'slow_down', () => exchange(one.deviceCode))
    expect(error.details).toEqual({ retryAfterMs: 1 })
    await refusal(fixture, 'authorization_pending', () => exchange(other.deviceCode))
    fixture.tick(1)
    await refusal(fixture, 'authorization_pending', () => exchange(one.deviceCode))
  })

  it('is late after a quarter of an hour, approved or not, and unknown a day later', async () => {
    const [waiting, approved] = [await start(), await start()]
    await fixture.as('ann').devices.approve({ userCode: approved.userCode })
    fixture.tick(15 * MINUTE)
    await refusal(fixture, 'invalid_token', () => fixture.as('ann').devices.approve({ userCode: waiting.userCode }))
    for (const { deviceCode } of [waiting, approved]) {
      await refusal(fixture, 'expired_token', () => exchange(deviceCode))
    }
    fixture.tick(24 * 60 * MINUTE)
    await start()
    await refusal(fixture, 'invalid_token', () => exchange(waiting.deviceCode))
  })

  it('gets nothing with the code of another program, or one that was never given', async () => {
    const { deviceCode, userCode } = await start()
    await fixture.as('ann').devices.approve({ userCode })
    await refusal(fixture, 'invalid_token', () => exchange(deviceCode, 'other'))
    for (const wrong of ['', userCode, `${deviceCode} `, deviceCode.slice(0, -1)]) {
      await refusal(fixture, 'invalid_token', () => exchange(wrong))
    }
    expect(await whose((await exchange(deviceCode)).accessToken)).toBe('ann')
  })

  it('gets no token of somebody who may no longer sign in', async () => {
    const { deviceCode, userCode } = await start()
    await fixture.as('ann').devices.approve({ userCode })
    await fixture.system.users.update({ userId: 'ann', status: 'disabled' })
    await fixture.system.users.update({ userId: 'ann', status: 'active' })
    await refusal(fixture, 'access_denied', () => exchange(deviceCode))
  })

  it('gets no token after its user has changed the password, which signs out everywhere', async () => {
    const { deviceCode, userCode } = await start()
    await fixture.as('ann').devices.approve({ userCode })
    await fixture.as('ann').users.update({ password: 'a new password' })
    await refusal(fixture, 'access_denied', () => exchange(deviceCode))
  })

  it.each([
    { clientId: '', deviceLabel: 'laptop' },
    { clientId: 'a b', deviceLabel: 'laptop' },
    { clientId: 'c'.repeat(101), deviceLabel: 'laptop' },
    { clientId: 'cli', deviceLabel: '' },
    { clientId: 'cli', deviceLabel: 'a\nb' },
    { clientId: 'cli' },
    { ...laptop, userId: 'ann' },
    { ...laptop, status: 'approved' },
  ])('is not begun by %j', async (input) => {
    // What a caller without types may hand in.
    await refusal(fixture, 'invalid_input', () => guest().devices.start(input as never))
  })
})

describe('signing in again from the same device', () => {
  it('replaces its token, which stops at once, and keeps the session', async () => {
    const first = await signIn()
    fixture.tick(MINUTE)
    const events = await fixture.eventsOf(async () => {
      const second = await signIn()
      expect(second.token.id).toBe(first.token.id)
      expect(await whose(first.accessToken)).toBeNull()
      expect(await whose(second.accessToken)).toBe('ann')
    })
    expect(events.map(({ type }) => type)).toEqual(['device_authorization.approved', 'access_token.rotated'])
    await signIn({ ...laptop, deviceLabel: 'phone' })
    await fixture.as('ann').accessTokens.create({ label: 'laptop' })
    expect((await fixture.as('ann').accessTokens.list({ page: 1, live: true })).total).toBe(3)
  })

  it('by somebody else leaves the first one’s alone', async () => {
    const { accessToken } = await signIn()
    const { deviceCode, userCode } = await start()
    await fixture.as('bob').devices.approve({ userCode })
    expect(await whose((await exchange(deviceCode)).accessToken)).toBe('bob')
    expect(await whose(accessToken)).toBe('ann')
  })
})

describe('words and questions at once', () => {
  it('leave one word on a device that several approve and deny', async () => {
    const { userCode } = await start()
    const words = ['ann', 'bob', 'ann', 'bob'].map((id, at) =>
      fixture.as(id).devices[at < 2 ? 'approve' : 'deny']({ userCode }),
    )
    expect((await endings(words)).sort()).toEqual(['done', 'invalid_token', 'invalid_token', 'invalid_token'])
  })

  it('give one token for one approval', async () => {
    const { deviceCode, userCode } = await start()
    await fixture.as('ann').devices.approve({ userCode })
    const asked = await endings(Array.from({ length: 10 }, () => exchange(deviceCode)))
    expect(asked.filter((ending) => ending === 'done')).toHaveLength(1)
    expect((await fixture.as('ann').accessTokens.list({ page: 1 })).total).toBe(1)
  })
})

describe('a user’s code', () => {
  const wrong = { userCode: 'BCDF-2222' }

  it('returns 401 to anonymous callers and pending codes only to signed-in users', async () => {
    const { userCode } = await start()
    await refusal(fixture, 'unauthenticated', () => guest().devices.approve({ userCode }))
    await refusal(fixture, 'unauthenticated', () => guest().devices.deny({ userCode }))
    await refusal(fixture, 'unauthenticated', () => fixture.as('nobody').devices.approve({ userCode }))
    await refusal(fixture, 'unauthenticated', () => fixture.system.devices.approve({ userCode }))
    expect(await guest().devices.lookUp({ userCode })).not.toBeNull()
  })

  it('cannot be guessed: tries are counted for an account, whichever way it asks, until the window ends', async () => {
    const { userCode } = await start()
    const ann = fixture.as('ann').devices
    for (let tries = 0; tries < 30; tries += 3) {
      await refusal(fixture, 'invalid_token', () => ann.approve(wrong))
      await refusal(fixture, 'invalid_token', () => ann.deny(wrong))
      expect(await ann.lookUp(wrong)).toBeNull()
    }
    for (const ask of [ann.approve, ann.deny, ann.lookUp])
      await refusal(fixture, 'rate_limited', () => ask({ userCode }))
    await fixture.as('bob').devices.lookUp({ userCode })
    fixture.tick(15 * MINUTE)
    expect(await ann.lookUp({ userCode })).toBeNull()
  })

  it('cannot be guessed by many accounts from one address, or without one', async () => {
    for (let tries = 0; tries < 60; tries++) expect(await guest('192.0.2.1').devices.lookUp(wrong)).toBeNull()
    await refusal(fixture, 'rate_limited', () => guest('192.0.2.1').devices.lookUp(wrong))
    const ann = fixture.tenancy.as({ userId: 'ann', ip: '192.0.2.1' })
    await refusal(fixture, 'rate_limited', () => ann.devices.approve(wrong))
    expect(await guest('192.0.2.2').devices.lookUp(wrong)).toBeNull()
  })

  it('cannot be guessed by guests without end, from many addresses or none; whoever signs in still finds theirs', async () => {
    fixture = await tenancyFixture({ storage: memoryStorage() })
    await fixture.user('ann')
    const { userCode } = await start()
    const ask = (code: string, ip?: string) => guest(ip).devices.lookUp({ userCode: code })
    for (let tries = 0; tries < 9990; tries++) await ask(wrong.userCode)
    for (let tries = 0; tries < 10; tries++) {
      expect(await ask(userCode)).not.toBeNull()
      expect(await ask(wrong.userCode, `192.0.2.${tries}`)).toBeNull()
    }
    for (const ip of [undefined, '192.0.2.99']) await refusal(fixture, 'rate_limited', () => ask(userCode, ip))
    expect(await fixture.as('ann').devices.lookUp({ userCode })).not.toBeNull()
    await fixture.as('ann').devices.approve({ userCode })
    fixture.tick(60 * MINUTE)
    expect(await ask((await start()).userCode)).not.toBeNull()
  })

  it('is drawn again while another device has it', async () => {
    const codes = ['BCDF-2345', 'BCDF-2345', 'GHJK-6789']
    fixture = await tenancyFixture({ storage: memoryStorage(), newUserCode: () => codes.shift() ?? 'GHJK-6789' })
    expect([(await start()).userCode, (await start()).userCode]).toEqual(['BCDF-2345', 'GHJK-6789'])
    await refusal(fixture, 'conflict', start)
  })

  it('is not given out without end to one address', async () => {
    const elsewhere = guest('192.0.2.9').devices
    for (let count = 0; count < 30; count++) await elsewhere.start(laptop)
    await refusal(fixture, 'rate_limited', () => elsewhere.start(laptop))
  })
})
