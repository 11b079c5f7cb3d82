import { spawn } from 'node:child_process'
import { isStorageError } from '@tenantry/core'
import { addColumns, migrate, migrations, placeTables, type Migration, type Tables } from '@tenantry/kysely-storage'
import { CompiledQuery, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely'
import { Pool } from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { useTestDatabase } from '../../../scripts/test-database.js'
import { placeIn, postgresFacts } from './dialect.js'
import { PostgresDriver } from './driver.js'
import { postgresStorage } from './index.js'
import { statementNames } from './statement-names.js'

const database = useTestDatabase()
let schema: string
let pool: Pool

beforeEach(() => {
  schema = database.newSchema()
  pool = new Pool({ connectionString: database.url })
})

afterEach(() => pool.end())

/** Every object of the schema, by name and identity: one that was made anew counts as another. */
async function objectsOf(name: string): Promise<string[]> {
  const rows = await database.query<{ object: string }>(
    `select relname || ' ' || pg_class.oid as object from pg_class join pg_namespace on pg_namespace.oid = relnamespace
    where nspname = $1 order by relname`,
    [name],
  )
  return rows.map(({ object }) => object)
}

async function tablesOf(name: string): Promise<string[]> {
  const rows = await database.query<{ name: string }>(
    'select tablename::text as name from pg_tables where schemaname = $1 order by 1',
    [name],
  )
  return rows.map((row) => row.name)
}

async function schemaError(work: () => Promise<unknown>): Promise<string> {
  const error = await work().then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!isStorageError(error)) throw new Error(`expected a StorageError, got ${String(error)}`)
  expect(error.code).toBe('schema')
  return error.message
}

function kyselyIn(name: string) {
  const names = statementNames({ preparedStatements: true })
  return new Kysely<Tables>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new PostgresDriver({ pool, statementTimeout: 10_000, names }),
      createIntrospector: (kysely) => new PostgresIntrospector(kysely),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
    plugins: [placeTables(placeIn(name))],
  })
}

/** Runs the text as a module in a process of its own, and answers how it ended. */
function runProcess(module: string): Promise<number | null> {
  const process_ = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', module], {
    cwd: import.meta.dirname,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  return new Promise((resolve) => process_.on('exit', resolve))
}

const everyVersion = migrations.map((_, at) => ({ version: at + 1 }))

