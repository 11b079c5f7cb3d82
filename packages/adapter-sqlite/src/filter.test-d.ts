import type { FilterNode, RowFilter } from '@tenantry/core'
import type { AndNode, BinaryOperationNode, Expression, Generated, Kysely, OrNode, ParensNode, SqlBool } from 'kysely'

/** Checked by the compiler alone, also against the newer line of Kysely when packages are checked. */
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

export function nodesOfAFilterAreKyselysOwn(node: FilterNode): AndNode | OrNode | ParensNode | BinaryOperationNode {
  return node
}
