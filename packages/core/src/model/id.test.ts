import { expect, test } from 'vitest'
import { Id } from './id.js'
import { Language, TimeZone } from './user.js'

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
