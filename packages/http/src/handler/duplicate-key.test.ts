import { describe, expect, it } from 'vitest'
import { findDuplicateKey } from './duplicate-key.js'

describe('findDuplicateKey', () => {
  it.each([
    ['{"role":"normal","role":"owner"}', 'role'],
    ['{"a":{"b":1,"c":2,"b":3}}', 'b'],
    ['[{"a":1},{"a":1,"b":2,"a":3}]', 'a'],
    ['{"role":1,"r\\u006fle":2}', 'role'],
    ['{"a":[1,{"b":1}],"a":2}', 'a'],
    ['{"":1,"":2}', ''],
    ['{ "a" : 1 , "a" : 2 }', 'a'],
  ])('is found in %s', (text, key) => {
    JSON.parse(text)
    expect(findDuplicateKey(text)).toBe(key)
  })

  it.each([
    '{"a":1,"b":2}',
    '{"a":{"a":{"a":1}}}',
    '[{"a":1},{"a":1}]',
    '{"a":"a","b":"a"}',
    '{"a":"{\\"b\\":1,\\"b\\":2}"}',
    '{"a":":","b":"\\\\","c":"\\":"}',
    '{"A":1,"a":2}',
    '["a","a"]',
    '{}',
    '',
  ])('is not seen in %s', (text) => {
    expect(findDuplicateKey(text)).toBeNull()
  })
})
