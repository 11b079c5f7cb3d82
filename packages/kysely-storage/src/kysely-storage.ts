import { StorageError, type Reads, type Storage, type Transaction } from '@tenantry/core'
import { accessTokens } from './access-tokens.js'
import { access } from './access.js'
import { counters } from './counters.js'
import type { Sql } from './dialect.js'
import { events } from './events.js'
import { files } from './files.js'
import { invitations } from './invitations.js'
import { lockRows } from './locks.js'
import { mails } from './mails.js'
import { memberships } from './memberships.js'
import { migrate } from './migrate.js'
import { ownershipTransfers } from './ownership-transfers.js'
import { checkSchema } from './schema-version.js'
import type { Executor } from './statement.js'
import { tenants } from './tenants.js'
import { users } from './users.js'

function nouns(sql: Sql) {
  return {
    tenants: tenants(sql),
    users: users(sql),
    memberships: memberships(sql),
    invitations: invitations(sql),
    ownershipTransfers: ownershipTransfers(sql),
    accessTokens: accessTokens(sql),
    events: events(sql),
    mails: mails(sql),
    files: files(sql),
  }
}

function readsOf(noun: ReturnType<typeof nouns>, findAccess: ReturnType<typeof access>, executor: Executor): Reads {
  return {
    access: findAccess(executor),
    tenants: noun.tenants.reads(executor),
    users: noun.users.reads(executor),
    memberships: noun.memberships.reads(executor),
    invitations: noun.invitations.reads(executor),
    ownershipTransfers: noun.ownershipTransfers.reads(executor),
    accessTokens: noun.accessTokens.reads(executor),
    events: noun.events.reads(executor),
    mails: noun.mails.reads(executor),
    files: noun.files.reads(executor),
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

/**
 * The storage over one Kysely instance. `close` closes what the adapter opened; it is called once.
 *
 * The schema's version is checked before the first use, so that old code never touches a newer schema.
 */
export function kyselyStorage({ db, dialect, close }: Sql & { close(): Promise<void> }): Storage {
  const sql: Sql = { db, dialect }
  const noun = nouns(sql)
  const findAccess = access(sql)
  const countersOf = counters(sql)
  let checked = false
  let closing: Promise<void> | undefined

  function assertOpen() {
    if (closing) throw new StorageError('unavailable', 'The storage is closed.')
  }

  async function check() {
    assertOpen()
    await checkSchema(db)
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

  return {
    async migrate() {
      assertOpen()
      await migrate(sql)
      checked = true
    },

    read: readsOf(noun, findAccess, checkedExecutor),

    async transaction(locks, work) {
      if (!checked || closing) await check()
      return bare.transaction().execute(async (transaction) => {
        const { watch, failures } = watched(transaction)
        await lockRows(sql, watch, locks)
        const repositories: Transaction = {
          access: findAccess(watch),
          tenants: noun.tenants.repository(watch),
          users: noun.users.repository(watch),
          memberships: noun.memberships.repository(watch),
          invitations: noun.invitations.repository(watch),
          ownershipTransfers: noun.ownershipTransfers.repository(watch),
          accessTokens: noun.accessTokens.repository(watch),
          events: noun.events.repository(watch),
          mails: noun.mails.repository(watch),
          files: noun.files.repository(watch),
          counters: countersOf(watch),
        }
        const result = await work(repositories)
        if (failures.length > 0) throw failures[0]
        return result
      })
    },

    async close() {
      closing ??= db.destroy().then(close)
      await closing
    },
  }
}
