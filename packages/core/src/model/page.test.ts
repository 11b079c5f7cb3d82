import { expect, test } from 'vitest'
import { encodeCursor, PageInput, pageRequest, toPage } from './page.js'

const cursorOf = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const fits = (input: unknown) => PageInput.safeParse(input).success

test('a cursor leads back to the position it was made of', () => {
  const position = { at: 1_700_000_000_000, id: '0198-ab' }
  expect(PageInput.parse({ cursor: encodeCursor(position) }).cursor).toEqual(position)
})

test.each([
  ['no base64', '%%%'],
  ['no JSON', Buffer.from('{').toString('base64url')],
  ['empty', ''],
  ['null', cursorOf(null)],
  ['a list', cursorOf([1, 'a'])],
  ['without id', cursorOf({ at: 1 })],
  ['an id that is no id', cursorOf({ at: 1, id: 'a\0b' })],
  ['an id of another kind', cursorOf({ at: 1, id: { $ne: 1 } })],
  ['an empty id', cursorOf({ at: 1, id: '' })],
  ['a fraction of a moment', cursorOf({ at: 1.5, id: 'a' })],
  ['a moment beyond numbers', cursorOf({ at: 1e300, id: 'a' })],
  ['a moment as text', cursorOf({ at: '1', id: 'a' })],
  ['longer than any', 'A'.repeat(401)],
])('a cursor that is %s is refused', (_, cursor) => {
  expect(fits({ cursor })).toBe(false)
})

test.each([0, -1, 101, 1.5, NaN, Infinity, '20', null, [20]])('a limit of %s is refused', (limit) => {
  expect(fits({ limit })).toBe(false)
})

test.each([0, -1, 1_000_001, 0.5, NaN, '1'])('a page number of %s is refused', (page) => {
  expect(fits({ page })).toBe(false)
})

test('unknown fields are refused', () => {
  expect(fits({ offset: 5 })).toBe(false)
})

test('one row more is fetched than shown, and tells that there is a next page', async () => {
  const input = PageInput.parse({ limit: 2 })
  expect(pageRequest(input)).toEqual({ limit: 3, after: undefined, offset: undefined })
  const rows = [1, 2, 3].map((at) => ({ at, id: `id-${at}` }))
  const page = await toPage(
    input,
    rows,
    (row) => row,
    async () => 0,
  )
  expect(page).toEqual({ items: rows.slice(0, 2), nextCursor: encodeCursor({ at: 2, id: 'id-2' }) })
  expect(
    (
      await toPage(
        input,
        rows.slice(0, 2),
        (row) => row,
        async () => 0,
      )
    ).nextCursor,
  ).toBeNull()
})

test('rows are counted only for numbered pages', async () => {
  const input = PageInput.parse({ page: 3, limit: 10 })
  expect(pageRequest(input)).toEqual({ limit: 11, after: undefined, offset: 20 })
  expect(
    await toPage(
      input,
      [],
      (row: never) => row,
      async () => 25,
    ),
  ).toEqual({ items: [], nextCursor: null, total: 25 })
})
