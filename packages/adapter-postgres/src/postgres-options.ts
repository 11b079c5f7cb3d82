import { requireKnownOptions } from '@tenantry/core'
import type { PostgresPool } from './postgres-pool.js'

/** Either the host's own `pg.Pool`, or the connection string of one that the storage opens. */
export type PostgresStorageOptions = ({ readonly pool: PostgresPool } | { readonly connectionString: string }) & {
  /** The schema that holds the tables: up to 63 letters, digits and `_`. Default `tenancy`. */
  readonly schema?: string
  /**
   * Milliseconds that a statement may take, and a transaction may pause between two. Default 10,000. The server stops
   * what takes longer; a read outside a transaction by a cancel request.
   */
  readonly statementTimeout?: number
  /**
   * Whether each statement is prepared once a connection. Default `true`. Pass `false` behind PgBouncer with
   * `max_prepared_statements` 0, its default before 1.24. Otherwise the first statement that gets lost ends it, with a
   * warning.
   */
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

type Name = PostgresStorageOptions extends infer Options ? (Options extends unknown ? keyof Options : never) : never

const KNOWN: Readonly<Record<Name, true>> = {
  pool: true,
  connectionString: true,
  schema: true,
  statementTimeout: true,
  preparedStatements: true,
  citus: true,
  rowLevelSecurity: true,
}

/** Refuses options that are unknown or missing. Without this, pg would connect to whatever the environment names. */
export function checkOptions(options: PostgresStorageOptions): void {
  if (typeof options === 'string') throw new TypeError('postgresStorage: name a database by { connectionString }')
  requireKnownOptions('postgresStorage', options, KNOWN)
  const given: Partial<Record<Name, unknown>> = { ...options }
  const { pool, connectionString } = given
  if ((pool === undefined) === (connectionString === undefined))
    throw new TypeError('postgresStorage: needs either a pool of pg or a connectionString')
  if (connectionString !== undefined && (typeof connectionString !== 'string' || connectionString === ''))
    throw new TypeError('postgresStorage: connectionString needs a text such as postgres://user@host/database')
  if (pool !== undefined && typeof Object(pool).connect !== 'function')
    throw new TypeError('postgresStorage: pool needs a pool of pg')
  for (const name of ['preparedStatements', 'citus', 'rowLevelSecurity'] as const) {
    if (given[name] === undefined || typeof given[name] === 'boolean') continue
    throw new TypeError(`postgresStorage: ${name} needs true or false`)
  }
}
