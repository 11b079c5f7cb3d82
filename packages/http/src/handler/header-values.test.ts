import type { Request } from 'express'
import { describe, expect, it } from 'vitest'
import { headerValues } from './header-values.js'

describe('the values of a header', () => {
  it.each([
    [{ headersDistinct: { a: ['1', '2'] }, headers: { a: '1, 2' } }, ['1', '2']],
    [{ headersDistinct: {}, headers: { a: '1' } }, ['1']],
    [{ headers: { a: ['1', '2'] } }, ['1', '2']],
    [{ headersDistinct: {}, headers: {} }, []],
  ])('of %j are %j', (request, values) => {
    // Only the two properties that are read.
    expect(headerValues(request as unknown as Request, 'a')).toEqual(values)
  })
})
