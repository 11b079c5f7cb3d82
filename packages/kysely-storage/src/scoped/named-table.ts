import {
  AliasNode,
  AndNode,
  BinaryOperationNode,
  ColumnNode,
  IdentifierNode,
  OperatorNode,
  ParensNode,
  ReferenceNode,
  SelectQueryNode,
  SelectionNode,
  TableNode,
  ValueNode,
  type OperationNode,
} from 'kysely'

/** A table that a query names, and what the query calls it. */
export interface NamedTable {
  readonly table: TableNode
  readonly alias: IdentifierNode | null
}

/** The table that a part of a query names, or `null` when it is something else. */
export function namedTable(node: OperationNode): NamedTable | null {
  if (TableNode.is(node)) return { table: node, alias: null }
  if (!AliasNode.is(node) || !TableNode.is(node.node)) return null
  // Others, like `sql\`i (a, b)\``, could give the columns other names.
  if (!IdentifierNode.is(node.alias)) throw new TypeError('A scoped query calls its tables by plain names.')
  return { table: node.node, alias: node.alias }
}

/** `table.column = tenant`. */
export function isOfTenant({ table, alias }: NamedTable, column: string, tenantId: string): OperationNode {
  const calledName = alias ? TableNode.create(alias.name) : table
  return BinaryOperationNode.create(
    ReferenceNode.create(ColumnNode.create(column), calledName),
    OperatorNode.create('='),
    ValueNode.create(tenantId),
  )
}

/** `(select * from table) as name`: a query of its own, which has a filter of its own. */
export function asSubquery({ table, alias }: NamedTable): OperationNode {
  const everything = SelectionNode.createSelectAll()
  const query = SelectQueryNode.cloneWithSelections(SelectQueryNode.createFrom([table]), [everything])
  return AliasNode.create(query, alias ?? table.table.identifier)
}

/** All of them; whatever a filter was made of, it cannot reach out of its parentheses. */
export function allOf(predicates: readonly OperationNode[], filter?: OperationNode): OperationNode | undefined {
  if (!predicates.length) return filter
  const parts = filter ? [...predicates, ParensNode.create(filter)] : predicates
  return parts.reduce((left, right) => AndNode.create(left, right))
}
