import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hasBit, intersection, isSubset, maskOf, union, without } from './permissions.js'

const SIZE = 200
const bitSet = fc.uniqueArray(fc.nat(SIZE - 1)).map((bits) => new Set(bits))
const mask = (bits: ReadonlySet<number>) => maskOf(bits, SIZE)
const bitsOf = (words: readonly number[]) =>
  new Set(Array.from({ length: SIZE }, (_, bit) => bit).filter((bit) => hasBit(words, bit)))

describe('masks are sets of bits, of any size', () => {
  it('hold what they were made of, beyond 32 and 64 bits', () => {
    fc.assert(fc.property(bitSet, (bits) => void expect(bitsOf(mask(bits))).toEqual(bits)))
    expect(bitsOf(mask(new Set([0, 31, 32, 63, 64, 95, 199])))).toEqual(new Set([0, 31, 32, 63, 64, 95, 199]))
  })

  it('unite, subtract and compare as sets do', () => {
    fc.assert(
      fc.property(bitSet, bitSet, (left, right) => {
        expect(bitsOf(union(mask(left), mask(right)))).toEqual(new Set([...left, ...right]))
        expect(bitsOf(without(mask(left), mask(right)))).toEqual(new Set([...left].filter((bit) => !right.has(bit))))
        expect(bitsOf(intersection(mask(left), mask(right)))).toEqual(
          new Set([...left].filter((bit) => right.has(bit))),
        )
        expect(isSubset(mask(left), mask(right))).toBe([...left].every((bit) => right.has(bit)))
      }),
    )
  })

  it('have no bit beyond their end, and none before their beginning', () => {
    expect([hasBit(mask(new Set([0])), 4096), hasBit([], 0), hasBit(mask(new Set([0])), -1)]).toEqual([
      false,
      false,
      false,
    ])
  })
})
