import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Storage } from '@tenantry/core'
import { addColumns, createIndex, migrate, migrations } from '@tenantry/kysely-storage'
import { nextMigrations, nextSteps, userOf } from '@tenantry/kysely-storage/testing'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { onlyInFullRun } from '../../../scripts/full-run.js'
import { useTestDatabase } from '../../../scripts/test-database.js'
import { postgresFacts } from './dialect.js'
import { postgresStorage } from './index.js'
import { postgresMigrator } from './migrator.js'
import { migrateTo, tablesIn } from './testing/migrate-next.js'

const database = useTestDatabase()
const USERS = 5000
let schema: string
let pool: pg.Pool

beforeAll(() => (pool = new pg.Pool({ connectionString: database.url })))
afterAll(() => pool.end())

/** The schema of this release, with users, each of whom is in a tenant. */
beforeEach(async () => {
  schema = database.newSchema()
  await postgresStorage({ pool, schema }).migrate()
  await database.query(`
    insert into ${schema}.users (id, email, email_key, email_folded, name, superuser, status, created_at)
      select 'u' || n, n || '@x', n || '@x', n || '@x', 'User', false, 'active', n from generate_series(1, ${USERS}) n;
    begin;
    insert into ${schema}.tenants (id, name, type, join_policy, plan, status, settings, owner_id, created_at, member_count)
      select 't' || n, 'T', 'group', 'closed', 'basic', 'active', '{}', 'u' || n, n, 1 from generate_series(1, ${USERS}) n;
    insert into ${schema}.memberships (tenant_id, user_id, roles, active, overrides, invited_by, created_at)
      select 't' || n, 'u' || n, '["owner"]', true, '{}', 'u1', n from generate_series(1, ${USERS}) n;
    commit;
    analyze ${schema}.users, ${schema}.memberships`)
})

const next = (fixture: { readonly pool?: pg.Pool; readonly plan?: boolean } = {}) =>
  migrateTo(nextMigrations, { schema, pool, ...fixture })

/** A pool whose sessions begin with settings of the server. */
function poolWith(options: string): pg.Pool {
  const one = new pg.Pool({ connectionString: database.url, options })
  onTestFinished(() => one.end())
  return one
}

/** Holds what the statements lock until the answer is called. */
async function blockedBy(...statements: readonly string[]): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  await client.query('begin')
  for (const statement of statements) await client.query(statement)
  return async () => {
    await client.query('commit')
    await client.end()
  }
}

interface Waiting {
  readonly pid: number
  readonly began: string
}

/** Sessions that wait for a lock in a statement that begins like this. */
const waiting = (statement: string) =>
  database.query<Waiting>(
    `select pid, query_start::text as began from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock' and query ilike $1`,
    [`${statement}%`],
  )

async function untilWaiting(statement: string): Promise<Waiting> {
  for (;;) {
    const [one] = await waiting(statement)
    if (one) return one
    await sleep(20)
  }
}

/** What the database has of the schema to come. */
async function assertComplete() {
  const one = async (text: string) => (await database.query<{ found: unknown }>(text))[0]?.found
  const [version] = await database.query(`select count(*)::int as found from ${schema}.tenancy_migrations`)
  expect(version).toEqual({ found: nextMigrations.length })
  const filled = `id like 'u%' and nickname is distinct from 'nick of ' || id or colour <> 'blue'`
  expect(await one(`select count(*)::int as found from ${schema}.users where ${filled}`)).toBe(0)
  const indexes = `select array_agg(relname::text order by relname) as found from pg_index join pg_class on oid = indexrelid
    where relnamespace = '${schema}'::regnamespace and relname ~ 'nickname|colour' and indisvalid and indisready`
  expect(await one(indexes)).toEqual(['tenancy_users_nickname', 'users_colour_id_key'])
  const broken = `select count(*)::int as found from pg_index join pg_class on oid = indexrelid
    where relnamespace = '${schema}'::regnamespace and not indisvalid`
  expect(await one(broken)).toBe(0)
  const rules = `select array_agg(conname::text order by conname) as found from pg_constraint
    where connamespace = '${schema}'::regnamespace and convalidated and contype in ('c', 'f')
      and conname ~ 'nickname|invited_by|users_name'`
  expect(await one(rules)).toEqual(['memberships_invited_by_fkey', 'users_nickname_check'])
  const nullable = `select is_nullable as found from information_schema.columns
    where table_schema = '${schema}' and table_name = 'users' and column_name = 'name'`
  expect(await one(nullable)).toBe('NO')
}

