import type { Driver } from 'kysely'
import { noConnection } from './errors.js'
import { PostgresConnection, type ConnectionSettings } from './postgres-connection.js'
import type { PostgresPool } from './postgres-pool.js'
import type { StatementNames } from './statement-names.js'
import { stopStatement } from './stop-statement.js'

export interface DriverSettings {
  readonly pool: PostgresPool
  /** Milliseconds. */
  readonly statementTimeout: number
  readonly names: StatementNames
  /** Settings of every transaction, sent with its `begin`. */
  readonly transactionSettings?: readonly string[]
  /**
   * A table, as SQL names it. With one, each statement runs under the tenant that it names, and fails where the policies
   * of the table do not bind the role. Default `null`.
   */
  readonly boundBy?: string | null
}

/**
 * Takes connections from the pool, one for each caller at a time.
 *
 * What a transaction sets ends with it. Its isolation is always read committed: what must hold is held by row locks,
 * guarded updates and keys, see docs/decisions.
 */
export class PostgresDriver implements Driver {
  readonly #pool: PostgresPool
  readonly #connections: ConnectionSettings
  readonly #begin: string

  constructor(driverSettings: DriverSettings) {
    const { pool, statementTimeout, names } = driverSettings
    const { transactionSettings = [], boundBy = null } = driverSettings
    this.#pool = pool
    this.#connections = {
      timeout: statementTimeout,
      names,
      boundBy,
      stop: (client, answer) => stopStatement({ client, answer, openStream: pool.options?.stream }),
    }
    const settings = [
      `statement_timeout = ${statementTimeout}`,
      `idle_in_transaction_session_timeout = ${statementTimeout}`,
      ...transactionSettings,
    ]
    const begin = 'begin isolation level read committed'
    this.#begin = [begin, ...settings.map((setting) => `set local ${setting}`)].join('; ')
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<PostgresConnection> {
    const client = await this.#pool.connect().catch((error: unknown) => {
      throw noConnection(error)
    })
    return new PostgresConnection(client, this.#connections)
  }

  async releaseConnection(connection: PostgresConnection): Promise<void> {
    connection.release()
  }

  async beginTransaction(connection: PostgresConnection): Promise<void> {
    connection.begin(this.#begin)
  }

  async commitTransaction(connection: PostgresConnection): Promise<void> {
    await connection.commit()
  }

  async rollbackTransaction(connection: PostgresConnection): Promise<void> {
    await connection.rollback()
  }

  async destroy(): Promise<void> {}
}
