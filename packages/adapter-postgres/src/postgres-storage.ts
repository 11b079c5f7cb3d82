import type { Storage } from '@tenantry/core'
import { kyselyStorage, placeTables, type Tables } from '@tenantry/kysely-storage'
import { Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely'
import { Pool } from 'pg'
import { sequential, withCitus } from './citus.js'
import { postgresFacts } from './dialect.js'
import { PostgresDriver } from './driver.js'
import { postgresHostTransaction } from './host-transaction.js'
import type { PostgresPool } from './postgres-pool.js'
import { assertBound, assertBoundWithin, assertUnbound, installPolicies } from './row-level-security.js'

/** Either the host's own `pg.Pool`, or the connection string of one that the storage opens. */
export type PostgresStorageOptions = ({ readonly pool: PostgresPool } | { readonly connectionString: string }) & {
  /** The schema that holds the tables: up to 63 letters, digits and `_`. Default `tenancy`. */
  readonly schema?: string
  /** Milliseconds that a statement may take, and a transaction may pause between two. Default 10,000. */
  readonly statementTimeout?: number
  /** Whether each statement is prepared once a connection. Default `true`; PgBouncer before 1.21 needs `false`. */
  readonly preparedStatements?: boolean
  /**
   * Whether `migrate()` distributes the tables it creates over the nodes of Citus, tenants by their ids. It wants the
   * extension, and to be set from the first `migrate()` on. Default `false`. See docs/scaling.md.
   */
  readonly citus?: boolean
  /**
   * Whether the database, too, shows each statement the rows of the tenant that it names, and no others. `migrate()`
   * installs the policies; the role must not be a superuser or have BYPASSRLS, which is refused at the first use.
   * Default `false`. See docs/guide/row-level-security.md.
   */
  readonly rowLevelSecurity?: boolean
}

/** A broken connection of our own pool is replaced when the next one is asked for; until then nobody needs to know. */
function openPool(connectionString: string): Pool {
  const pool = new Pool({ connectionString, connectionTimeoutMillis: 10_000, application_name: 'tenantry' })
  return pool.on('error', () => {})
}

/**
 * Keeps everything in PostgreSQL, 13 or later, in a schema of its own.
 *
 * With `pool` it borrows one connection at a time from the host's pool, leaves no setting behind on it and never closes
 * it. Give the pool a `connectionTimeoutMillis`: without one, pg waits for a free connection forever. With
 * `connectionString` the storage opens a pool of up to ten connections, which `close()` closes.
 *
 * `migrate()` creates the schema unless it is there, so a role that may not create schemas needs one made for it.
 * Throws a `TypeError` when `schema` or `statementTimeout` is not as described, or two options do not go together.
 */
export function postgresStorage(options: PostgresStorageOptions): Storage {
  const { schema = 'tenancy', statementTimeout = 10_000, preparedStatements = true } = options
  const { citus = false, rowLevelSecurity = false } = options
  if (!/^[A-Za-z_][A-Za-z0-9_]{0,62}$/.test(schema)) throw new TypeError(`"${schema}" cannot be the name of a schema.`)
  if (!Number.isInteger(statementTimeout) || statementTimeout < 1)
    throw new TypeError('statementTimeout must be a positive number of milliseconds.')
  if (citus && rowLevelSecurity) throw new TypeError('citus and rowLevelSecurity do not go together.')
  const owned = 'connectionString' in options ? openPool(options.connectionString) : undefined
  const pool: PostgresPool =
    'connectionString' in options ? (owned ?? openPool(options.connectionString)) : options.pool

  const transactionSettings = citus ? [sequential] : []
  const db = new Kysely<Tables>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () =>
        new PostgresDriver({ pool, statementTimeout, preparedStatements, transactionSettings, rowLevelSecurity }),
      createIntrospector: (kysely) => new PostgresIntrospector(kysely),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
    plugins: [placeTables((table) => ({ schema, name: table }))],
  })
  const dialect = citus ? withCitus(postgresFacts(schema), schema) : postgresFacts(schema)
  return kyselyStorage({
    db,
    dialect,
    hostTransaction: postgresHostTransaction({
      preparedStatements,
      rowLevelSecurity,
      assertUsable: (executor) => (rowLevelSecurity ? assertBoundWithin : assertUnbound)(executor, schema),
    }),
    assertUsable: (executor) => (rowLevelSecurity ? assertBound : assertUnbound)(executor, schema),
    ...(rowLevelSecurity && {
      afterMigration: () => installPolicies(db, schema, (transaction) => dialect.beginMigration(transaction)),
    }),
    async close() {
      await owned?.end()
    },
  })
}
