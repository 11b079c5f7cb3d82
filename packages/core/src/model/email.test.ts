import { expect, test } from 'vitest'
import { parseEmail } from './email.js'

test('every way to write one address has the same key', () => {
  const ways = ['ann@example.com', ' ANN@Example.COM ', 'ａnn＠example.com', 'ann@example．com']
  expect(new Set(ways.map((way) => parseEmail(way)?.emailKey))).toEqual(new Set(['ann@example.com']))
  expect(parseEmail('ann@Bücher.example')?.emailKey).toBe('ann@xn--bcher-kva.example')
})

test('a plus tag belongs to the mailbox', () => {
  expect(parseEmail('ann+shop@example.com')?.emailKey).toBe('ann+shop@example.com')
})

test.each([
  'ann@exa\nmple.com',
  'ann@exa\tmple.com',
  'ann@example.com\r\nBcc: eve@example.com',
  'ann\n@example.com',
  'ann@example.com/x',
  'ann@example.com?x',
  'ann@example.com#x',
  'ann@example.com:25',
  'ann@bob@example.com',
  'ann@',
  '@example.com',
  'ann',
  '',
  `${'a'.repeat(250)}@example.com`,
])('%j is no address', (text) => {
  expect(parseEmail(text)).toBeNull()
})
