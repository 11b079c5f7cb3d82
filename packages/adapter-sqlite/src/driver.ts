import { setImmediate } from 'node:timers/promises'
import { StorageError } from '@tenantry/core'
import type { FairQueue } from '@tenantry/kysely-storage'
import type { Driver } from 'kysely'
import { SqliteConnection } from './connection.js'
import { toStorageError } from './errors.js'
import { patiently } from './patience.js'
import { ReplayedTransaction } from './replayed-transaction.js'
import { SqliteSession, type RunBlock } from './session.js'
import type { SqliteDatabase } from './sqlite-database.js'

const hostTransaction =
  'The database connection is within a transaction of the host. Inside it, call tenancy.withTransaction(); else end it.'

/** How long, in milliseconds, the statements of one command may keep the process to themselves. */
const MAX_TURN_MS = 10

export interface SqliteDriverOptions {
  readonly database: SqliteDatabase
  /** Lets one transaction in at a time, in the order of arrival. */
  readonly queue: FairQueue
  /** Whether the connection is ours alone, with its settings. */
  readonly owned: boolean
}

/**
 * One connection, which the host may use as well. Between two turns of the event loop it is in no transaction of ours,
 * so reads need no queue. Where the host is in a transaction of its own, or another connection writes, everything waits
 * without blocking the process, as long as the connection's busy timeout says.
 */
export class SqliteDriver implements Driver {
  readonly #database: SqliteDatabase
  readonly #queue: FairQueue
  readonly #owned: boolean
  readonly #connection: SqliteConnection
  #patience = 0
  #lastTurn = performance.now()
  #readsAtOnce = false
  #sessions = 0
  #whenAllEnded: (() => void) | undefined

  constructor({ database, queue, owned }: SqliteDriverOptions) {
    this.#database = database
    this.#queue = queue
    this.#owned = owned
    this.#connection = new SqliteConnection(database)
  }

  async init(): Promise<void> {
    this.#patience = Number(this.#setting('busy_timeout'))
    // There a read meets no lock. In other modes a writer keeps it out while it commits.
    this.#readsAtOnce = this.#owned || ['wal', 'memory'].includes(String(this.#setting('journal_mode')))
    if (!this.#owned) return
    this.#database.exec('pragma busy_timeout = 0')
    const settings = 'pragma journal_mode = wal; pragma synchronous = normal'
    await patiently(() => this.#database.exec(settings), this.#patience)
  }

  async acquireConnection(): Promise<SqliteSession> {
    this.#sessions += 1
    return new SqliteSession(this.#connection, this.#run)
  }

  async releaseConnection(session: SqliteSession): Promise<void> {
    if (session.isInTransaction) this.#queue.leave()
    this.#sessions -= 1
    if (this.#sessions === 0) this.#whenAllEnded?.()
  }

  async beginTransaction(session: SqliteSession): Promise<void> {
    const since = performance.now()
    await this.#queue.enter()
    session.begin(new ReplayedTransaction(this.#database, this.#connection), since)
  }

  commitTransaction(session: SqliteSession): Promise<void> {
    return session.commit()
  }

  rollbackTransaction(session: SqliteSession): Promise<void> {
    return session.rollback()
  }

  async destroy(): Promise<void> {
    if (this.#sessions > 0) await new Promise<void>((resolve) => (this.#whenAllEnded = resolve))
  }

  readonly #run: RunBlock = async (block, { reads = false, ...waiting } = {}) => {
    if (!reads) await this.#giveWay()
    return patiently(() => this.#attempt(block, reads), this.#patience, waiting)
  }

  /** Between the blocks of a long command, the rest of the process has its turn: awaiting what is done already gives none. */
  async #giveWay(): Promise<void> {
    if (performance.now() - this.#lastTurn < MAX_TURN_MS) return
    await setImmediate()
    this.#lastTurn = performance.now()
  }

  #attempt<Result>(block: () => Result, reads: boolean): Result {
    if (this.#database.inTransaction) throw new StorageError('busy', hostTransaction)
    if (this.#owned || (reads && this.#readsAtOnce)) return block()
    // SQLite would wait for a lock with the whole process. The host may have changed what it had set.
    const busyTimeout = Number(this.#setting('busy_timeout'))
    this.#database.exec('pragma busy_timeout = 0')
    try {
      return block()
    } finally {
      this.#database.exec(`pragma busy_timeout = ${busyTimeout}`)
    }
  }

  #setting(name: string): unknown {
    try {
      return this.#database.pragma(name, { simple: true })
    } catch (error) {
      throw toStorageError(error)
    }
  }
}