/** Reads and writes of a process that runs the release before, until it is stopped; each fails that waits a second. */
function callsOf(storage: Storage) {
  let stopped = false
  let calls = 0
  const failures: unknown[] = []
  async function worker(number: number) {
    for (let turn = 0; !stopped && failures.length === 0; turn++) {
      const id = `new ${number} ${turn}`
      const user = `u${((number * 997 + turn) % USERS) + 1}`
      try {
        await storage.read.users.find(user)
        await storage.read.tenants.listByUser({ userId: user, page: { limit: 5 } })
        await storage.transaction({ users: [user] }, (tx) => tx.users.insert({ ...userOf(id), name: 'User' }))
        calls += 3
      } catch (error) {
        failures.push(error)
      }
    }
  }
  const workers = [0, 1, 2].map(worker)
  return {
    calls: () => calls,
    async stop() {
      stopped = true
      await Promise.all(workers)
      return failures
    },
  }
}

describe('a database in use', () => {
  test('takes a step of every kind, and no call of the release before waits a second for a lock', async () => {
    // The server itself ends what waits longer.
    const old = postgresStorage({ pool: poolWith('-c lock_timeout=1000'), schema })
    await old.read.users.find('u1')
    const calls = callsOf(old)
    // A report of the host reads the table while it is to change.
    const endReport = await blockedBy(`select count(*) from ${schema}.users`, `select 1 from ${schema}.memberships`)
    const migrated = next()
    const attempts = new Set<string>()
    while (attempts.size < 3) for (const { began } of await waiting('alter table')) attempts.add(began)
    const during = calls.calls()
    await endReport()
    const steps = await migrated
    expect(await calls.stop()).toEqual([])
    expect(during).toBeGreaterThan(0)
    expect(steps.map(({ name }) => name)).toEqual(Object.values(nextSteps).map(({ name }) => name))
    await assertComplete()
  }, 120_000)

  test('takes them from ten processes at once, whatever patience their role has', async () => {
    const pools = Array.from({ length: 10 }, () => poolWith('-c lock_timeout=1 -c statement_timeout=1000'))
    const taken = await Promise.all(pools.map((one) => next({ pool: one })))
    // Each step was taken by one of them.
    expect(taken.flat().map(({ version }) => version)).toHaveLength(Object.keys(nextSteps).length)
    await assertComplete()
  }, 120_000)

  test('plans the steps, with their locks and how many rows they meet, and changes nothing', async () => {
    const before = await database.query(`select oid from pg_class where relnamespace = '${schema}'::regnamespace`)
    const steps = await next({ plan: true })
    expect(await database.query(`select oid from pg_class where relnamespace = '${schema}'::regnamespace`)).toEqual(
      before,
    )
    const shown = steps.flatMap(({ version, parts }) =>
      parts.map(({ how, table, lock, rows }) => [version, how, table, lock, rows]),
    )
    // prettier-ignore
    expect(shown).toEqual([
      [2, 'transaction', 'users',       'access exclusive',       USERS],
      [2, 'transaction', 'users',       'access exclusive',       USERS],
      [3, 'batches',     'users',       'rows',                   USERS],
      [4, 'alone',       'users',       'share update exclusive', USERS],
      [4, 'alone',       'users',       'share update exclusive', USERS],
      [5, 'alone',       'users',       'share update exclusive', USERS],
      [5, 'alone',       'users',       'share update exclusive', USERS],
      [6, 'transaction', 'users',       'access exclusive',       USERS],
      [6, 'alone',       'users',       'share update exclusive', USERS],
      [7, 'transaction', 'memberships', 'share row exclusive',    USERS],
      [7, 'alone',       'memberships', 'share update exclusive', USERS],
      [8, 'transaction', 'users',       'access exclusive',       USERS],
      [8, 'alone',       'users',       'share update exclusive', USERS],
      [8, 'transaction', 'users',       'access exclusive',       USERS],
      [8, 'transaction', 'users',       'access exclusive',       USERS],
    ])
    const planned = await postgresStorage({ pool, schema: database.newSchema() }).migrate({ plan: true })
    expect(planned.map(({ name }) => name)).toEqual(migrations.map(({ name }) => name))
    expect(planned[0]?.parts.every(({ lock, table }) => lock === null && table === null)).toBe(true)
  })

  test('says what held a step back that never got its lock', async () => {
    const release = await blockedBy(`select 1 from ${schema}.users`)
    const dialect = { ...postgresFacts(schema), migrator: postgresMigrator({ schema, patienceMs: 0 }) }
    const migrated = migrate({ db: tablesIn(schema, pool), dialect }, { migrations: nextMigrations })
    await expect(migrated).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('The step "nicknames" of the schema was given up'),
    })
    await release()
  })

  test('says that a pool of one connection cannot give the second that some steps need', async () => {
    const one = new pg.Pool({ connectionString: database.url, max: 1 })
    onTestFinished(() => one.end())
    await expect(next({ pool: one })).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('two connections'),
    })
    await next()
    await assertComplete()
  }, 60_000)
})

