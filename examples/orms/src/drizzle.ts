import type { RowFilter, Tenancy } from '@tenantry/core'
import { sql, type SQL } from 'drizzle-orm'
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import type { Pool } from 'pg'

/** Runs `work` in one transaction of Drizzle and of Tenantry: a client of your own carries both. */
export async function inTransaction<Result>(
  { pool, tenancy }: { pool: Pool; tenancy: Tenancy },
  work: (db: NodePgDatabase, inside: ReturnType<Tenancy['withTransaction']>) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect()
  try {
    return await drizzle(client).transaction((db) => work(db, tenancy.withTransaction(client)))
  } finally {
    client.release()
  }
}

/** A filter as a condition of Drizzle: `db.select().from(invoices).where(toDrizzle(filter))`. */
export function toDrizzle(filter: RowFilter): SQL {
  const { sql: text, parameters } = filter.toSql()
  const parts = text.split('?').flatMap((part, index) => {
    return index < parameters.length ? [sql.raw(part), sql`${parameters[index]}`] : [sql.raw(part)]
  })
  return sql.join(parts)
}
