import type { RowFilter, Tenancy } from '@tenantry/core'
import type { Knex } from 'knex'
import type { PoolClient } from 'pg'

/** Runs `work` in one transaction of Knex and of Tenantry. */
export function inTransaction<Result>(
  { knex, tenancy }: { knex: Knex; tenancy: Tenancy },
  work: (db: Knex.Transaction, inside: ReturnType<Tenancy['withTransaction']>) => Promise<Result>,
): Promise<Result> {
  return knex.transaction(async (transaction) => {
    // Within a transaction, Knex hands out the connection on which it has sent `begin`: a client of pg.
    const client: PoolClient = await transaction.client.acquireConnection()
    return work(transaction, tenancy.withTransaction(client))
  })
}

/** A filter as a condition of Knex: `knex('invoice').where(toKnex(knex, filter))`. */
export function toKnex(knex: Knex, filter: RowFilter): Knex.Raw {
  const { sql, parameters } = filter.toSql()
  return knex.raw(sql, parameters)
}
