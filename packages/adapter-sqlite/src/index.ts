export { scopedTo, trusted, type TenantScope } from '@tenantry/kysely-storage'
export type { SqliteDatabase, SqliteStatement } from './sqlite-database.js'
export { sqliteStorage, type SqliteStorageOptions } from './sqlite-storage.js'
