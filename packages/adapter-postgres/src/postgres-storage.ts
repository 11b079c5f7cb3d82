import type { Storage } from '@tenantry/core'
import { kyselyStorage, placeTables, type Tables } from '@tenantry/kysely-storage'
import { Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely'
import { Pool } from 'pg'
import { sequential, withCitus } from './citus.js'
import { databaseClock } from './database-clock.js'
import { ownDatabase } from './database-identity.js'
import { placeIn, postgresFacts } from './dialect.js'
import { PostgresDriver } from './driver.js'
import { postgresFindings } from './findings.js'
import { guardPool } from './guard-pool.js'
import { postgresHostTransaction } from './host-transaction.js'
import type { PostgresPool } from './postgres-pool.js'
import { checkOptions } from './postgres-options.js'
import type { PostgresStorageOptions } from './postgres-options.js'
import { assertBound, assertBoundWithin, assertUnbound, installPolicies } from './row-level-security.js'
import { statementNames } from './statement-names.js'

/** What a timer and a setting of the server can hold: 24 days in milliseconds. */
const LONGEST_TIMEOUT = 2 ** 31 - 1

function openPool(connectionString: string): Pool {
  return new Pool({ connectionString, connectionTimeoutMillis: 10_000, application_name: 'tenantry' })
}

/**
 * Keeps everything in PostgreSQL, 13 or later, in a schema of its own.
 *
 * With `pool` it takes one connection at a time from the host's pool, leaves no setting behind on it and never closes
 * it. Give the pool a `connectionTimeoutMillis`: without one, pg waits for a free connection forever. Until `close()` the
 * storage listens to the pool's errors, which would end the process otherwise. With `connectionString` the storage opens
 * a pool of up to ten connections, which `close()` closes.
 *
 * `migrate()` creates the schema unless it is there, so a role that may not create schemas needs one made for it.
 * Throws a `TypeError` when `schema` or `statementTimeout` is not as described, or two options do not go together.
 */
export function postgresStorage(options: PostgresStorageOptions): Storage {
  checkOptions(options)
  const { schema = 'tenancy', statementTimeout = 10_000, preparedStatements = true } = options
  const { citus = false, rowLevelSecurity = false } = options
  if (!/^[A-Za-z_][A-Za-z0-9_]{0,62}$/.test(schema)) throw new TypeError(`"${schema}" cannot be the name of a schema.`)
  // More is none to PostgreSQL, and no time at all to Node.
  if (!Number.isInteger(statementTimeout) || statementTimeout < 1 || statementTimeout >= 2 ** 31)
    throw new TypeError('statementTimeout must be a positive number of milliseconds, below 2^31.')
  if (citus && rowLevelSecurity) throw new TypeError('citus and rowLevelSecurity do not go together.')
  const owned = 'connectionString' in options ? openPool(options.connectionString) : undefined
  const pool: PostgresPool =
    'connectionString' in options ? (owned ?? openPool(options.connectionString)) : options.pool
  const unguard = guardPool(pool)
  const names = statementNames({ preparedStatements })

  const transactionSettings = citus ? [sequential] : []
  const openDb = (timeout: number) => {
    const boundBy = rowLevelSecurity ? `"${schema}"."tenants"` : null
    const settings = { statementTimeout: timeout, names, transactionSettings, boundBy }
    return new Kysely<Tables>({
      dialect: {
        createAdapter: () => new PostgresAdapter(),
        createDriver: () => new PostgresDriver({ pool, ...settings }),
        createIntrospector: (kysely) => new PostgresIntrospector(kysely),
        createQueryCompiler: () => new PostgresQueryCompiler(),
      },
      plugins: [placeTables(placeIn(schema))],
    })
  }
  const db = openDb(statementTimeout)
  const clock = databaseClock()
  const own = ownDatabase(pool)
  const migrationDb = openDb(LONGEST_TIMEOUT)
  const dialect = citus ? withCitus(postgresFacts(schema), schema) : postgresFacts(schema)
  return kyselyStorage({
    db,
    dialect,
    clock,
    migrationDb,
    hostTransaction: postgresHostTransaction({
      names,
      rowLevelSecurity,
      assertUsable: (executor) => (rowLevelSecurity ? assertBoundWithin : assertUnbound)(executor, schema),
      ownDatabase: () => own.find(db.withoutPlugins()),
    }),
    async assertUsable(executor) {
      await (rowLevelSecurity ? assertBound : assertUnbound)(executor, schema)
      await own.learn(executor)
    },
    ...(rowLevelSecurity && {
      afterMigration: () => installPolicies(migrationDb, schema, dialect.migrator),
    }),
    findings: (executor) => postgresFindings(executor, { schema, rowLevelSecurity }),
    async close() {
      await owned?.end()
      unguard()
    },
  })
}
