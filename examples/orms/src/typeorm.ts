import type { RowFilter, Tenancy } from '@tenantry/core'
import type { DataSource, EntityManager } from 'typeorm'

/** Runs `work` in one transaction of TypeORM and of Tenantry. */
export function inTransaction<Result>(
  { dataSource, tenancy }: { dataSource: DataSource; tenancy: Tenancy },
  work: (db: EntityManager, inside: ReturnType<Tenancy['withTransaction']>) => Promise<Result>,
): Promise<Result> {
  return dataSource.transaction(async (manager) => {
    // The client of pg on which TypeORM has sent `begin`.
    const client: unknown = await manager.queryRunner?.connect()
    return work(manager, tenancy.withTransaction(client))
  })
}

/** A filter as arguments of `where` in a query builder: `builder.where(...toTypeorm(filter))`. */
export function toTypeorm(filter: RowFilter): [string, Record<string, string>] {
  const { sql, parameters } = filter.toSql()
  let index = 0
  const named = Object.fromEntries(parameters.map((value, number) => [`filter${number}`, value]))
  return [sql.replaceAll('?', () => `:filter${index++}`), named]
}
