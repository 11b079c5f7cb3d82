import {
  AggregateFunctionNode,
  ExpressionWrapper,
  FunctionNode,
  RawNode,
  type AliasableExpression,
  type Expression,
  type OperationNode,
} from 'kysely'

// Known to both adapters: each brings its own copy of this file, and a host may use the two together.
const mark = Symbol.for('@tenantry/trusted')

/**
 * Vouches for one `sql` fragment or one function call, so that a query of {@link scopedTo} takes it: its text reads no
 * table that has a tenant, and writes none. Queries handed to it as parameters are scoped nevertheless.
 *
 * Throws a `TypeError` for anything else.
 *
 * @example
 * scoped.selectFrom('invoice').select(trusted(sql<number>`sum(total) / 100`).as('sum'))
 */
export function trusted<T>(expression: Expression<T>): AliasableExpression<T> {
  const node = expression.toOperationNode()
  if (!RawNode.is(node) && !FunctionNode.is(node) && !AggregateFunctionNode.is(node))
    throw new TypeError('trusted() takes a fragment of sql`…` or a call of a function.')
  // The wrapper asks for a database only to check references in `and` and `or`, which the result does not have.
  return new ExpressionWrapper<Record<string, never>, never, T>(marked(node))
}

/** Whether somebody vouched for this very fragment or call. */
export function isTrusted(node: OperationNode): boolean {
  return mark in node
}

/** A fragment within a fragment is part of the same text. */
function marked(node: OperationNode): OperationNode {
  const trustedNode = { ...node, [mark]: true }
  return RawNode.is(node)
    ? Object.freeze({ ...trustedNode, parameters: node.parameters.map((one) => (RawNode.is(one) ? marked(one) : one)) })
    : Object.freeze(trustedNode)
}