/** A process that takes the steps, and how it is killed. */
function migratingProcess(): { kill(): Promise<void> } {
  const here = (file: string) => JSON.stringify(new URL(file, import.meta.url).href)
  const module = `
    import pg from 'pg'
    import { nextMigrations } from '@tenantry/kysely-storage/testing'
    import { migrateTo } from ${here('./testing/migrate-next.ts')}
    const pool = new pg.Pool({ connectionString: ${JSON.stringify(database.url)} })
    await migrateTo(nextMigrations, { schema: ${JSON.stringify(schema)}, pool })
    await pool.end()`
  const process_ = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', module], {
    cwd: import.meta.dirname,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const exit = once(process_, 'exit')
  onTestFinished(() => void process_.kill('SIGKILL'))
  return {
    async kill() {
      process_.kill('SIGKILL')
      await exit
    },
  }
}

interface Middle {
  readonly step: keyof typeof nextSteps
  /** What keeps the step from its end. */
  readonly blocker: (schema: string) => string
  readonly waitsIn: string
}

const middles: readonly Middle[] = [
  { step: 'adds columns', blocker: (in_) => `select 1 from ${in_}.users`, waitsIn: 'alter table' },
  {
    step: 'fills a column',
    blocker: (in_) => `select 1 from ${in_}.users where id = 'u999' for update`,
    waitsIn: 'update',
  },
  {
    step: 'builds an index',
    blocker: (in_) => `update ${in_}.users set name = 'User' where id = 'u1'`,
    waitsIn: 'create index concurrently',
  },
  {
    step: 'adds a foreign key',
    blocker: (in_) => `update ${in_}.memberships set active = true where user_id = 'u1'`,
    waitsIn: 'alter table',
  },
]

describe.each(middles)('a process that is killed while it $step', ({ step, blocker, waitsIn }) => {
  test.each([
    ['whose connections work on', false] as const,
    ...onlyInFullRun(['whose connections die with it', true] as const),
  ])(
    '%s, leaves a database that the next one completes',
    async (_, die) => {
      const before = Object.keys(nextSteps).indexOf(step)
      await migrateTo(nextMigrations.slice(0, migrations.length + before), { schema, pool })
      const release = await blockedBy(blocker(schema))
      const { kill } = migratingProcess()
      const { pid } = await untilWaiting(waitsIn)
      await kill()
      if (die) await database.query('select pg_terminate_backend($1)', [pid])
      const migrated = next()
      // It has found what the other left before the way is free.
      await sleep(300)
      await release()
      await migrated
      await assertComplete()
    },
    60_000,
  )
})

test('a rule that the rows break is added in part, and completed once they are mended', async () => {
  await database.query(`update ${schema}.memberships set invited_by = 'nobody' where user_id = 'u7'`)
  await expect(next()).rejects.toMatchObject({ code: 'conflict', cause: { code: '23503' } })
  // From then on nobody writes more such rows.
  const another = `update ${schema}.memberships set invited_by = 'nobody' where user_id = 'u8'`
  await expect(database.query(another)).rejects.toMatchObject({ code: '23503' })
  await database.query(`update ${schema}.memberships set invited_by = 'u1' where user_id = 'u7'`)
  await next()
  await assertComplete()
})

test('a unique index that the rows break is built anew once they are mended', async () => {
  const steps = [
    ...migrations,
    addColumns({ name: 'badges', table: 'users', columns: { badge: { kind: 'text', default: 'none' } } }),
    createIndex({ name: 'one badge', table: 'users', columns: ['badge'], unique: true }),
  ]
  await expect(migrateTo(steps, { schema, pool })).rejects.toMatchObject({ code: 'conflict', cause: { code: '23505' } })
  await database.query(`update ${schema}.users set badge = id`)
  await migrateTo(steps, { schema, pool })
  const valid = `select indisvalid as valid from pg_index where indexrelid = '${schema}.users_badge_key'::regclass`
  expect(await database.query(valid)).toEqual([{ valid: true }])
})
