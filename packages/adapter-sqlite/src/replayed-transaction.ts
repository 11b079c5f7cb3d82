import { isStorageError, StorageError } from '@tenantry/core'
import type { StorageQuery } from '@tenantry/kysely-storage'
import type { QueryResult } from 'kysely'
import type { SqliteConnection } from './connection.js'
import { isSameResult } from './same-result.js'
import type { SqliteDatabase } from './sqlite-database.js'

/** What a statement did: its result, the refusal of the database, or `null` for one that has not run yet. */
type Outcome = QueryResult<unknown> | StorageError | null

interface Step {
  readonly sql: string
  readonly parameters: readonly unknown[]
  readonly writes: boolean
  outcome: Outcome
}

/** What opens and ends a block. */
const blocks = {
  transaction: { read: 'begin', write: 'begin immediate', keep: ['commit'], undo: ['rollback'] },
  /** In a transaction of the host. No block is open when another one begins, so one name is enough. */
  savepoint: {
    ...{ read: 'savepoint tenantry', write: 'savepoint tenantry' },
    ...{ keep: ['release tenantry'], undo: ['rollback to tenantry', 'release tenantry'] },
  },
} as const

type End = 'keep' | 'undo'

/** Definitions of tables return nothing, so they need not run before something reads or writes. */
const definition = /^\s*(create|alter|drop)\s/i

/**
 * A transaction that is never open between two turns of the event loop, so that no statement of the host can become
 * part of it, and nobody waits for a lock that only a later turn of ours would release. It may also be a part of a
 * transaction of the host, which is open; then nothing of ours is in that between two turns.
 *
 * Each call here is one synchronous block. A statement runs in a database transaction that first repeats the writes
 * before it that matter to it, and is rolled back at once. The commit repeats everything in one database transaction: if each statement
 * returns what it returned before, all of it is as if it had run there alone; if not, the transaction is lost (`busy`).
 */
export class ReplayedTransaction {
  readonly #database: SqliteDatabase
  readonly #connection: SqliteConnection
  readonly #statements: (typeof blocks)[keyof typeof blocks]
  #steps: Step[] = []
  #writes = false
  #defines = false
  #lost: StorageError | undefined

  constructor(database: SqliteDatabase, connection: SqliteConnection, blocksAre: keyof typeof blocks = 'transaction') {
    this.#database = database
    this.#connection = connection
    this.#statements = blocks[blocksAre]
  }

  /** Whether running it again cannot help. */
  get isLost(): boolean {
    return this.#lost !== undefined
  }

  execute({ sql, parameters, deferrable = false }: StorageQuery): QueryResult<unknown> {
    if (this.#lost) throw this.#lost
    this.#defines ||= definition.test(sql)
    if (deferrable || definition.test(sql))
      return this.#note({ sql, parameters, writes: true, outcome: null }, { rows: [], numAffectedRows: 1n })
    const needed = this.#writesBefore(sql)
    if (needed.length === 0 && this.#connection.isReadonly(sql)) {
      const result = this.#connection.run(sql, parameters)
      return this.#note({ sql, parameters, writes: false, outcome: result }, result)
    }
    return this.#block('write', 'undo', () => {
      for (const step of needed) this.#repeat(step)
      // What it touches may be there only now.
      const writes = !this.#connection.isReadonly(sql)
      try {
        const result = this.#connection.run(sql, parameters)
        return this.#note({ sql, parameters, writes, outcome: result }, result)
      } catch (error) {
        if (isStorageError(error) && error.code === 'conflict') this.#note({ sql, parameters, writes, outcome: error })
        throw error
      }
    })
  }

  /**
   * The writes that a statement can see the effect of, or be refused over, in their order. While tables are being
   * defined, everything: what was read before tells whether they still are to be.
   */
  #writesBefore(sql: string): readonly Step[] {
    if (!this.#writes) return []
    if (this.#defines) return [...this.#steps]
    const writes = this.#steps.filter((step) => step.writes)
    const { changes, dependsOn } = this.#connection.tablesOf(sql)
    if (changes === null && !this.#connection.isReadonly(sql)) return writes
    const tables = new Set(dependsOn)
    const needed: Step[] = []
    for (const [index, step] of [...writes.entries()].reverse()) {
      const before = this.#connection.tablesOf(step.sql)
      // What cannot be told may depend on whatever is before it.
      if (before.changes === null) return [...writes.slice(0, index + 1), ...needed]
      if (!before.changes.some((table) => tables.has(table))) continue
      needed.unshift(step)
      for (const table of before.dependsOn) tables.add(table)
    }
    return needed
  }

  commit(): void {
    this.#repeatAll('keep')
  }

  /** Throws `busy` where the work failed over what is no longer so, or never was all at one time. */
  verify(): void {
    this.#repeatAll('undo')
  }

  #repeatAll(end: End) {
    if (this.#lost) throw this.#lost
    // A single read saw one moment.
    if (this.#steps.length < 2 && !this.#writes) return
    this.#block(this.#writes ? 'write' : 'read', end, () => {
      for (const step of this.#steps) this.#repeat(step)
    })
  }

  #note(step: Step, result: QueryResult<unknown> = { rows: [] }): QueryResult<unknown> {
    this.#steps.push(step)
    this.#writes ||= step.writes
    return result
  }

  #block<Result>(begin: 'read' | 'write', end: End, work: () => Result): Result {
    this.#connection.run(this.#statements[begin])
    try {
      const result = work()
      this.#end(end)
      return result
    } catch (error) {
      // SQLite has rolled back already after some failures, a full disk among them.
      if (this.#database.inTransaction) this.#end('undo')
      throw error
    }
  }

  #end(end: End): void {
    for (const statement of this.#statements[end]) this.#connection.run(statement)
  }

  #repeat(step: Step) {
    const before = step.outcome
    const now = this.#outcomeOf(step)
    if (before === null) {
      if (isStorageError(now)) throw now
      return
    }
    if (isStorageError(before) || isStorageError(now)) {
      if (isStorageError(before) && isStorageError(now) && before.constraint === now.constraint) return
    } else if (isSameResult(before, now)) return
    this.#lost = new StorageError('busy', 'Somebody else has changed what the transaction had read.', {
      ...(isStorageError(now) ? { cause: now } : {}),
    })
    throw this.#lost
  }

  #outcomeOf({ sql, parameters }: Step): QueryResult<unknown> | StorageError {
    try {
      return this.#connection.run(sql, parameters)
    } catch (error) {
      if (isStorageError(error) && error.code === 'conflict') return error
      throw error
    }
  }
}
