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
  ['more than 16 KiB', { theme: 'x'.repeat(16 * 1024) }],
  ['a sixth level', { a: { b: { c: { d: { e: { f: 1 } } } } } }],
  ['NUL', { theme: 'a\0b' }],
  ['half a surrogate pair', { deep: { theme: ['\udc00'] } }],
  ['NUL in a key', { deep: { 'a\0b': 1 } }],
  ['no number', { size: NaN }],
  ['a date', { since: new Date(0) }],
  ['a class of its own', { theme: new Map() }],
])('settings with %s are refused', (_, settings) => {
  expect(Settings.safeParse(settings).success).toBe(false)
})

test('settings are JSON', () => {
  const settings = {
    theme: 'dark',
    size: 1.5,
    beta: true,
    logoId: null,
    domains: ['acme.example'],
    deep: { a: { b: [1] } },
  }
  expect(Settings.parse(settings)).toEqual(settings)
})
