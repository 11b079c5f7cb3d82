import { expect, test } from 'vitest'
import { Settings, Slug, TenantName } from './tenant.js'

test.each(['', '   ', 'a\nb', 'a\0b', 'a\u2028b', 'a\u0085b', 'half \ud800', 'x'.repeat(101), 7, null, ['Acme']])(
  '%j is no name',
  (name) => expect(TenantName.safeParse(name).success).toBe(false),
)

test('a name is trimmed, and may be in any script', () => {
  expect(['  Acme  ', '株式会社', 'می‌خواهم', '👩‍💻 Inc'].map((name) => TenantName.parse(name))).toEqual([
    'Acme',
    '株式会社',
    'می‌خواهم',
    '👩‍💻 Inc',
  ])
})

test.each(['a', 'Acme', '-acme', 'acme-', 'ac--me', 'ac me', 'a'.repeat(64), 'äcme', 'acme\n'])(
  '%j is no slug',
  (slug) => {
    expect(Slug.safeParse(slug).success).toBe(false)
  },
)

test.each([
  ['nested', { theme: { dark: true } }],
  ['lists', { theme: ['dark'] }],
  ['a key with other characters', { 'the-me': 'dark' }],
  ['long text', { theme: 'x'.repeat(1001) }],
  ['NUL', { theme: 'a\0b' }],
  ['half a surrogate pair', { theme: '\udc00' }],
  ['no number', { size: NaN }],
  ['65 keys', Object.fromEntries(Array.from({ length: 65 }, (_, at) => [`key${at}`, at]))],
])('settings with %s are refused', (_, settings) => {
  expect(Settings.safeParse(settings).success).toBe(false)
})

test('settings hold up to 64 scalars', () => {
  const many = Object.fromEntries(Array.from({ length: 64 }, (_, at) => [`key${at}`, at]))
  expect(Settings.parse(many)).toEqual(many)
  expect(Settings.parse({ theme: 'dark', size: 1.5, beta: true, logoId: null })).toMatchObject({ theme: 'dark' })
})
