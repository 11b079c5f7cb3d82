export type { SqliteDatabase, SqliteStatement } from './sqlite-database.js'
export { sqliteStorage, type SqliteStorageOptions } from './sqlite-storage.js'
