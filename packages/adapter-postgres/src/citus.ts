import { StorageError } from '@tenantry/core'
import { tables, type Distribution, type StorageDialect, type Tables } from '@tenantry/kysely-storage'
import { sql, type Transaction } from 'kysely'
import { postgresMigrator } from './migrator.js'

/** Rows of a person are on every node, and Citus takes a change of them only from a transaction that uses one connection a node. */
export const sequential = "citus.multi_shard_modify_mode = 'sequential'"

/** Citus holds a foreign key to a table that is on every node, or between tables whose rows lie on one node by its columns. */
function mayRefer(from: keyof Tables, to: keyof Tables): boolean {
  const referred = tables[to]
  return 'tenant' in referred ? 'tenant' in tables[from] : referred.citus === 'reference'
}

function distribution(schema: string): Distribution {
  const nameOf = (table: string) => `"${schema}"."${table}"`

  /** What distributes a table, which is empty; `null` for one that stays on the coordinator. */
  function distributing(table: keyof Tables) {
    const facts = tables[table]
    const name = sql.lit(nameOf(table))
    // Others are kept with the rows of tenants, which have to be distributed before.
    const together = sql.lit(table === 'tenants' ? 'none' : nameOf('tenants'))
    if ('tenant' in facts)
      return sql`select create_distributed_table(${name}, ${sql.lit(facts.tenant)}, colocate_with => ${together})`
    if (facts.citus === 'local') return null
    if (facts.citus === 'reference') return sql`select create_reference_table(${name})`
    return sql`select create_distributed_table(${name}, ${sql.lit(facts.citus.by)}, colocate_with => 'none')`
  }

  return {
    mayRefer,
    distribute(db, table) {
      const statement = distributing(table)
      return statement ? [statement.compile(db)] : []
    },
  }
}

/** The same database, of which Citus spreads the tables over its nodes. */
export function withCitus(dialect: StorageDialect, schema: string): StorageDialect {
  return {
    ...dialect,
    distribution: distribution(schema),
    // The form of a sub-select that Citus documents.
    among: (value, query) => sql`${value} in ${query}`,
    migrator: postgresMigrator({ schema, assertFit: assertCitus }),
  }
}

async function assertCitus(transaction: Transaction<Tables>): Promise<void> {
  const { rows } = await sql`select from pg_proc where proname = 'create_distributed_table'`.execute(transaction)
  if (rows.length > 0) return
  throw new StorageError(
    'schema',
    'The database has no Citus. Run `create extension citus` on every node as a superuser, or leave `citus` out.',
  )
}