describe('migrating', () => {
  test('works from ten processes at once, each of which then finds the database usable', async () => {
    const options = { connectionString: database.url, schema }
    const module = `
      import { postgresStorage } from ${JSON.stringify(new URL('./index.ts', import.meta.url).href)}
      const storage = postgresStorage(${JSON.stringify(options)})
      await storage.migrate()
      await storage.read.tenants.find('acme')
      await storage.close()`
    const exits = await Promise.all(Array.from({ length: 10 }, () => runProcess(module)))
    expect(exits).toEqual(Array.from({ length: 10 }, () => 0))
    expect(await database.query(`select version::int from ${schema}.tenancy_migrations order by 1`)).toEqual(
      everyVersion,
    )
  })

  test('works from ten connections at the same moment', async () => {
    const storages = Array.from({ length: 10 }, () => postgresStorage({ pool, schema }))
    await Promise.all(storages.map((storage) => storage.migrate()))
    expect(await database.query(`select version::int from ${schema}.tenancy_migrations order by 1`)).toEqual(
      everyVersion,
    )
  })

  test('a database that was never migrated says what to do', async () => {
    const storage = postgresStorage({ pool, schema })
    expect(await schemaError(() => storage.read.tenants.find('acme'))).toContain('tenancy.migrate()')
    expect(await schemaError(() => storage.transaction({}, async () => undefined))).toContain('tenancy.migrate()')
    await storage.migrate()
    expect(await storage.read.tenants.find('acme')).toBeNull()
  })

  test('a database that a newer release migrated is refused and left alone', async () => {
    await postgresStorage({ pool, schema }).migrate()
    await database.query(
      `insert into ${schema}.tenancy_migrations values (${migrations.length + 1}, 'from the future')`,
    )
    const before = await objectsOf(schema)

    const storage = postgresStorage({ pool, schema })
    const advice = 'Run the release that migrated it, or a later one.'
    expect(await schemaError(() => storage.migrate())).toContain(advice)
    expect(await schemaError(() => storage.read.tenants.find('acme'))).toContain(advice)
    expect(await schemaError(() => storage.transaction({}, (tx) => tx.counters.sweep(1)))).toContain(advice)
    expect(await objectsOf(schema)).toEqual(before)
  })

  test('a table of the same name that somebody else made is refused and left alone', async () => {
    await database.query(`
      create schema ${schema};
      create table ${schema}.tenancy_migrations (id integer primary key, run_on timestamptz)`)
    const storage = postgresStorage({ pool, schema })
    const before = await objectsOf(schema)
    for (const use of [() => storage.migrate(), () => storage.read.tenants.find('acme')])
      expect(await schemaError(use)).toContain(`"${schema}"."tenancy_migrations" is not the one`)
    await database.query(`
      drop table ${schema}.tenancy_migrations;
      create table ${schema}.tenancy_migrations (version integer, name text);
      insert into ${schema}.tenancy_migrations values (1, 'add invoices')`)
    for (const use of [() => storage.migrate(), () => storage.read.tenants.find('acme')])
      expect(await schemaError(use)).toContain('another program made it')
    await database.query(`drop table ${schema}.tenancy_migrations`)
    await storage.migrate()
    expect(before).toHaveLength(2)
    expect(await storage.read.tenants.find('acme')).toBeNull()
  })

  test("creates its tables beside the host's own migrations in the same schema", async () => {
    await database.query(`
      create schema ${schema};
      create table ${schema}.migrations (version integer, name text);
      insert into ${schema}.migrations values (42, 'add invoices')`)
    const storage = postgresStorage({ pool, schema })
    await storage.migrate()
    expect(await storage.read.tenants.find('acme')).toBeNull()
    expect(await database.query(`select * from ${schema}.migrations`)).toEqual([{ version: 42, name: 'add invoices' }])
  })

  test('a step that fails half-way leaves nothing of it, and those before it', async () => {
    const failing: Migration = {
      name: 'fails half-way',
      parts: (sql) => [
        ...addColumns({ name: 'half', table: 'users', columns: { half: 'text?' } }).parts(sql),
        { query: CompiledQuery.raw('select no_such_function()'), table: null, lock: null, how: 'transaction' },
      ],
    }
    const sql = { db: kyselyIn(schema), dialect: postgresFacts(schema) }
    const steps = [...migrations, failing]
    await expect(migrate(sql, { migrations: steps })).rejects.toMatchObject({ name: 'StorageError' })
    expect(await database.query(`select version::int from ${schema}.tenancy_migrations`)).toEqual(everyVersion)
    const columns = await database.query(
      `select from information_schema.columns where table_schema = $1 and column_name = 'half'`,
      [schema],
    )
    expect(columns).toEqual([])
  })

  test('waits for another migration longer than a statement may take', async () => {
    const blocker = await pool.connect()
    await blocker.query('begin')
    await blocker.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`tenantry ${schema}`])
    const storage = postgresStorage({ pool, schema, statementTimeout: 500 })
    const migrated = storage.migrate()
    const tried = `select from pg_stat_activity
      where datname = current_database() and query like '%pg_try_advisory_xact_lock%' and pid <> pg_backend_pid()`
    while ((await database.query(tried)).length === 0);
    await blocker.query('select pg_sleep(1)')
    await blocker.query('commit')
    blocker.release()
    await migrated
    expect(await tablesOf(schema)).toContain('tenants')
  })

  test("leaves the host's tables and other schemas alone", async () => {
    await database.query(`
      create table public.users (id integer primary key, email text unique);
      insert into public.users values (1, 'ann@example.com');
      create table public.migrations (version integer);
      insert into public.migrations values (42)`)
    const before = await objectsOf('public')
    const other = database.newSchema()
    const [one, two] = [postgresStorage({ pool, schema }), postgresStorage({ pool, schema: other })]
    await Promise.all([one.migrate(), two.migrate()])
    await one.transaction({}, (tx) => tx.counters.add({ key: 'key', points: 1, expiresAt: 1, now: 0 }))
    expect(await two.transaction({}, (tx) => tx.counters.find({ key: 'key', now: 0 }))).toBeNull()
    expect(await objectsOf('public')).toEqual(before)
    expect(await database.query('select * from public.users')).toEqual([{ id: 1, email: 'ann@example.com' }])
    expect(await database.query('select * from public.migrations')).toEqual([{ version: 42 }])
  })
})

describe('a role that owns little', () => {
  const role = `tenantry_test_role_${process.pid}`

  async function as(storagePool: (url: string) => Promise<void>): Promise<void> {
    await database.query(`create role ${role} login password 'role'`)
    const url = new URL(database.url)
    url.username = role
    url.password = 'role'
    try {
      await storagePool(url.href)
    } finally {
      await database.query(`drop owned by ${role} cascade; drop role ${role}`)
    }
  }

  test('migrates in the schema that was made for it, without the right to create one', () =>
    as(async (connectionString) => {
      await database.query(`create schema ${schema} authorization ${role}`)
      const storage = postgresStorage({ connectionString, schema })
      await storage.migrate()
      expect(await storage.read.users.find('ann')).toBeNull()
      await storage.close()
    }))

  test('finds a migrated database complete, without the right to change it', () =>
    as(async (connectionString) => {
      await postgresStorage({ pool, schema }).migrate()
      await database.query(`
        grant usage on schema ${schema} to ${role};
        grant select, insert, update, delete on all tables in schema ${schema} to ${role}`)
      const storage = postgresStorage({ connectionString, schema })
      await storage.migrate()
      expect(await storage.transaction({ tenants: ['acme'] }, (tx) => tx.counters.sweep(1))).toBe(0)
      await storage.close()
    }))
})
