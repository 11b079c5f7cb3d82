import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, inject } from 'vitest'

/** A PostgreSQL database for one test file, created before its tests and dropped after them. */
export interface TestDatabase {
  /** The connection string, available from the first `beforeAll` or test on. */
  readonly url: string
  /** Returns an unused schema name. */
  newSchema(): string
  /** Returns a migrated schema without rows. Schemas are reused, because migrating takes longer than most tests. */
  borrowSchema(): { readonly schema: string; unshare(): Promise<void> }
  /** Runs SQL as the database owner, on a separate connection. */
  query<Row>(text: string, values?: readonly unknown[]): Promise<Row[]>
}

/** Call it once at the top of a test file. */
export function useTestDatabase(): TestDatabase {
  const server = inject('postgres')
  const name = `tenantry_test_${randomBytes(8).toString('hex')}`
  let url = ''
  let schemas = 0
  const givenBack: string[] = []
  let emptier: pg.Client | undefined
  const newSchema = () => `schema_${(schemas += 1)}`

  beforeAll(async () => {
    if ('missing' in server) throw new Error(server.missing)
    await run(server.url, `create database ${name}`)
    const place = new URL(server.url)
    place.pathname = name
    url = place.href
  })

  afterAll(async () => {
    if ('missing' in server) return
    await emptier?.end()
    // A pool ends before the server has noticed that its connections are closed.
    const connections = `select from pg_stat_activity where datname = '${name}'`
    for (let left = 100; left > 0 && (await run(server.url, connections)).length > 0; left -= 1) await sleep(50)
    await run(server.url, `drop database if exists ${name}`)
  })

  return {
    get url() {
      return url
    },
    newSchema,
    borrowSchema() {
      const schema = givenBack.pop() ?? newSchema()
      return {
        schema,
        async unshare() {
          emptier ??= await connect(url)
          await emptier.query(emptying(schema))
          givenBack.push(schema)
        },
      }
    },
    // The caller knows which rows its SQL returns.
    query: async <Row>(text: string, values: readonly unknown[] = []) => (await run(url, text, values)) as Row[],
  }
}

/** Deletes all rows except the migration records. Runs as a replica, so that foreign keys are not checked. */
function emptying(schema: string): string {
  return `do $$ declare name text; begin
    set local session_replication_role = replica;
    for name in select tablename from pg_tables where schemaname = '${schema}' and tablename <> 'tenancy_migrations' loop
      execute format('delete from ${schema}.%I', name);
    end loop;
  end $$`
}

async function run(url: string, text: string, values: readonly unknown[] = []): Promise<unknown[]> {
  const client = await connect(url)
  try {
    return (await client.query<Record<string, unknown>>(text, [...values])).rows
  } finally {
    await client.end()
  }
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return client
}
