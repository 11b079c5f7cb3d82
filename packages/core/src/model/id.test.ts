import { expect, test, vi } from 'vitest'
import { parseEmail } from './email.js'
import { Id, Keyword, line } from './id.js'
import { HostUserName, Language, Password, TimeZone, TypedPassword } from './user.js'

test.each([null, undefined, '', ' ', 'a b', 'a\0', 'a\n', 'ä', 'a'.repeat(129), 7, ['a'], { id: 'a' }, true])(
  '%j is no id',
  (id) => {
    expect(Id.safeParse(id).success).toBe(false)
  },
)

test.each(['0198f3a0-7c1e-7000-8000-000000000000', 'auth0|5f7c8ec7', '__proto__', 'A'.repeat(128)])(
  '%s is an id',
  (id) => {
    expect(Id.parse(id)).toBe(id)
  },
)

test.each(['', 'e', 'english', 'en US', 'en-', `en${'-aa'.repeat(20)}`])('%j is no language', (language) => {
  expect(Language.safeParse(language).success).toBe(false)
})

test.each(['', '../etc', 'Europe Berlin', 'x'.repeat(65)])('%j is no time zone', (zone) => {
  expect(TimeZone.safeParse(zone).success).toBe(false)
})

const Name = line(10)

test.each([
  [' Ann ', 'Ann'],
  ['Rene\u0301', 'Ren\u00e9'],
  ['Rene\u0301'.repeat(2), 'Ren\u00e9Ren\u00e9'],
  ['e\u0301'.repeat(10), '\u00e9'.repeat(10)],
  ['علي', 'علي'],
  ['می\u200cخواهم', 'می\u200cخواهم'],
  ['👩\u200d🚀', '👩\u200d🚀'],
  ['...', '...'],
  ['7', '7'],
])('%j is a line of text, kept as %j', (fixture, kept) => {
  expect(Name.parse(fixture)).toBe(kept)
})

test.each([
  ['', 'must not be empty'],
  [' \u3000 ', 'must not be empty'],
  ['\u200b', 'must have something visible in it'],
  ['\u2060\u00ad \u200d', 'must have something visible in it'],
  ['\u3164', 'must have something visible in it'],
  ['\u2800', 'must have something visible in it'],
  ['\u0301', 'must have something visible in it'],
  ['\u{e0041}', 'must have something visible in it'],
  ['Ann\u202e', 'must not contain characters that change the direction of text'],
  ['A\u2066nn\u2069', 'must not contain characters that change the direction of text'],
  ['Ann\u200f', 'must not contain characters that change the direction of text'],
  ['Ann\u061c', 'must not contain characters that change the direction of text'],
  ['A\nnn', 'must not contain control characters'],
  ['x'.repeat(11), 'must be at most 10 characters'],
  ['e\u0301'.repeat(11), 'must be at most 10 characters'],
])('%j is none: it %s', (fixture, message) => {
  expect(Name.safeParse(fixture).error?.issues[0]?.message).toBe(message)
})

test('only so much text is brought into normal form', () => {
  // Each mark of the second kind would have to pass all of the first kind.
  const slow = `a${'\u0301'.repeat(500_000)}${'\u0323'.repeat(500_000)}`
  const normalize = vi.spyOn(String.prototype, 'normalize')
  for (const schema of [Name, Keyword, Password, TypedPassword]) expect(schema.safeParse(slow).success).toBe(false)
  expect(HostUserName.parse(slow)).not.toBeNull()
  expect(parseEmail(`${slow}@example.com`)).toBeNull()
  const longest = Math.max(...normalize.mock.contexts.map((text) => String(text).length))
  normalize.mockRestore()
  expect(longest).toBeLessThanOrEqual(1024)
})

test.each<[string, string | null]>([
  ['Ann', 'Ann'],
  ['\u202eAnn\u202c', 'Ann'],
  ['אנה\u200f', 'אנה'],
  ['\u200b', null],
  ['', null],
  [`a${'😀'.repeat(200)}`, `a${'😀'.repeat(49)}`],
])('a host that calls somebody %j shuts nobody out', (fixture, kept) => {
  expect(HostUserName.parse(fixture)).toBe(kept)
})
