import { statSync } from 'node:fs'
import type { SqliteDatabase } from './sqlite-database.js'

/** Whether two connections are on one file, under whatever name. A database in memory has no second connection. */
export function isSameDatabase(one: SqliteDatabase, other: SqliteDatabase): boolean {
  const [file, otherFile] = [fileOf(one), fileOf(other)]
  if (file === '' || otherFile === '') return one === other
  if (file === otherFile) return true
  const [stats, otherStats] = [file, otherFile].map((path) => statSync(path, { bigint: true, throwIfNoEntry: false }))
  return stats !== undefined && stats.dev === otherStats?.dev && stats.ino === otherStats.ino
}

/** Empty for a database in memory. */
function fileOf(database: SqliteDatabase): string {
  const [row] = database.prepare("select file from pragma_database_list where name = 'main'").all()
  return String(Object(row).file ?? '')
}
