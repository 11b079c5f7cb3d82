import { expect, test } from 'vitest'
import { isSameResult } from './same-result.js'

const rows = (...rows: unknown[]) => ({ rows })

test.each([
  ['equal rows', rows({ id: 1, name: null }), rows({ id: 1, name: null }), true],
  ['equal bytes', rows({ bytes: Buffer.from('ab') }), rows({ bytes: Buffer.from('ab') }), true],
  ['no rows and as many changes', { rows: [], numAffectedRows: 2n }, { rows: [], numAffectedRows: 2n }, true],
  ['another value', rows({ id: 1 }), rows({ id: 2 }), false],
  ['null and no text', rows({ name: null }), rows({ name: '' }), false],
  ['other bytes', rows({ bytes: Buffer.from('ab') }), rows({ bytes: Buffer.from('ac') }), false],
  ['fewer rows', rows({ id: 1 }, { id: 2 }), rows({ id: 1 }), false],
  ['another order', rows({ id: 1 }, { id: 2 }), rows({ id: 2 }, { id: 1 }), false],
  ['fewer changes', { rows: [], numAffectedRows: 2n }, { rows: [], numAffectedRows: 1n }, false],
])('the results of a statement: %s', (_, one, other, same) => {
  expect(isSameResult(one, other)).toBe(same)
})
