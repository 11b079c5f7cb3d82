import type { FilterNode, RowFilter } from '@tenantry/core'
import type { AndNode, BinaryOperationNode, Expression, Generated, Kysely, OrNode, ParensNode, SqlBool } from 'kysely'
import type * as newer from 'kysely29'

/** Checked by the compiler alone: nothing here is run. */
interface Tables {
  invoice: { tenant_id: Generated<string>; id: number; owner_id: string | null; parent_id: number | null }
}

export function kyselyTakesFiltersWhereverItTakesConditions(db: Kysely<Tables>, filter: RowFilter): void {
  const expression: Expression<SqlBool> = filter
  db.selectFrom('invoice').selectAll().where(filter).having(filter)
  db.selectFrom('invoice').where((eb) => eb.or([eb.not(filter), expression, eb('id', '=', 7)]))
  db.selectFrom('invoice as i').innerJoin('invoice as p', (join) => join.onRef('p.id', '=', 'i.parent_id').on(filter))
  db.updateTable('invoice').set({ owner_id: null }).where(filter)
  db.deleteFrom('invoice').where(filter)
  // @ts-expect-error -- a filter is either true or false, and no column
  db.selectFrom('invoice').select(filter)
}

export function soDoesTheNewerLine(db: newer.Kysely<Tables>, filter: RowFilter): void {
  const expression: newer.Expression<newer.SqlBool> = filter
  db.selectFrom('invoice').selectAll().where(filter).having(filter)
  db.selectFrom('invoice').where((eb) => eb.or([eb.not(filter), expression, eb('id', '=', 7)]))
  db.selectFrom('invoice as i').innerJoin('invoice as p', (join) => join.onRef('p.id', '=', 'i.parent_id').on(filter))
  db.updateTable('invoice').set({ owner_id: null }).where(filter)
  db.deleteFrom('invoice').where(filter)
}

export function nodesOfAFilterAreKyselysOwn(
  node: FilterNode,
): readonly [
  AndNode | OrNode | ParensNode | BinaryOperationNode,
  newer.AndNode | newer.OrNode | newer.ParensNode | newer.BinaryOperationNode,
] {
  return [node, node]
}
