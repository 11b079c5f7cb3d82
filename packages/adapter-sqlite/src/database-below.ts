import BetterSqlite3 from 'better-sqlite3'
import { CompiledQuery, type DatabaseConnection } from 'kysely'
import type { SqliteDatabase } from './sqlite-database.js'

type Prepare = SqliteDatabase['prepare']

/**
 * The database of better-sqlite3 that a connection of Kysely runs its statements on, found by running one: Kysely shows
 * only promises of results, and a block has to know them at once. Looked for among the databases of our copy of
 * better-sqlite3, and of the one that `own` comes from.
 */
export function databaseBelow(connection: DatabaseConnection, own: SqliteDatabase): SqliteDatabase | undefined {
  const found: SqliteDatabase[] = []
  const places = new Set([placeOfPrepare(own), BetterSqlite3.prototype])
  const unshare = [...places].map((place) => watchPrepare(place, (database) => found.push(database)))
  try {
    // A statement of better-sqlite3 is prepared and run before the call returns.
    connection.executeQuery(CompiledQuery.raw('select 1')).catch(() => {})
  } finally {
    for (const one of unshare) one()
  }
  return found[0]
}

/** The object that brings `prepare` to a database: its class, or itself where the host has wrapped it. */
function placeOfPrepare(database: SqliteDatabase): SqliteDatabase {
  let place = database
  while (!Object.hasOwn(place, 'prepare')) place = Object.getPrototypeOf(place) as SqliteDatabase
  return place
}

function watchPrepare(place: SqliteDatabase, onPrepare: (database: SqliteDatabase) => void): () => void {
  const { prepare } = place
  const watched: Prepare = function (this: SqliteDatabase, sql) {
    onPrepare(this)
    return prepare.call(this, sql)
  }
  place.prepare = watched
  return () => {
    place.prepare = prepare
  }
}
