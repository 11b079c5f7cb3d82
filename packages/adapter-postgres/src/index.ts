export { scopedTo, trusted, type TenantScope } from '@tenantry/kysely-storage'
export { enterTenant, protectTable, type HostTable, type PostgresQueryable } from './protect-table.js'
export type { PostgresClient, PostgresPool, PostgresQuery, PostgresResult } from './postgres-pool.js'
export { postgresStorage, type PostgresStorageOptions } from './postgres-storage.js'
