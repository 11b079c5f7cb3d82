import { setTimeout as sleep } from 'node:timers/promises'
import { createTenancy, SYSTEM } from '@tenantry/core'
import type { Storage } from '@tenantry/core'
import { userOf } from '@tenantry/kysely-storage/testing'
import { Pool } from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { useTestDatabase } from '../../../scripts/test-database.js'
import { postgresStorage, type PostgresPool, type PostgresQuery } from './index.js'

const database = useTestDatabase()
let schema: string
/** Of one connection, so that what is left behind on it, or held twice, is noticed. */
let pool: Pool
let storage: Storage

beforeEach(async () => {
  schema = database.newSchema()
  pool = new Pool({ connectionString: database.url, max: 1 })
  storage = postgresStorage({ pool, schema })
  await storage.migrate()
})

afterEach(() => pool.end())

const insertUsers = (...ids: string[]) =>
  storage.transaction({}, async (tx) => {
    for (const id of ids) await tx.users.insert(userOf(id))
  })

/** The pool, and every message that goes through it to the server. */
function noted(notedPool: Pool): { pool: PostgresPool; messages: PostgresQuery[] } {
  const messages: PostgresQuery[] = []
  return {
    messages,
    pool: {
      async connect() {
        const client = await notedPool.connect()
        return {
          query: (query) => (messages.push(query), client.query({ ...query })),
          on: (event, listener) => client.on(event, listener),
          removeListener: (event, listener) => client.removeListener(event, listener),
          release: (error) => client.release(error),
        }
      },
    },
  }
}

