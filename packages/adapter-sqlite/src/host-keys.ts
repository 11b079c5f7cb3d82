import { tables } from '@tenantry/kysely-storage'
import { tablePrefix } from './dialect.js'
import type { SqliteDatabase } from './sqlite-database.js'

interface HostKey {
  readonly table: string
  readonly columns: string
  readonly referred: string | null
}

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`

const listed = (column: string) => `group_concat('"' || replace(${column}, '"', '""') || '"', ', ' order by key.seq)`

/** The foreign keys of the host that keep rows of one of our tables from being removed. */
const keysOfHost = `
  select host.name as "table", ${listed('key."from"')} as columns, ${listed('key."to"')} as referred
  from sqlite_master as host join pragma_foreign_key_list(host.name) as key
  where host.type = 'table' and host.name not glob '${tablePrefix}*' and lower(key."table") = ?
    and key.on_delete in ('NO ACTION', 'RESTRICT')
  group by host.name, key.id`

/**
 * The foreign key of the host that refused a deletion, in words; `null` where it was another one. SQLite says only that
 * some key did. Call it before anything else changes: the refused statement has changed nothing.
 */
export function refusingKey(database: SqliteDatabase, sql: string, parameters: readonly unknown[]): string | null {
  const [, name = '', where = ''] = /^\s*delete from "(\w+)"(.*)$/is.exec(sql) ?? []
  const facts = Object.entries(tables).find(([table]) => `${tablePrefix}${table}` === name)?.[1]
  if (!facts) return null
  const keys = database.prepare(keysOfHost).all([name]) as HostKey[] // the columns of the text
  const key = keys.find(({ table, columns, referred }) => {
    const kept = referred ?? facts.key.map(quoted).join(', ')
    const rows = `select 1 from ${quoted(table)} where (${columns}) in (select ${kept} from ${quoted(name)}${where}) limit 1`
    return database.prepare(rows).all(parameters).length > 0
  })
  return key ? `(${key.columns.replaceAll('"', '')}) of the table ${quoted(key.table)}` : null
}
