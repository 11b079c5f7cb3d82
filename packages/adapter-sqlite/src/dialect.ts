import type { ForeignKeyOfHost, StorageDialect } from '@tenantry/kysely-storage'
import { sql } from 'kysely'
import { sqliteMigrator } from './migrator.js'

/** SQLite has no schemas: a prefix keeps our tables apart from the host's. */
export const tablePrefix = 'tenancy_'

export const sqliteFacts: StorageDialect = {
  columns: {
    text: sql`text`,
    integer: sql`integer`,
    boolean: sql`integer`,
    json: sql`text`,
    bytes: sql`blob`,
  },
  tableOptions: ({ clustered }) => (clustered ? sql`strict, without rowid` : sql`strict`),
  forwardReferences: true,
  distribution: null,
  rowLocks: null,
  boolean: Number,
  jsonArray: (value, position) => sql`json_group_array(${value} order by ${position})`,
  jsonRow: (values) => sql`json_array(${sql.join(values)})`,
  jsonBoolean: (object, key) => sql`(${object} ->> ${key})`,
  jsonArrayHas: (array, text) => sql`exists (select 1 from json_each(${array}) as held where held.value = ${text})`,
  jsonArrayTexts: (array) => sql`select value from json_each(${array})`,
  among: (value, query) => sql`${value} in ${query}`,
  // SQLite keeps no names of foreign keys.
  foreignKeys: () => sql<ForeignKeyOfHost>`
    select '(' || key."from" || ')' as name, '"' || replace(host.name, '"', '""') || '"' as "table",
      '"' || replace(key."from", '"', '""') || '"' as "column"
    from sqlite_master as host join pragma_foreign_key_list(host.name) as key
    where host.type = 'table' and host.name not glob 'tenancy_*' and key."table" glob 'tenancy_*'
      and key.on_delete in ('NO ACTION', 'RESTRICT')
      and coalesce(key."to", iif(key.seq = 0, 'tenant_id', '')) in ('tenant_id', iif(key."table" = 'tenancy_tenants', 'id', 'tenant_id'))`,
  migrator: sqliteMigrator,
}
