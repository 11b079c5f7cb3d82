import { OnNode, type JoinNode, type JoinType, type OperationNode } from 'kysely'
import { assertDerivedTable } from './assert-safe-node.js'
import { allOf, asSubquery, namedTable, type NamedTable } from './named-table.js'

/** Where a join lets the tenant's predicate stand without changing which rows the join makes. */
const places: Readonly<Record<JoinType, 'where' | 'on' | 'subquery' | null>> = {
  InnerJoin: 'where',
  CrossJoin: 'where',
  LateralInnerJoin: 'where',
  LateralCrossJoin: 'where',
  LeftJoin: 'on',
  LateralLeftJoin: 'on',
  // They make rows of what was joined before them, too: everything must be filtered before it is joined.
  RightJoin: 'subquery',
  FullJoin: 'subquery',
  // Other databases' joins.
  Using: null,
  OuterApply: null,
  CrossApply: null,
}

export interface Sources {
  readonly froms: readonly OperationNode[]
  readonly joins: readonly JoinNode[]
}

/**
 * Scopes what a query reads from. `predicate` answers the predicate of a table, or `null` when it needs none, and refuses
 * tables that it does not know. The predicates that come back belong into the query's `where`.
 */
export function scopeSources(
  { froms, joins }: Sources,
  predicate: (table: NamedTable) => OperationNode | null,
): Sources & { readonly predicates: readonly OperationNode[] } {
  const predicates: OperationNode[] = []
  const filteredFirst = joins.some(({ joinType }) => places[joinType] === 'subquery')

  const scope = (source: OperationNode): { source: OperationNode; filter: OperationNode | null } => {
    const table = namedTable(source)
    if (!table) {
      assertDerivedTable(source)
      return { source, filter: null }
    }
    const filter = predicate(table)
    return filter && filteredFirst ? { source: asSubquery(table), filter: null } : { source, filter }
  }

  const scopeFrom = (from: OperationNode) => {
    const { source, filter } = scope(from)
    if (filter) predicates.push(filter)
    return source
  }

  const scopeJoin = (join: JoinNode): JoinNode => {
    const place = places[join.joinType]
    if (!place) throw new TypeError(`A scoped query has no ${join.joinType}.`)
    const { source, filter } = scope(join.table)
    if (filter && place === 'where') predicates.push(filter)
    const on = allOf(filter && place === 'on' ? [filter] : [], join.on?.on)
    return { ...join, table: source, ...(on && { on: OnNode.create(on) }) }
  }

  return { froms: froms.map(scopeFrom), joins: joins.map(scopeJoin), predicates }
}
