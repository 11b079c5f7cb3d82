import { describe, expect, it } from 'vitest'
import { isTextDeeperThan, isValueDeeperThan } from './nesting.js'

const bytesOf = (text: string) => new TextEncoder().encode(text)
const nested = (levels: number) => `${'[{"a":'.repeat(levels / 2)}1${'}]'.repeat(levels / 2)}`

/** Bytes that count how many of them are read. */
function counted(bytes: Uint8Array) {
  let read = 0
  const watched = Object.defineProperty(Uint8Array.from(bytes), Symbol.iterator, {
    *value() {
      for (const byte of bytes) {
        read++
        yield byte
      }
    },
  })
  return { watched, read: () => read }
}

describe('nesting depth of a JSON text', () => {
  it.each([
    [nested(4), 4],
    ['{"a":[1],"b":[2],"c":{"d":[3]}}', 3],
    ['"[[[[["', 0],
    ['{"[[[":"{{{\\"[[[\\\\"}', 1],
    ['[]', 1],
    ['1', 0],
    ['', 0],
  ])('%s is %i deep', (text, depth) => {
    expect(isTextDeeperThan(depth, bytesOf(text))).toBe(false)
    if (depth > 0) expect(isTextDeeperThan(depth - 1, bytesOf(text))).toBe(true)
  })

  it('is decided after as many bytes as brackets may be open, whatever follows', () => {
    const { watched, read } = counted(bytesOf('['.repeat(500_000)))
    expect(isTextDeeperThan(32, watched)).toBe(true)
    expect(read()).toBe(33)
  })
})

describe('nesting depth of a value', () => {
  it.each([4, 32, 100_000])('is exactly %i', (levels) => {
    const value: unknown = JSON.parse(nested(levels))
    expect(isValueDeeperThan(levels, value)).toBe(false)
    expect(isValueDeeperThan(levels - 1, value)).toBe(true)
  })

  it.each([[undefined], [null], ['text'], [1]])('of %j is zero', (value) => {
    expect(isValueDeeperThan(0, value)).toBe(false)
  })

  it('exceeds the limit for a circular value and for a value with repeated references', () => {
    const circle: Record<string, unknown> = {}
    circle['self'] = circle
    expect(isValueDeeperThan(32, circle)).toBe(true)
    let doubled: unknown = 'leaf'
    for (let level = 0; level < 32; level++) doubled = [doubled, doubled]
    expect(isValueDeeperThan(32, doubled)).toBe(true)
  })
})
