import { tableNames, type ForeignKeyOfHost, type StorageDialect, type TablePlace } from '@tenantry/kysely-storage'
import { sql } from 'kysely'
import { escapeLiteral } from 'pg'
import { postgresMigrator } from './migrator.js'

/** Where our tables are: in a schema that may be the host's, whose migrations have a table of that name, too. */
export function placeIn(schema: string): (table: string) => TablePlace {
  return (table) => ({ schema, name: table === 'migrations' ? 'tenancy_migrations' : table })
}

const names = sql.join(tableNames.map((name) => sql.lit(name)))

/** What differs from SQLite, for tables in the schema of this name. */
export function postgresFacts(schema: string): StorageDialect {
  return {
    columns: {
      // Compared and ordered by bytes, whatever the locale of the database.
      text: sql`text collate "C"`,
      integer: sql`bigint`,
      boolean: sql`boolean`,
      // Not jsonb, which loses the order of keys and refuses \u0000.
      json: sql`json`,
      bytes: sql`bytea`,
    },
    tableOptions: () => null,
    forwardReferences: false,
    distribution: null,
    rowLocks: { literal },
    boolean: (value) => value,
    jsonArray: (value, position) => sql`coalesce(json_agg(${value} order by ${position}), '[]')`,
    jsonRow: (values) => sql`json_build_array(${sql.join(values)})`,
    jsonBoolean: (object, key) => sql`(${object} ->> ${key}::text)::boolean`,
    jsonArrayHas: (array, text) =>
      sql`exists (select from json_array_elements_text((${array})::json) as held (value) where held.value = ${text})`,
    jsonArrayTexts: (array) => sql`select value from json_array_elements_text((${array})::json) as held (value)`,
    // Of an array the planner expects ten values whatever its statistics say, and looks each up; `in` it may turn into a join.
    among: (value, query) => sql`${value} = any(array${query})`,
    foreignKeys: () => sql<ForeignKeyOfHost>`
      select quote_ident(conname) as name, conrelid::regclass::text as "table", quote_ident(host.attname)||'::text' as "column"
      from pg_constraint
      join pg_class ours on ours.oid = confrelid and ours.relnamespace = to_regnamespace(${sql.lit(`"${schema}"`)})
      join pg_class other on other.oid = conrelid
      cross join unnest(conkey, confkey) as pair (own, referred)
      join pg_attribute host on host.attrelid = conrelid and host.attnum = pair.own
      join pg_attribute tenant on tenant.attrelid = confrelid and tenant.attnum = pair.referred
      where contype = 'f' and confdeltype in ('a', 'r') and ours.relname in (${names})
        and not (other.relnamespace = ours.relnamespace and other.relname in (${names}))
        and tenant.attname = case ours.relname when 'tenants' then 'id' else 'tenant_id' end`,
    migrator: postgresMigrator({ schema }),
  }
}

/** The text in quotes, safe under every setting of the server. */
function literal(text: string): string {
  // A message without parameters ends at its first NUL.
  if (text.includes('\0')) throw new TypeError('An id has no NUL character.')
  return escapeLiteral(text)
}
