import type { EventEmitter } from 'node:events'
import type { StorageQuery } from '@tenantry/kysely-storage'
import type { DatabaseConnection, QueryResult } from 'kysely'
import {
  endsConnection,
  isReadTimeout,
  isServerError,
  ofOurTimeout,
  ofRefusedCommit,
  toStorageError,
  tookTooLong,
} from './errors.js'
import type { PostgresClient, PostgresQuery } from './postgres-pool.js'
import { toQueryResult, type Answer } from './query-result.js'
import type { StatementNames } from './statement-names.js'
import { underTenant } from './tenant-setting.js'
import { valueTypes } from './value-types.js'

export interface ConnectionSettings {
  /** Milliseconds that a statement outside a transaction may take. */
  readonly timeout: number
  readonly names: StatementNames
  /** The table whose policies must bind the role, as SQL names it; `null` where statements run under no tenant. */
  readonly boundBy: string | null
  /** Has the server stop the statement of a client whose answer takes too long; rejects when it does not. */
  stop(client: PostgresClient, answer: Promise<unknown>): Promise<void>
}

/** A client of pg while it is checked out of its pool. */
export class PostgresConnection implements DatabaseConnection {
  readonly #client: PostgresClient
  readonly #settings: ConnectionSettings
  /** Whose rows the transaction shows. */
  #tenant: StorageQuery['tenant']
  /** Not sent before the first statement, which it travels with when that has no parameters. */
  #begin: string | null = null
  #begun: Promise<unknown> | null = null
  #inTransaction = false
  #broken: Error | undefined
  /** Ends when the server has stopped a statement that took too long. */
  #stopping: Promise<void> | null = null

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
    return toQueryResult(await this.#sendNamed({ text: sql, values: [...parameters] }))
  }

  /** The query itself, or with what brings it under its tenant, when the last one was under another. */
  #entering(query: StorageQuery): Pick<StorageQuery, 'sql' | 'parameters'> {
    const { boundBy } = this.#settings
    if (boundBy === null || query.tenant === this.#tenant) return query
    const entering = { sql: underTenant(query, boundBy), parameters: [] }
    if (this.#inTransaction) this.#tenant = query.tenant
    return entering
  }

  begin(text: string): void {
    this.#inTransaction = true
    this.#begin = text
  }

  async commit(): Promise<void> {
    // A transaction without a statement never began.
    if (this.#begun) await this.#sendCommit()
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

  /** Gives the client back once the server is done with it: until then it takes a place in the pool. */
  release(): void {
    const release = () => {
      this.#client.removeListener('error', this.#onError)
      this.#client.release(this.#broken)
    }
    if (this.#stopping) void this.#stopping.then(release)
    else release()
  }

  // eslint-disable-next-line require-yield -- the storage reads pages, never cursors
  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new TypeError('The storage does not stream.')
  }

  async #sendCommit(): Promise<void> {
    const warnings: object[] = []
    const listen = (warning: object) => warnings.push(warning)
    // A client of pg emits notices besides errors.
    const client = this.#client as Pick<EventEmitter, 'on' | 'removeListener'>
    client.on('notice', listen)
    try {
      await this.#send({ text: 'commit' })
    } catch (error) {
      throw ofRefusedCommit(error, warnings)
    } finally {
      client.removeListener('notice', listen)
    }
  }

  async #sendNamed(query: PostgresQuery): Promise<Answer> {
    const { names } = this.#settings
    const name = query.text && names.of(query.text)
    if (!name) return this.#send(query)
    try {
      return await this.#send({ ...query, name })
    } catch (error) {
      const { cause } = Object(error) as { cause?: unknown }
      // A transaction has failed with it, and is run again as a whole.
      if (!names.areLost(cause) || this.#inTransaction) throw error
      return this.#send(query)
    }
  }

  async #send(query: PostgresQuery): Promise<Answer> {
    // A request to cancel that is still under way would stop this one.
    if (this.#stopping) await this.#stopping
    try {
      const answer = this.#client.query({ ...query, types: valueTypes })
      // In a transaction the server watches the time; a setting for one statement would be another message.
      return await (this.#inTransaction ? answer : this.#inTime(answer))
    } catch (error) {
      throw this.#explain(error)
    }
  }

  async #inTime(answer: Promise<Answer>): Promise<Answer> {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        this.#stop(answer)
        reject(tookTooLong())
      }, this.#settings.timeout)
    })
    try {
      return await Promise.race([answer, late])
    } finally {
      clearTimeout(timer)
    }
  }

  #stop(answer: Promise<unknown>): void {
    const ended = answer.catch((error: unknown) => {
      if (endsConnection(error)) this.#onError(error)
    })
    this.#stopping = this.#settings.stop(this.#client, ended).catch(this.#onError)
  }

  #explain(error: unknown): unknown {
    // pg says no more than that the connection is gone; the server has said why.
    const cause = !isServerError(error) && isServerError(this.#broken) ? this.#broken : error
    if (endsConnection(error)) this.#onError(error)
    // The timeout of the pool itself: pg has given up the statement, and the server goes on with it.
    if (isReadTimeout(error)) this.#stop(Promise.resolve())
    return (this.#inTransaction && ofOurTimeout(cause)) || toStorageError(cause)
  }
}
