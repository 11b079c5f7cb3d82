import { describe, expect, it } from 'vitest'
import { tenancyFixture } from '../../testing/fixtures/tenancy.js'
import { GUEST } from './actor.js'
import { networkOf, normalizeAddress } from './network.js'

describe('an address on the network', () => {
  it.each([
    [
      '192.0.2.1',
      ['::ffff:192.0.2.1', '::FFFF:C000:0201', '0:0:0:0:0:ffff:c000:201', '64:ff9b::192.0.2.1', '192.0.2.1:443'],
    ],
    [
      '2001:db8::a',
      [
        '2001:DB8::A',
        '2001:0db8:0000:0000:0000:0000:0000:000a',
        '2001:db8:0::a',
        '2001:db8::a%eth0',
        '[2001:db8::a]:443',
      ],
    ],
    ['::1', ['0:0:0:0:0:0:0:1', '[::1]', ' ::1 ']],
  ])('%s is one, however it is written', (address, ways) => {
    for (const way of [address, ...ways]) expect(normalizeAddress(way), way).toBe(address)
  })

  it.each([
    '',
    'localhost',
    '1',
    '0x7f.1',
    '010.0.0.1',
    '256.0.0.1',
    '192.0.2.1, 10.0.0.1',
    ':::',
    '<script>',
    'x'.repeat(100_000),
    7,
    {},
  ])('%j is none', (text) => {
    expect(normalizeAddress(text)).toBe('unknown')
  })

  it('counts as one client within a /64, and as another beyond', () => {
    expect(networkOf({ ip: '2001:db8:1:2:3:4:5:6' })).toBe(networkOf({ ip: '2001:db8:1:2::1' }))
    expect(networkOf({ ip: '2001:db8:1:3::1' })).not.toBe(networkOf({ ip: '2001:db8:1:2::1' }))
    expect(networkOf({ ip: '192.0.2.1' })).not.toBe(networkOf({ ip: '192.0.2.2' }))
    expect(networkOf({})).toBeNull()
  })
})

describe('limits per network address', () => {
  const guesses = async (ips: readonly string[]) => {
    const { tenancy } = await tenancyFixture()
    const answers = ips.map((ip) =>
      tenancy
        .as({ ...GUEST, ip })
        .invitations.preview({ token: 'wrong' })
        .then(
          () => 'looked at',
          ({ code }: { readonly code: string }) => code,
        ),
    )
    return (await Promise.all(answers)).filter((answer) => answer === 'rate_limited').length
  }

  it.each([
    ['the addresses of one /64', (n: number) => `2001:db8::${n.toString(16)}:1`],
    [
      'spellings of one address',
      (n: number) => ['192.0.2.1', '::ffff:192.0.2.1', '::ffff:c000:201', '::FFFF:192.0.2.1'][n % 4] ?? '',
    ],
    ['texts that are no address', (n: number) => `client ${n}`],
  ])('see one client in %s', async (_, ipOf) => {
    expect(await guesses(Array.from({ length: 40 }, (_, n) => ipOf(n)))).toBe(10)
  })

  it('see others in other networks', async () => {
    expect(await guesses(Array.from({ length: 40 }, (_, n) => `2001:db8:0:${n}::1`))).toBe(0)
  })
})

it.each([
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['2001:DB8::0:1%eth0', '2001:db8::1'],
  ['no address', null],
  [undefined, null],
])('events keep %j as %j', async (ip, kept) => {
  const fixture = await tenancyFixture()
  await fixture.system.users.create({ id: 'ann', email: 'ann@example.com' })
  await fixture.tenancy.as({ userId: 'ann', ip }).tenants.create({ name: 'Acme' })
  expect(fixture.heard.at(-1)).toMatchObject({ type: 'tenant.created', ip: kept })
})