describe("the host's pool", () => {
  test('of one connection serves 200 callers who read and write at once', async () => {
    await insertUsers('ann')
    const callers = Array.from({ length: 200 }, (_, index) => index)
    await Promise.all(
      callers.map((index) =>
        index % 2 === 0
          ? storage.transaction({ users: ['ann'] }, (tx) => tx.users.insert(userOf(`user-${index}`)))
          : storage.read.users.find('ann'),
      ),
    )
    expect(await storage.read.users.count({})).toBe(101)
  })

  test('gets its connection back as it was, also after a transaction that failed', async () => {
    const state = async () =>
      (
        await pool.query(`
          select pg_backend_pid() as connection, pg_current_xact_id_if_assigned() as transaction,
            current_setting('statement_timeout') as timeout, current_setting('transaction_isolation') as isolation,
            current_setting('idle_in_transaction_session_timeout') as idle, current_setting('search_path') as path,
            (select count(*) from pg_locks where pid = pg_backend_pid() and locktype = 'advisory') as locks`)
      ).rows
    const before = await state()
    await insertUsers('ann')
    await expect(insertUsers('bob', 'ann')).rejects.toMatchObject({ constraint: 'user.id' })
    await expect(storage.transaction({}, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    await storage.migrate()
    expect(await state()).toEqual(before)
  })

  test('may have an isolation of its own: who waited for a lock counts what the one before left', async () => {
    const strange = new Pool({
      connectionString: database.url,
      options: '-c default_transaction_isolation=repeatable\\ read',
    })
    expect((await strange.query('show transaction_isolation')).rows).toEqual([
      { transaction_isolation: 'repeatable read' },
    ])
    const other = postgresStorage({ pool: strange, schema })
    await insertUsers('ann')
    const join = () =>
      other.transaction({ users: ['ann'] }, async (tx) => {
        const count = await tx.users.count({})
        if (count < 5) await tx.users.insert(userOf(`user-${count}`))
      })
    await Promise.all(Array.from({ length: 10 }, join))
    expect(await other.read.users.count({})).toBe(5)
    await strange.end()
  })

  test('may read types in a way of its own', async () => {
    const strange = new Pool({
      connectionString: database.url,
      types: { getTypeParser: () => () => 'something else' },
    })
    const other = postgresStorage({ pool: strange, schema })
    const ann = { ...userOf('ann'), superuser: true, createdAt: 253_402_300_799_999, name: 'Ann' }
    await other.transaction({}, (tx) => tx.users.insert(ann))
    expect(await other.read.users.find('ann')).toEqual(ann)
    expect(await other.read.users.count({})).toBe(1)
    expect((await strange.query('select 1 as one')).rows).toEqual([{ one: 'something else' }])
    await strange.end()
  })

  test('has its connection back between two records of an export, and when its reader stops', async () => {
    const host = createTenancy({ storage }).as(SYSTEM)
    await insertUsers('ann')
    const { id } = await host.organizations.create({ shortName: 'umbrella', adminId: 'ann' })
    const idle = async () => {
      await insertUsers(`user-${++inserted}`)
      return [pool.idleCount, pool.totalCount, pool.waitingCount]
    }
    let inserted = 0
    for await (const { kind } of host.organization(id).export()) {
      expect(await idle()).toEqual([1, 1, 0])
      if (kind === 'event') break
    }
    expect(await idle()).toEqual([1, 1, 0])
    expect(inserted).toBe(4)
  })

  test('stays open when the storage closes; its own pool is closed', async () => {
    const own = postgresStorage({ connectionString: database.url, schema })
    await own.read.users.find('ann')
    for (const closed of [storage, own]) {
      await closed.close()
      await expect(closed.read.users.find('ann')).rejects.toMatchObject({ code: 'unavailable' })
      await expect(closed.transaction({}, async () => 'done')).rejects.toMatchObject({ code: 'unavailable' })
    }
    expect(pool.ended).toBe(false)
    const connections = `select from pg_stat_activity where application_name = 'tenantry' and datname = current_database()`
    // The server notices a moment later that a connection was closed.
    for (let left = 100; left > 0 && (await database.query(connections)).length > 0; left -= 1) await sleep(20)
    expect(await database.query(connections)).toEqual([])
  })
})

describe('a transaction', () => {
  test('sends its begin, its settings and its locks in one message', async () => {
    await insertUsers('ann')
    const { pool: notedPool, messages } = noted(pool)
    const watched = postgresStorage({ pool: notedPool, schema })
    await watched.read.users.find('ann')
    messages.length = 0
    await watched.transaction({ tenants: ['zeta', 'acme'], users: ['ann'] }, (tx) => tx.users.find('ann'))
    expect(messages).toHaveLength(3)
    expect(messages[0]?.text.split('; ')).toEqual([
      'begin isolation level read committed',
      'set local statement_timeout = 10000',
      'set local idle_in_transaction_session_timeout = 10000',
      `select "id" from "${schema}"."tenants" where "id" = 'acme' for no key update`,
      `select "id" from "${schema}"."tenants" where "id" = 'zeta' for no key update`,
      `select "user_id" from "${schema}"."user_states" where "user_id" = 'ann' for no key update`,
    ])
    expect(messages[2]?.text).toBe('commit')
  })

  test('that does nothing sends nothing', async () => {
    const { pool: notedPool, messages } = noted(pool)
    const watched = postgresStorage({ pool: notedPool, schema })
    await watched.migrate()
    messages.length = 0
    expect(await watched.transaction({}, async () => 'done')).toBe('done')
    await expect(watched.transaction({}, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect(messages).toEqual([])
  })

  test('locks an id with any characters, and nothing else', async () => {
    const id = `'); drop schema ${schema} cascade; -- \\'); select '`
    await insertUsers(id)
    expect((await storage.transaction({ users: [id, '\\', "'"] }, (tx) => tx.users.find(id)))?.id).toBe(id)
    await expect(storage.transaction({ users: ['a\0b'] }, async () => 'done')).rejects.toThrow(TypeError)
    expect(await storage.transaction({}, (tx) => tx.users.count({}))).toBe(1)
  })

  test('holds also what its work sends at once', async () => {
    const work = storage.transaction({}, async (tx) => {
      await Promise.all(['ann', 'bob', 'eve'].map((id) => tx.users.insert(userOf(id))))
      throw new Error('no')
    })
    await expect(work).rejects.toThrow('no')
    expect(await storage.read.users.count({})).toBe(0)
  })

  test('that failed keeps nothing of what its work goes on to write', async () => {
    let rest: Promise<void> | undefined
    const work = storage.transaction({}, async (tx) => {
      rest = (async () => {
        for (let number = 0; number < 20; number++) await tx.users.insert(userOf(`user ${number}`))
      })()
      await Promise.race([rest, Promise.reject(new Error('no'))])
    })
    await expect(work).rejects.toThrow('no')
    await expect(rest).rejects.toThrow('The transaction has ended')
    expect(await storage.read.users.count({})).toBe(0)
  })

  test('is refused when a statement in it failed, though its work went on', async () => {
    await insertUsers('ann')
    const work = storage.transaction({}, async (tx) => {
      await tx.users.insert(userOf('bob'))
      await tx.users.insert(userOf('ann')).catch(() => undefined)
    })
    await expect(work).rejects.toMatchObject({ code: 'conflict', constraint: 'user.id' })
    expect(await storage.read.users.find('bob')).toBeNull()
  })

  test('is busy when it and another wait for each other, and the other goes through', async () => {
    await insertUsers('ann', 'bob')
    const wide = new Pool({ connectionString: database.url })
    const other = postgresStorage({ pool: wide, schema })
    let arrived = 0
    const touch = (ids: [string, string]) =>
      other.transaction({}, async (tx) => {
        await tx.users.update({ id: ids[0], set: { name: ids[0] } })
        arrived += 1
        while (arrived < 2) await sleep(1)
        await tx.users.update({ id: ids[1], set: { name: ids[0] } })
      })
    const outcomes = await Promise.allSettled([touch(['ann', 'bob']), touch(['bob', 'ann'])])
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { name: 'StorageError', code: 'busy', cause: { code: '40P01' } },
    })
    await wide.end()
  })

  test('that loses its connection leaves nothing, and the pool goes on with another', async () => {
    const terminate = `select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`
    const work = storage.transaction({}, async (tx) => {
      await tx.users.insert(userOf('ann'))
      await database.query(terminate)
      await tx.users.insert(userOf('bob'))
    })
    await expect(work).rejects.toMatchObject({ name: 'StorageError', code: 'unavailable' })
    expect(await storage.read.users.count({})).toBe(0)
    await insertUsers('ann')
  })
})
