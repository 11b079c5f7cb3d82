import { isStorageError } from '@tenantry/core'
import Database from 'better-sqlite3'
import { beforeEach, expect, test } from 'vitest'
import { SqliteConnection } from './connection.js'
import { ReplayedTransaction } from './replayed-transaction.js'

let database: Database.Database
let transaction: ReplayedTransaction

beforeEach(() => {
  database = new Database(':memory:')
  database.pragma('foreign_keys = on')
  database.exec(`
    create table tenancy_parents (id text primary key);
    create table tenancy_children (
      id text primary key, parent text references tenancy_parents, later text,
      foreign key (later) references tenancy_parents deferrable initially deferred
    )`)
  transaction = new ReplayedTransaction(database, new SqliteConnection(database))
})

const execute = (sql: string, { deferrable = false } = {}) => {
  try {
    const { rows } = transaction.execute({ ...query, sql, deferrable })
    return rows
  } finally {
    expect(database.inTransaction).toBe(false)
  }
}
const query = { parameters: [], query: { kind: 'RawNode' as const, sqlFragments: [], parameters: [] }, queryId: id() }
function id() {
  return { queryId: 'test' }
}
const parents = () => database.prepare('select id from tenancy_parents order by id').pluck().all()

function refusal(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    if (isStorageError(error)) return error.code
    throw error
  }
  return 'none'
}

test('a statement sees the writes before it, and nothing is kept before the commit', () => {
  execute("insert into tenancy_parents values ('a')")
  execute("insert into tenancy_children (id, parent) values ('x', 'a')")
  expect(execute('select id, parent from tenancy_children')).toEqual([{ id: 'x', parent: 'a' }])
  expect(execute("update tenancy_parents set id = id where id = 'a' returning id")).toEqual([{ id: 'a' }])
  expect(parents()).toEqual([])
  transaction.commit()
  expect(parents()).toEqual(['a'])
})

test('a deletion is seen with what goes along, whichever table is asked', () => {
  database.exec('create table tenancy_grandchildren (id text references tenancy_parents on delete cascade)')
  database.exec("insert into tenancy_parents values ('a'); insert into tenancy_grandchildren values ('a')")
  execute("delete from tenancy_parents where id = 'a'")
  expect(execute('select id from tenancy_grandchildren')).toEqual([])
})

test('a row goes when nothing refers to it any more, whichever statement has seen to that', () => {
  database.exec(`
    create table tenancy_grandchildren (id text primary key, child text references tenancy_children);
    insert into tenancy_parents values ('a');
    insert into tenancy_children (id, parent) values ('x', 'a'), ('y', null);
    insert into tenancy_grandchildren values ('z', 'x')`)
  execute("update tenancy_grandchildren set child = 'y'")
  execute("update tenancy_children set parent = null where id = 'x'")
  execute("delete from tenancy_parents where id = 'a'")
  expect(execute('select id from tenancy_parents')).toEqual([])
  execute("delete from tenancy_children where id = 'x'")
  expect(execute('select id from tenancy_children')).toEqual([{ id: 'y' }])
  transaction.commit()
  expect(parents()).toEqual([])
})

test('a write of no known shape is preceded by every write before it', () => {
  execute("insert into tenancy_parents values ('a')")
  execute("with ids (id) as (values ('x')) insert into tenancy_children (id, parent) select id, 'a' from ids")
  expect(execute('select id, parent from tenancy_children')).toEqual([{ id: 'x', parent: 'a' }])
})

test('is busy when a read would answer otherwise at the commit, and keeps nothing', () => {
  expect(execute('select count(*) as count from tenancy_parents')).toEqual([{ count: 0 }])
  execute("insert into tenancy_parents values ('a')")
  database.exec("insert into tenancy_parents values ('of the host')")
  expect(refusal(() => transaction.commit())).toBe('busy')
  expect(transaction.isLost).toBe(true)
  expect(parents()).toEqual(['of the host'])
})

test('is busy when a write would be refused at the commit', () => {
  execute("insert into tenancy_parents values ('a')")
  database.exec("insert into tenancy_parents values ('a')")
  expect(refusal(() => transaction.commit())).toBe('busy')
})

test('is busy when two reads saw two moments, also when nothing was written or the work failed', () => {
  for (const end of [() => transaction.commit(), () => transaction.verify()]) {
    transaction = new ReplayedTransaction(database, new SqliteConnection(database))
    execute('select count(*) as count from tenancy_parents')
    database.exec(`insert into tenancy_parents values ('${parents().length}')`)
    execute('select count(*) as count from tenancy_parents')
    expect(refusal(end)).toBe('busy')
  }
})

test('a refused statement is refused at once, and undoes nothing before it', () => {
  execute("insert into tenancy_parents values ('a')")
  expect(refusal(() => execute("insert into tenancy_parents values ('a')"))).toBe('conflict')
  expect(refusal(() => execute("insert into tenancy_children (id, parent) values ('x', 'nobody')"))).toBe('conflict')
  expect(execute('select id from tenancy_parents')).toEqual([{ id: 'a' }])
  expect(refusal(() => transaction.verify())).toBe('none')
  expect(parents()).toEqual([])
})

test('a refusal that the database would no longer give is none', () => {
  database.exec("insert into tenancy_parents values ('a')")
  expect(refusal(() => execute("insert into tenancy_parents values ('a')"))).toBe('conflict')
  database.exec('delete from tenancy_parents')
  expect(refusal(() => transaction.verify())).toBe('busy')
})

test('a deferrable insertion is refused where it is seen, at the latest by the commit', () => {
  database.exec("insert into tenancy_parents values ('a')")
  execute("insert into tenancy_parents values ('a')", { deferrable: true })
  expect(refusal(() => execute('select id from tenancy_parents'))).toBe('conflict')
  expect(refusal(() => transaction.commit())).toBe('conflict')
})

test('what the commit itself refuses is a conflict, and leaves no transaction open', () => {
  execute("insert into tenancy_children (id, later) values ('x', 'nobody')")
  expect(refusal(() => transaction.commit())).toBe('conflict')
  expect(database.inTransaction).toBe(false)
})

test('is busy when somebody else has defined the same tables meanwhile', () => {
  expect(execute("select name from sqlite_master where name = 'tenancy_more'")).toEqual([])
  execute('create table tenancy_more (id text)')
  database.exec('create table tenancy_more (id text)')
  expect(refusal(() => execute("insert into tenancy_more values ('a')"))).toBe('busy')
})

test('tables are there for the statements after their definition, and after the commit', () => {
  execute('create table tenancy_more (id text)')
  execute("insert into tenancy_more values ('a')")
  expect(execute('select id from tenancy_more')).toEqual([{ id: 'a' }])
  transaction.commit()
  expect(database.prepare('select id from tenancy_more').pluck().all()).toEqual(['a'])
})
