import type { SqliteDatabase, SqliteStatement } from './sqlite-database.js'

/**
 * Keeps the statements used last, because preparing one costs more than running it. A statement is read to its end
 * before another caller gets it: the driver never iterates one.
 */
export function statementCache(
  database: Pick<SqliteDatabase, 'prepare'>,
  capacity: number,
): (sql: string) => SqliteStatement {
  // A Map keeps the order of insertion, so the first key is the one unused for longest.
  const statements = new Map<string, SqliteStatement>()

  return (sql) => {
    const kept = statements.get(sql)
    if (kept) {
      statements.delete(sql)
      statements.set(sql, kept)
      return kept
    }
    const statement = database.prepare(sql)
    // The host may have made bigint the default of its database.
    if (statement.reader) statement.safeIntegers(false)
    statements.set(sql, statement)
    if (statements.size > capacity) statements.delete(statements.keys().next().value ?? sql)
    return statement
  }
}
