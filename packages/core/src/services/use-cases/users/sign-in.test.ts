import { beforeEach, describe, expect, it } from 'vitest'
import { GUEST } from '../../pipeline/actor.js'
import { tenancyFixture } from '../../../testing/fixtures/tenancy.js'
import { plainHasher } from '../../../testing/plain-hasher.js'
import { refusal } from '../../../testing/refusal.js'
import { withStorage } from '../../../testing/with-storage.js'
import { memoryStorage } from '../../../storage/memory-storage/memory-storage.js'
import type { Reads } from '../../../storage/port.js'

const RIGHT = 'correct horse'

describe('signing in', () => {
  let fixture: Awaited<ReturnType<typeof tenancyFixture>>
  const signIn = (password = RIGHT, email = 'ann@example.com', ip?: string) =>
    fixture.tenancy.as({ ...GUEST, ip }).users.signIn({ email, password })
  const start = async (options: Parameters<typeof tenancyFixture>[0] = {}) => {
    fixture = await tenancyFixture(options)
    await fixture.system.users.create({ id: 'ann', email: 'ann@example.com', password: RIGHT })
  }
  beforeEach(() => start())

  it.each(['ann@example.com', ' ANN@Example.com', 'ann＠example.com'])(
    'issues a token for %j, with an event',
    async (email) => {
      const events = await fixture.eventsOf(async () => {
        const { user, accessToken } = await signIn(RIGHT, email)
        expect(user).toMatchObject({ id: 'ann' })
        expect(await fixture.storage.read.users.listLastLogins(['ann'])).toEqual(new Map([['ann', fixture.now()]]))
        expect(await fixture.tenancy.authenticate(accessToken)).toMatchObject({ user: { id: 'ann' } })
      })
      expect(events.map(({ type }) => type)).toEqual(['user.signed_in'])
    },
  )

  it('compares passwords in one normal form, however they were typed', async () => {
    const [composed, decomposed] = ['R\u00e9n\u00e9e \u00c5ngstr\u00f6m', 'Re\u0301ne\u0301e A\u030angstro\u0308m']
    for (const [set, typed] of [
      [composed, decomposed],
      [decomposed, composed],
    ] as const) {
      await fixture.system.users.update({ userId: 'ann', password: set })
      await signIn(typed)
    }
  })

  it('responds alike to a wrong password, an unknown address and an account that is disabled, deleted or without password', async () => {
    await fixture.user('bob')
    await fixture.system.users.create({ id: 'dan', email: 'dan@example.com', password: RIGHT })
    await fixture.system.users.create({ id: 'eve', email: 'eve@example.com', password: RIGHT })
    await fixture.system.users.update({ userId: 'dan', status: 'disabled' })
    await fixture.system.users.delete({ userId: 'eve' })
    const answers = [
      await refusal(fixture, 'invalid_credentials', () => signIn('wrong')),
      await refusal(fixture, 'invalid_credentials', () => signIn(RIGHT, 'nobody@example.com')),
      await refusal(fixture, 'invalid_credentials', () => signIn(RIGHT, 'no address')),
      await refusal(fixture, 'invalid_credentials', () => signIn(RIGHT, 'bob@example.com')),
      await refusal(fixture, 'invalid_credentials', () => signIn('', 'bob@example.com')),
      await refusal(fixture, 'invalid_credentials', () => signIn(RIGHT, 'dan@example.com')),
      await refusal(fixture, 'invalid_credentials', () => signIn(RIGHT, 'eve@example.com')),
      await refusal(fixture, 'invalid_credentials', () => signIn(RIGHT, 'eve@deleted.invalid')),
      await refusal(fixture, 'invalid_credentials', () => signIn(RIGHT, 'deleted eve')),
    ]
    expect(new Set(answers.map(({ message }) => message)).size).toBe(1)
  })

  it('does as much work for an unknown address as for a known one', async () => {
    const compared: (string | null)[] = []
    const verify = async (_: string, hash: string | null) => (compared.push(hash), false)
    await start({ passwords: { ...plainHasher, verify } })
    await refusal(fixture, 'invalid_credentials', () => signIn('wrong', 'nobody@example.com'))
    await refusal(fixture, 'invalid_credentials', () => signIn('wrong'))
    expect(compared).toEqual([null, `plain:${RIGHT}`])
  })

  it('does not query the storage for an invalid address', async () => {
    const asked: string[] = []
    const findByEmailKey = (users: Reads['users']) => (key: string) => (asked.push(key), users.findByEmailKey(key))
    const storage = withStorage(memoryStorage(), {
      read: ({ users }) => ({ users: { ...users, findByEmailKey: findByEmailKey(users) } }),
    })
    await start({ storage })
    for (const email of ['', 'a\0b', 'a\0b@example.com', '\ud800@example.com', 'deleted ann'])
      await refusal(fixture, 'invalid_credentials', () => signIn(RIGHT, email))
    expect(asked).toEqual([])
  })

  it('gives no session for a password that is replaced while it is compared', async () => {
    let isReplaced = false
    const verify: typeof plainHasher.verify = async (password, hash) => {
      if (!isReplaced) await fixture.system.users.update({ userId: 'ann', password: 'battery staple' })
      isReplaced = true
      return plainHasher.verify(password, hash)
    }
    await start({ passwords: { ...plainHasher, verify } })
    await expect(signIn()).rejects.toMatchObject({ code: 'invalid_credentials' })
    expect((await fixture.as('ann').accessTokens.list()).items).toEqual([])
  })

  it('is limited to ten wrong passwords per account and network, and reset by a correct one', async () => {
    for (let round = 0; round < 2; round++) {
      for (let time = 0; time < 9; time++) await refusal(fixture, 'invalid_credentials', () => signIn('wrong'))
      await signIn()
    }
    for (let time = 0; time < 10; time++) await refusal(fixture, 'invalid_credentials', () => signIn('wrong'))
    const { details } = await refusal(fixture, 'rate_limited', () => signIn())
    expect(details.retryAfterMs).toBe(15 * 60_000)
    fixture.tick(details.retryAfterMs)
    await signIn()
  })

  const guessFrom = async (ip: string) => {
    const guess = () => signIn('wrong', 'ann@example.com', ip).catch(({ code }: { readonly code: string }) => code)
    return (await Promise.all(Array.from({ length: 20 }, guess))).filter((code) => code === 'invalid_credentials')
      .length
  }

  it('still admits the owner from another network during a brute-force attack', async () => {
    for (let hour = 0; hour < 8; hour++) {
      for (let quarter = 0; quarter < 4; quarter++) {
        expect(await guessFrom(`2001:db8::${hour}:${quarter}`)).toBe(10)
        fixture.tick(15 * 60_000)
      }
      // From another place each time, none of which is known.
      await signIn(RIGHT, 'ann@example.com', `192.0.2.${hour}`)
    }
  })

  it('looks at so many guesses from all networks together, and stays open to where the owner has been', async () => {
    await signIn(RIGHT, 'ann@example.com', '192.0.2.1')
    let looked = 0
    for (let network = 0; network < 40; network++) looked += await guessFrom(`198.51.100.${network}`)
    // The first sign-in from a network is one of them.
    expect(looked).toBe(99)
    await refusal(fixture, 'rate_limited', () => signIn(RIGHT, 'ann@example.com', '203.0.113.1'))
    await signIn(RIGHT, 'ann@example.com', '::ffff:192.0.2.1')
    fixture.tick(60 * 60_000)
    await signIn(RIGHT, 'ann@example.com', '203.0.113.1')
  })

  it('is bounded where the owner has been, too, and knows of nobody’s networks by their own', async () => {
    await fixture.system.users.create({ id: 'eve', email: 'eve@example.com', password: RIGHT })
    await signIn(RIGHT, 'eve@example.com', '192.0.2.7')
    await signIn(RIGHT, 'ann@example.com', '192.0.2.1')
    expect(await guessFrom('192.0.2.1')).toBe(10)
    for (let network = 0; network < 40; network++) await guessFrom(`198.51.100.${network}`)
    expect(await guessFrom('192.0.2.7')).toBe(0)
  })

  it('is stopped after a hundred tries from one network address, whatever the account', async () => {
    for (let time = 0; time < 100; time++) {
      await expect(signIn('wrong', `p${time}@example.com`, '192.0.2.1')).rejects.toMatchObject({
        code: 'invalid_credentials',
      })
    }
    await refusal(fixture, 'rate_limited', () => signIn(RIGHT, 'ann@example.com', '192.0.2.1'))
    await signIn(RIGHT, 'ann@example.com', '192.0.2.2')
  })

  it('takes nothing but an address and a password', async () => {
    const inputs = [
      {},
      { email: 'ann@example.com' },
      { email: ['ann@example.com'], password: RIGHT },
      { email: {}, password: {} },
    ]
    for (const input of [...inputs, { email: 'ann@example.com', password: RIGHT, userId: 'bob' }]) {
      // What a caller without types may hand in.
      await refusal(fixture, 'invalid_input', () => fixture.tenancy.as(GUEST).users.signIn(input as never))
    }
  })
})
