import BetterSqlite3 from 'better-sqlite3'
import { expect, it } from 'vitest'
import { sqliteStorage } from './index.js'

const open = (options: unknown) => () => sqliteStorage(options as Parameters<typeof sqliteStorage>[0])

it.each([
  [undefined, 'sqliteStorage: needs an object of options, not undefined'],
  ['app.db', 'sqliteStorage: name a file by { filename }'],
  [{}, 'sqliteStorage: needs either a database of better-sqlite3 or a filename'],
  [{ filname: 'app.db' }, 'sqliteStorage: there is no option "filname"; did you mean "filename"?'],
  [{ filename: undefined }, 'sqliteStorage: needs either a database of better-sqlite3 or a filename'],
  [{ filename: '' }, 'sqliteStorage: filename needs the path of a file'],
  [{ filename: 5 }, 'sqliteStorage: filename needs the path of a file'],
  [{ database: 'app.db' }, 'sqliteStorage: database needs a database of better-sqlite3'],
  [{ filename: ':memory:', readonly: true }, 'sqliteStorage: there is no option "readonly"'],
])('I16 sqliteStorage(%j) says what it needs', (options, message) => {
  expect(open(options)).toThrow(TypeError)
  expect(open(options)).toThrow(message)
})

it('sqliteStorage refuses a database and a filename at once', () => {
  const database = new BetterSqlite3(':memory:')
  expect(open({ database, filename: ':memory:' })).toThrow('needs either')
  database.close()
})
