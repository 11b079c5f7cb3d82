import type { StorageQuery } from '@tenantry/kysely-storage'
import type { DatabaseConnection, Driver, QueryResult } from 'kysely'
import { endsConnection, noConnection, toStorageError } from './errors.js'
import type { PostgresClient, PostgresPool, PostgresQuery, PostgresResult } from './postgres-pool.js'
import { statementNames } from './statement-names.js'
import { underTenant } from './tenant-setting.js'
import { valueTypes } from './value-types.js'

export interface DriverSettings {
  readonly pool: PostgresPool
  /** Milliseconds. */
  readonly statementTimeout: number
  readonly preparedStatements: boolean
  /** Settings of every transaction, sent with its `begin`. */
  readonly transactionSettings?: readonly string[]
  /** Whether policies show each statement the rows of the tenant that it names, and no others. */
  readonly rowLevelSecurity?: boolean
}

interface ConnectionSettings {
  readonly timeout: number
  readonly nameOf: ((text: string) => string) | null
  readonly rowLevelSecurity: boolean
}

class PostgresConnection implements DatabaseConnection {
  readonly #client: PostgresClient
  readonly #settings: ConnectionSettings
  /** Whose rows the transaction shows. */
  #tenant: StorageQuery['tenant']
  /** Not sent before the first statement, which it travels with when that has no parameters. */
  #begin: string | null = null
  #begun: Promise<unknown> | null = null
  #inTransaction = false
  #broken: Error | undefined

  constructor(client: PostgresClient, settings: ConnectionSettings) {
    this.#client = client
    this.#settings = settings
    client.on('error', this.#onError)
  }

  readonly #onError = (error: Error) => {
    this.#broken ??= error
  }

  async executeQuery<Row>(query: StorageQuery): Promise<QueryResult<Row>> {
    const { sql, parameters } = this.#entering(query)
    if (this.#begin !== null) {
      const begin = this.#begin
      this.#begin = null
      if (parameters.length === 0) return toQueryResult(await (this.#begun = this.#send({ text: `${begin}; ${sql}` })))
      this.#begun = this.#send({ text: begin })
    }
    // Also those sent at the same time: after a `begin` that failed, they would run outside any transaction.
    const begun = this.#begun
    if (begun) await begun
    // Rolled back meanwhile: it would run after the rollback, and stay.
    if (begun !== this.#begun) throw new TypeError('The transaction has ended: its work awaits every statement.')
    if (parameters.length === 0) return toQueryResult(await this.#send({ text: sql }))
    const { nameOf } = this.#settings
    const name = nameOf && { name: nameOf(sql) }
    return toQueryResult(await this.#send({ ...name, text: sql, values: [...parameters] }))
  }

  /** The query itself, or with what brings it under its tenant, when the last one was under another. */
  #entering(query: StorageQuery): Pick<StorageQuery, 'sql' | 'parameters'> {
    if (!this.#settings.rowLevelSecurity || query.tenant === this.#tenant) return query
    const entering = { sql: underTenant(query), parameters: [] }
    if (this.#inTransaction) this.#tenant = query.tenant
    return entering
  }

  begin(text: string): void {
    this.#inTransaction = true
    this.#begin = text
  }

  async commit(): Promise<void> {
    // A transaction without a statement never began.
    if (this.#begun) await this.#send({ text: 'commit' })
    this.#end()
  }

  /** Never rejects, because whoever rolls back has an error to report already. */
  async rollback(): Promise<void> {
    const begun = this.#begun !== null
    this.#end()
    // The server itself rolls back when a connection ends, and one that cannot roll back is not used again.
    if (begun && !this.#broken) await this.#send({ text: 'rollback' }).catch(this.#onError)
  }

  #end(): void {
    this.#begin = null
    this.#begun = null
    this.#tenant = undefined
    this.#inTransaction = false
  }

  release(): void {
    this.#client.removeListener('error', this.#onError)
    this.#client.release(this.#broken)
  }

  // eslint-disable-next-line require-yield -- the storage reads pages, never cursors
  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new TypeError('The storage does not stream.')
  }

  async #send(query: PostgresQuery): Promise<PostgresResult | readonly PostgresResult[]> {
    // In a transaction the server watches the time; a setting for one statement would be another message.
    const patience = this.#inTransaction ? {} : { query_timeout: this.#settings.timeout }
    try {
      return await this.#client.query({ ...query, ...patience, types: valueTypes })
    } catch (error) {
      if (endsConnection(error)) this.#broken ??= error
      throw toStorageError(error)
    }
  }
}

/** Of several statements, the last answers. */
export function toQueryResult<Row>(answer: PostgresResult | readonly PostgresResult[]): QueryResult<Row> {
  const result = 'rows' in answer ? answer : answer.at(-1)
  if (!result) return { rows: [] }
  // Which rows a statement answers is known where it is written; Kysely has derived the type from it.
  const rows = result.rows as Row[]
  const isWrite = /^(INSERT|UPDATE|DELETE)$/.test(result.command)
  return isWrite ? { rows, numAffectedRows: BigInt(result.rowCount ?? 0) } : { rows }
}

/**
 * Borrows connections from the pool, one for each caller at a time.
 *
 * What a transaction sets ends with it. Its isolation is always read committed: what must hold is held by row locks,
 * guarded updates and keys, see docs/decisions.
 */
export class PostgresDriver implements Driver {
  readonly #pool: PostgresPool
  readonly #connections: ConnectionSettings
  readonly #begin: string

  constructor(driverSettings: DriverSettings) {
    const { pool, statementTimeout, preparedStatements } = driverSettings
    const { transactionSettings = [], rowLevelSecurity = false } = driverSettings
    this.#pool = pool
    const nameOf = preparedStatements ? statementNames() : null
    this.#connections = { timeout: statementTimeout, nameOf, rowLevelSecurity }
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
