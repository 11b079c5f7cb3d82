/** The part of a better-sqlite3 database that the storage uses. */
export interface SqliteDatabase {
  readonly inTransaction: boolean
  prepare(sql: string): SqliteStatement
  exec(sql: string): unknown
  pragma(source: string, options: { readonly simple: true }): unknown
  close(): unknown
}

/** The part of a better-sqlite3 statement that the storage uses. */
export interface SqliteStatement {
  readonly reader: boolean
  readonly readonly: boolean
  all(...parameters: unknown[]): unknown[]
  run(...parameters: unknown[]): { readonly changes: number | bigint }
  safeIntegers(enabled: boolean): unknown
}
