import { escapeIdentifier } from 'pg'
import type { PostgresQueryable, PostgresResult } from './postgres-pool.js'
import { protecting } from './row-level-security.js'
import { setTenant, tenantId } from './tenant-setting.js'

/** A table of the host. */
export interface HostTable {
  /** Default `public`. */
  readonly schema?: string
  readonly table: string
  /** The column that says to which tenant a row belongs. Default `tenant_id`. */
  readonly column?: string
}

const collectAll = 'tenantry_rows'

/**
 * Puts a table of the host under row-level security: from then on a transaction sees and writes only rows of the tenant
 * that it entered with {@link enterTenant}, and none without. The owner of the table is bound, too; superusers and roles
 * with BYPASSRLS are not. Other policies of the table can only narrow that down; after you add or drop a permissive one,
 * call this again.
 *
 * Doing it again is safe. It locks the table for a moment, so do it in a migration, as the owner of the table.
 * Throws a `TypeError` when there is no such table or column.
 */
export async function protectTable(client: PostgresQueryable, host: HostTable): Promise<void> {
  const { schema = 'public', table, column = 'tenant_id' } = host
  const found = await client.query({
    text: `
      select format_type(atttypid, -1) as type,
        exists (select from pg_policy where polrelid = attrelid and polpermissive and polname <> $4) as permitted
      from pg_attribute
      join pg_class on pg_class.oid = attrelid join pg_namespace on pg_namespace.oid = relnamespace
      where nspname = $1 and relname = $2 and relkind in ('r', 'p') and attname = $3 and attnum > 0 and not attisdropped`,
    values: [schema, table, column, collectAll],
  })
  // One statement answers one result, with the columns that the text names.
  const [row] = (found as PostgresResult).rows as { readonly type: string; readonly permitted: boolean }[]
  if (!row) throw new TypeError(`There is no table "${schema}"."${table}" with a column "${column}".`)
  const name = `${escapeIdentifier(schema)}.${escapeIdentifier(table)}`
  // The tenant is cast, not the column, whose indexes stay of use; without its width, to which a cast would cut the id.
  const ofTenant = `using (${escapeIdentifier(column)} = (select ${tenantId}::${row.type}))`
  // Whatever other policies permit, a restrictive one has to agree; alone it would permit nothing, and one that permits
  // every row beside another that permits some would undo that.
  const statements = [
    protecting(name, 'tenantry_tenant', `as restrictive ${ofTenant}`),
    row.permitted ? `drop policy if exists ${collectAll} on ${name}` : protecting(name, collectAll, `using (true)`),
  ]
  await client.query({ text: statements.join('; ') })
}

/**
 * Lets the rest of the transaction on this client see and write the rows of one tenant in the tables under
 * {@link protectTable}. Whether the caller may enter that tenant is asked before, with `tenancy`.
 *
 * Outside a transaction it is of no effect, so nothing is left on a connection that goes back to its pool.
 */
export async function enterTenant(client: PostgresQueryable, tenantId: string): Promise<void> {
  await client.query({ text: setTenant('$1', "''"), values: [tenantId] })
}
