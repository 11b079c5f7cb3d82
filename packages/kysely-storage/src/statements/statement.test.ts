import BetterSqlite3 from 'better-sqlite3'
import { CompiledQuery, Kysely, SqliteDialect } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { statement } from './statement.js'

interface Notes {
  notes: { id: number; text: string | null }
}

const db = new Kysely<Notes>({ dialect: new SqliteDialect({ database: new BetterSqlite3(':memory:') }) })

beforeAll(async () => {
  await db.executeQuery(CompiledQuery.raw('create table notes (id integer primary key, text text)'))
})
afterAll(() => db.destroy())

describe('a statement', () => {
  test('is built once, and run with the values of each call', async () => {
    let built = 0
    const insert = statement((row: { id: number; text: string | null }) => {
      built += 1
      return db.insertInto('notes').values(row)
    })
    expect(await insert.affect(db, { id: 1, text: 'one' })).toBe(1)
    expect(await insert.affect(db, { id: 2, text: null })).toBe(1)
    expect(built).toBe(1)

    const find = statement(({ id }: { id: number }) => db.selectFrom('notes').selectAll().where('id', '=', id))
    expect(await find.first(db, { id: 1 })).toEqual({ id: 1, text: 'one' })
    expect(await find.first(db, { id: 2 })).toEqual({ id: 2, text: null })
    expect(await find.first(db, { id: 3 })).toBeNull()
  })

  test('is another one for each set of values that are given', async () => {
    const shapes: string[][] = []
    const list = statement((fixture: { text: string | undefined; limit: number }) => {
      shapes.push(Object.keys(fixture))
      const query = db.selectFrom('notes').select('id').orderBy('id').limit(fixture.limit)
      return fixture.text === undefined ? query : query.where('text', '=', fixture.text)
    })
    expect(await list.all(db, { text: undefined, limit: 5 })).toEqual([{ id: 1 }, { id: 2 }])
    expect(await list.all(db, { text: 'one', limit: 5 })).toEqual([{ id: 1 }])
    expect(await list.all(db, { text: 'two', limit: 5 })).toEqual([])
    expect(await list.all(db, { text: undefined, limit: 1 })).toEqual([{ id: 1 }])
    expect(shapes).toEqual([['limit'], ['text', 'limit']])
  })

  test('changes only the columns it was given', async () => {
    const update = statement(({ key, ...set }: { key: number; text?: string | null }) =>
      db.updateTable('notes').set(set).where('id', '=', key),
    )
    expect(await update.affect(db, { key: 1, text: 'changed' })).toBe(1)
    expect(await update.affect(db, { key: 9, text: 'changed' })).toBe(0)
    const texts = await db.selectFrom('notes').select('text').orderBy('id').execute()
    expect(texts).toEqual([{ text: 'changed' }, { text: null }])
  })
})
