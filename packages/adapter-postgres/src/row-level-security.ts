import { StorageError } from '@tenantry/core'
import { tablesOfTenants, type Executor, type Tables } from '@tenantry/kysely-storage'
import { CompiledQuery, sql, type Kysely, type Transaction } from 'kysely'
import { escapeIdentifier, escapeLiteral } from 'pg'
import { isEveryTenant, tenantId } from './tenant-setting.js'

interface State {
  /** 1 when the role is bound by no policy, else 0. */
  readonly exempt: number
  /** How many of the tenants' tables have row-level security, and how many have it as it must be. */
  readonly enabled: number
  readonly complete: number
}

const names = Object.keys(tablesOfTenants)

function stateIn(schema: string): CompiledQuery {
  const policies = "(select count(*) from pg_policy where polrelid = c.oid and polname like 'tenantry\\_%')"
  const text = `
    select (select (rolsuper or rolbypassrls)::int from pg_roles where rolname = current_user) as exempt,
      count(*) filter (where relrowsecurity)::int as enabled,
      count(*) filter (where relrowsecurity and relforcerowsecurity and ${policies} = 2)::int as complete
    from pg_class c where relnamespace = (select oid from pg_namespace where nspname = ${escapeLiteral(schema)})
      and relname in (${names.map(escapeLiteral).join(', ')})`
  return CompiledQuery.raw(text)
}

async function readState(executor: Executor, schema: string): Promise<State> {
  const { rows } = await executor.executeQuery<State>(stateIn(schema))
  const { exempt = 0, enabled = 0, complete = 0 } = rows[0] ?? {}
  // A host may read numbers as text.
  return { exempt: Number(exempt), enabled: Number(enabled), complete: Number(complete) }
}

/** Refuses a role that no policy binds, and tables that have none. */
export async function assertBound(executor: Executor, schema: string): Promise<void> {
  const { exempt, complete } = await readState(executor, schema)
  if (exempt === 1) {
    throw new TypeError(
      'rowLevelSecurity is on, and the role of the connection is a superuser or has BYPASSRLS, which no policy binds. ' +
        'Connect as a role without them; it may own the tables.',
    )
  }
  if (complete < names.length)
    throw new StorageError('schema', 'The tables have no row-level security yet. Call tenancy.migrate() first.')
}

/** Refuses tables that would hide every row from a storage that names no tenant. */
export async function assertUnbound(executor: Executor, schema: string): Promise<void> {
  const { exempt, enabled } = await readState(executor, schema)
  if (exempt === 1 || enabled === 0) return
  throw new StorageError(
    'schema',
    'The tables have row-level security. Pass `rowLevelSecurity: true`, or disable it, see docs/guide/row-level-security.md.',
  )
}

/** Adds to the tables of tenants what is missing. `lock` makes others who do the same wait. */
export async function installPolicies(
  db: Kysely<Tables>,
  schema: string,
  lock: (transaction: Transaction<Tables>) => Promise<void>,
): Promise<void> {
  // Asked without a transaction: a role that does not own the tables can still find that there is nothing to do.
  if ((await readState(db, schema)).complete === names.length) return
  await db.transaction().execute(async (transaction) => {
    await lock(transaction)
    if ((await readState(transaction, schema)).complete === names.length) return
    for (const [name, column] of Object.entries(tablesOfTenants)) {
      const table = `${escapeIdentifier(schema)}.${escapeIdentifier(name)}`
      await sql
        .raw(protecting(table, 'tenantry_every_tenant', `using ((select ${isEveryTenant}))`))
        .execute(transaction)
      const ofTenant = `using (${escapeIdentifier(column)} = (select ${tenantId}))`
      await sql.raw(protecting(table, 'tenantry_tenant', ofTenant)).execute(transaction)
    }
  })
}

/** Adds or replaces one policy, and binds the owner of the table, too. */
export function protecting(table: string, policy: string, definition: string): string {
  return [
    `alter table ${table} enable row level security, force row level security`,
    `drop policy if exists ${policy} on ${table}`,
    `create policy ${policy} on ${table} ${definition}`,
  ].join('; ')
}
