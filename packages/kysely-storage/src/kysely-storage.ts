import { StorageError, type Locks, type Reads, type Storage, type Transaction } from '@tenantry/core'
import { accessTokens } from './access-tokens.js'
import { access } from './access.js'
import { counters } from './counters.js'
import type { Sql } from './dialect.js'
import { events } from './events.js'
import { files } from './files.js'
import type { HostTransaction } from './host-transaction.js'
import { invitations } from './invitations.js'
import { rowLocks } from './locks.js'
import { mails } from './mails.js'
import { memberships } from './memberships.js'
import { migrate } from './migrate.js'
import { ownershipTransfers } from './ownership-transfers.js'
import { relay } from './relay.js'
import { checkSchema } from './schema-version.js'
import type { Executor } from './statement.js'
import { storageWithin } from './storage-within.js'
import { tenants } from './tenants.js'
import { users } from './users.js'

function nounsOf(sql: Sql) {
  return {
    access: access(sql),
    tenants: tenants(sql),
    users: users(sql),
    memberships: memberships(sql),
    invitations: invitations(sql),
    ownershipTransfers: ownershipTransfers(sql),
    accessTokens: accessTokens(sql),
    events: events(sql),
    mails: mails(sql),
    relay: relay(sql),
    files: files(sql),
    counters: counters(sql),
  }
}

type Nouns = ReturnType<typeof nounsOf>

function readsOf(nouns: Nouns, executor: Executor): Reads {
  return {
    access: nouns.access(executor),
    tenants: nouns.tenants.reads(executor),
    users: nouns.users.reads(executor),
    memberships: nouns.memberships.reads(executor),
    invitations: nouns.invitations.reads(executor),
    ownershipTransfers: nouns.ownershipTransfers.reads(executor),
    accessTokens: nouns.accessTokens.reads(executor),
    events: nouns.events.reads(executor),
    mails: nouns.mails.reads(executor),
    relay: nouns.relay.reads(executor),
    files: nouns.files.reads(executor),
  }
}

/** Getters, because making every repository takes longer than a short transaction, which uses two or three. */
function repositoriesOf(nouns: Nouns, executor: Executor): Transaction {
  return {
    get access() {
      return nouns.access(executor)
    },
    get tenants() {
      return nouns.tenants.repository(executor)
    },
    get users() {
      return nouns.users.repository(executor)
    },
    get memberships() {
      return nouns.memberships.repository(executor)
    },
    get invitations() {
      return nouns.invitations.repository(executor)
    },
    get ownershipTransfers() {
      return nouns.ownershipTransfers.repository(executor)
    },
    get accessTokens() {
      return nouns.accessTokens.repository(executor)
    },
    get events() {
      return nouns.events.repository(executor)
    },
    get mails() {
      return nouns.mails.repository(executor)
    },
    get relay() {
      return nouns.relay.repository(executor)
    },
    get files() {
      return nouns.files.repository(executor)
    },
    get counters() {
      return nouns.counters(executor)
    },
  }
}

/** A database refuses to commit after a failed statement, or does not; we always refuse. */
function watched(executor: Executor) {
  const failures: unknown[] = []
  const watch: Executor = {
    async executeQuery(query) {
      try {
        return await executor.executeQuery(query)
      } catch (error) {
        failures.push(error)
        throw error
      }
    },
  }
  return { watch, failures }
}

export interface KyselyStorageOptions extends Sql {
  /** Closes what the adapter opened; it is called once. */
  close(): Promise<void>
  /** Throws a `TypeError`, which says what to pass, for anything but a transaction of the host. */
  hostTransaction(candidate: unknown): HostTransaction
}

/**
 * The storage over one Kysely instance.
 *
 * The schema's version is checked before the first use, so that old code never touches a newer schema.
 */
export function kyselyStorage({ db, dialect, close, hostTransaction }: KyselyStorageOptions): Storage {
  const sql: Sql = { db, dialect }
  const nouns = nounsOf(sql)
  const lockRows = rowLocks(sql)
  let checked = false
  let closing: Promise<void> | undefined

  function assertOpen() {
    if (closing) throw new StorageError('unavailable', 'The storage is closed.')
  }

  async function check() {
    assertOpen()
    await checkSchema(db, bare)
    assertOpen()
    checked = true
  }

  // Compiled queries name the tables in their place already.
  const bare = db.withoutPlugins()
  const checkedExecutor: Executor = {
    async executeQuery(query) {
      if (!checked || closing) await check()
      return bare.executeQuery(query)
    },
  }

  async function runWork<Result>(
    executor: Executor,
    locks: readonly Locks[],
    work: (tx: Transaction) => Promise<Result>,
  ) {
    const { watch, failures } = watched(executor)
    for (const some of locks) await lockRows(watch, some)
    const result = await work(repositoriesOf(nouns, watch))
    if (failures.length > 0) throw failures[0]
    return result
  }

  return {
    async migrate() {
      assertOpen()
      await migrate(sql)
      checked = true
    },

    read: readsOf(nouns, checkedExecutor),

    async transaction(locks, work) {
      if (!checked || closing) await check()
      return bare.transaction().execute((transaction) => runWork(transaction, [locks], work))
    },

    within: (candidate) =>
      storageWithin(hostTransaction(candidate), {
        async assertReady(executor) {
          assertOpen()
          if (!checked) await checkSchema(db, executor)
        },
        reads: (executor) => readsOf(nouns, executor),
        work: runWork,
      }),

    async close() {
      closing ??= db.destroy().then(close)
      await closing
    },
  }
}
