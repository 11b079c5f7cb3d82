import BetterSqlite3 from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { statementCache } from './statement-cache.js'

/** A database that notes what it prepares. */
function notingDatabase() {
  const database = new BetterSqlite3(':memory:')
  const prepared: string[] = []
  const prepare = (sql: string) => {
    prepared.push(sql)
    return database.prepare(sql)
  }
  return { prepared, database: { prepare } }
}

describe('the statement cache', () => {
  test('prepares a text once', () => {
    const { prepared, database } = notingDatabase()
    const prepare = statementCache(database, 10)
    expect(prepare('select 1')).toBe(prepare('select 1'))
    expect(prepared).toEqual(['select 1'])
  })

  test('forgets the statement unused for longest when it is full', () => {
    const { prepared, database } = notingDatabase()
    const prepare = statementCache(database, 2)
    for (const sql of ['select 1', 'select 2', 'select 1', 'select 3', 'select 1', 'select 2']) prepare(sql)
    expect(prepared).toEqual(['select 1', 'select 2', 'select 3', 'select 2'])
  })

  test('answers numbers also when the host made bigint the default', () => {
    const database = new BetterSqlite3(':memory:')
    database.defaultSafeIntegers(true)
    expect(statementCache(database, 1)('select 1 as one').all()).toEqual([{ one: 1 }])
  })
})
