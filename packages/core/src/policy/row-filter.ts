import type { Condition } from './filter.js'
import { toKysely } from './filter-to-kysely.js'
import type { FilterNode } from './filter-to-kysely.js'
import { toSql } from './filter-to-sql.js'
import type { SqlCondition, SqlOptions } from './filter-to-sql.js'

/**
 * The rows on which somebody has a permission, as a condition. It is an expression of [Kysely](https://kysely.dev),
 * which takes it wherever it takes a boolean one; for others there is {@link RowFilter.toSql}. It is true or false of
 * every row, never null, so that `not` gives the other rows.
 *
 * @example
 * db.selectFrom('invoice').where(access.filter('invoice:read', { owner: 'owner_id', visibility: 'visibility' }))
 */
export interface RowFilter {
  /** Kysely reads the type alone: there is no value. */
  readonly expressionType: boolean | undefined
  toOperationNode(): FilterNode
  /**
   * The condition in plain SQL, for SQLite and PostgreSQL. Names are quoted, values are parameters.
   *
   * @throws {TypeError} for any other placeholder or first number.
   *
   * @example
   * const { sql, parameters } = filter.toSql({ placeholder: '$', first: 2 })
   * await pool.query(`select * from invoice where due < $1 and ${sql}`, [due, ...parameters])
   */
  toSql(options?: SqlOptions): SqlCondition
}

export function toRowFilter(condition: Condition): RowFilter {
  return Object.freeze({
    expressionType: undefined,
    toOperationNode: () => toKysely(condition),
    toSql: (options?: SqlOptions) => toSql(condition, options),
  })
}
