import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { EmailInput, mailboxOf, parseEmail } from './email.js'

test('every way to write one address has the same key', () => {
  const ways = [
    'ann@example.com',
    ' ANN@Example.COM ',
    'ann＠example.com',
    'ann﹫example.com',
    'ann@example．com',
    '\u3000ann@ｅxample.com',
  ]
  expect(new Set(ways.map((way) => parseEmail(way)?.emailKey))).toEqual(new Set(['ann@example.com']))
  expect(parseEmail('ann@Bücher.example')?.emailKey).toBe('ann@xn--bcher-kva.example')
})

test('domains in any script and under any top level are addresses, with their domain in ASCII', () => {
  expect(parseEmail('ann@почта.рф')?.emailKey).toBe('ann@xn--80a1acny.xn--p1ai')
  expect(parseEmail('ann@例え。テスト')?.emailKey).toBe('ann@xn--r8jz45g.xn--zckzah')
  expect(parseEmail('ann@mail.example.museum')?.emailKey).toBe('ann@mail.example.museum')
})

test('the address is kept as it was typed, but for its width and the spaces around it', () => {
  expect(parseEmail(" Ann.O'Neil＠Example.com ")?.email).toBe("Ann.O'Neil@Example.com")
})

test('the key of a key is the key', () => {
  fc.assert(
    fc.property(fc.emailAddress(), (typed) => {
      const parsed = parseEmail(typed)
      fc.pre(parsed !== null)
      expect(parseEmail(parsed?.emailKey ?? '')?.emailKey).toBe(parsed?.emailKey)
      expect(parseEmail(typed.toUpperCase())?.emailKey).toBe(parsed?.emailKey)
    }),
  )
})

test('any text at all is an address or none, never an error', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => [null, 'object'].includes(parseEmail(text) && 'object')),
  )
})

test.each([
  'ªnn@example.com',
  'ａnn@example.com',
  'ⓐnn＠example.com',
  'ﬁnn@example.com',
  'anⁿ@example.com',
  '\u212aim@example.com',
  'ann＋shop@example.com',
])('%s is another mailbox than the one it would be folded to, and refused for that', (text) => {
  expect(parseEmail(text)).toBeNull()
  const [issue] = EmailInput.safeParse(text).error?.issues ?? []
  expect(issue?.message).toMatch(/^must be written with plain characters before the @, such as [a-z+]+$/i)
})

test('the key of what is no plain address is not asked for by any other character', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (local) => {
      const parsed = parseEmail(`${local}@example.com`)
      if (parsed) expect(parsed.emailKey).toBe(`${local.trim().toLowerCase()}@example.com`)
    }),
    { numRuns: 500 },
  )
})

test('a plus tag belongs to the mailbox', () => {
  expect(parseEmail('ann+shop@example.com')?.emailKey).toBe('ann+shop@example.com')
})

test.each([
  ['ann+shop@example.com', 'ann@example.com'],
  ['ann+a+b@example.com', 'ann@example.com'],
  ['ann+@example.com', 'ann@example.com'],
  ['ann@example.com', 'ann@example.com'],
  ['+ann@example.com', '+ann@example.com'],
])('quotas count %s as %s', (emailKey, mailbox) => {
  expect(mailboxOf(emailKey)).toBe(mailbox)
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
  'ann@example.com.',
  'ann@.example.com',
  'ann@example..com',
  'ann@-example.com',
  'ann@example-.com',
  'ann@example',
  'ann@127.0.0.1',
  'ann@0x7f.1',
  'ann@[127.0.0.1]',
  'ann.@example.com',
  '.ann@example.com',
  'a..n@example.com',
  'ann smith@example.com',
  'ann@example com',
  'ann@ example.com',
  'Ann <ann@example.com>',
  'ann@example.com,bob@example.com',
  'ann@example.com\0',
  'ann\u0007@example.com',
  'ann\u202e@example.com',
  'ann\u200b@example.com',
  'änn@example.com',
  'ann@exa_mple.com',
  'a'.repeat(100_000),
  `${'a'.repeat(250)}@example.com`,
])('%j is no address', (text) => {
  expect(parseEmail(text)).toBeNull()
})
