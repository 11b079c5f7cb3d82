import { randomBytes } from 'node:crypto'
import { postgresStorage } from '@tenantry/adapter-postgres'
import { sqliteStorage } from '@tenantry/adapter-sqlite'
import type { FilterColumns, RowFilter, Storage } from '@tenantry/core'
import Database from 'better-sqlite3'
import { Kysely, PostgresDialect, SqliteDialect } from 'kysely'
import pg from 'pg'

/** The host's own table beside the tenancy's. */
interface Tables {
  readonly thing: {
    readonly scenario: string
    readonly id: number
    readonly owner_id: string | null
    readonly visibility: string | null
    readonly tenant_id: string | null
    readonly shared_tenant_id: string | null
  }
}

export const COLUMNS = {
  owner: 'owner_id',
  visibility: 'visibility',
  tenant: 'tenant_id',
  shared: 'shared_tenant_id',
} as const

const TABLE = `create table thing (
  scenario text not null, id integer not null,
  owner_id text, visibility text, tenant_id text, shared_tenant_id text,
  primary key (scenario, id)
)`

/** One database that holds a tenancy and a table of its host's. */
export interface HostDatabase {
  readonly name: string
  readonly storage: Storage
  readonly db: Kysely<Tables>
  /** The ids that plain SQL finds, by the driver alone. */
  plain(scenario: string, filter: RowFilter): Promise<readonly number[]>
  close(): Promise<void>
}

export async function openSqlite(): Promise<HostDatabase> {
  const database = new Database(':memory:')
  database.exec(TABLE)
  return {
    name: 'SQLite',
    storage: sqliteStorage({ database }),
    db: new Kysely({ dialect: new SqliteDialect({ database }) }),
    async plain(scenario, filter) {
      const { sql, parameters } = filter.toSql()
      const found = database.prepare(`select id from thing where scenario = ? and ${sql}`).pluck()
      // A column of numbers.
      return found.all(scenario, ...parameters) as number[]
    },
    close: async () => void database.close(),
  }
}

export async function openPostgres(connectionString: string): Promise<HostDatabase> {
  const schema = `decisions_${randomBytes(8).toString('hex')}`
  const pool = new pg.Pool({ connectionString, options: `-c search_path=${schema}`, max: 2 })
  await pool.query(`create schema ${schema}`)
  await pool.query(TABLE)
  return {
    name: 'PostgreSQL',
    storage: postgresStorage({ pool, schema }),
    db: new Kysely({ dialect: new PostgresDialect({ pool }) }),
    async plain(scenario, filter) {
      const { sql, parameters } = filter.toSql({ placeholder: '$', first: 2 })
      const { rows } = await pool.query<{ id: number }>(`select id from thing where scenario = $1 and ${sql}`, [
        scenario,
        ...parameters,
      ])
      return rows.map(({ id }) => id)
    },
    async close() {
      await pool.query(`drop schema ${schema} cascade`)
      await pool.end()
    },
  }
}

/** The columns that a host names which tells these facts. */
export function columnsOf(notified: readonly (keyof typeof COLUMNS)[]): FilterColumns {
  return {
    tenant: notified.includes('tenant') ? COLUMNS.tenant : null,
    ...(notified.includes('owner') ? { owner: COLUMNS.owner } : {}),
    ...(notified.includes('visibility') ? { visibility: COLUMNS.visibility } : {}),
    ...(notified.includes('shared') ? { sharedTenant: COLUMNS.shared } : {}),
  }
}
