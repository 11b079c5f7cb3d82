import {
  AggregateFunctionNode,
  AliasNode,
  BinaryOperationNode,
  FunctionNode,
  OperatorNode,
  ParensNode,
  RawNode,
  type OperationNode,
  type OperationNodeKind,
} from 'kysely'
import { knownFunctions } from './known-functions.js'
import { isTrusted } from './trusted.js'

/** What a query may be made of. Whatever is not here, such as `merge`, schema changes or a newer Kysely's, is refused. */
const safeKinds: ReadonlySet<OperationNodeKind> = new Set<OperationNodeKind>([
  ...(['SelectQueryNode', 'InsertQueryNode', 'UpdateQueryNode', 'DeleteQueryNode'] as const),
  ...(['WithNode', 'CommonTableExpressionNode', 'CommonTableExpressionNameNode'] as const),
  ...(['FromNode', 'JoinNode', 'UsingNode', 'OnNode', 'WhereNode', 'HavingNode', 'SetOperationNode'] as const),
  ...(['GroupByNode', 'GroupByItemNode', 'OrderByNode', 'OrderByItemNode', 'CollateNode'] as const),
  ...(['LimitNode', 'OffsetNode', 'FetchNode', 'SelectModifierNode', 'ExplainNode'] as const),
  ...(['SelectionNode', 'SelectAllNode', 'ReturningNode', 'AliasNode'] as const),
  ...(['IdentifierNode', 'SchemableIdentifierNode', 'TableNode', 'ColumnNode', 'ReferenceNode'] as const),
  ...(['ValueNode', 'ValueListNode', 'PrimitiveValueListNode', 'ValuesNode', 'DefaultInsertValueNode'] as const),
  ...(['ColumnUpdateNode', 'OnConflictNode', 'OrActionNode'] as const),
  ...(['AndNode', 'OrNode', 'ParensNode', 'TupleNode', 'OperatorNode'] as const),
  ...(['BinaryOperationNode', 'UnaryOperationNode', 'CaseNode', 'WhenNode', 'CastNode', 'DataTypeNode'] as const),
  ...(['FunctionNode', 'AggregateFunctionNode', 'OverNode', 'PartitionByNode', 'PartitionByItemNode'] as const),
  ...(['JSONReferenceNode', 'JSONPathNode', 'JSONPathLegNode', 'JSONOperatorChainNode', 'RawNode'] as const),
])

/** Texts that Kysely itself writes as raw fragments. */
const kyselysOwnTexts: ReadonlySet<string> = new Set(['asc', 'desc', 'true'])

const listKinds: ReadonlySet<OperationNodeKind> = new Set<OperationNodeKind>([
  'PrimitiveValueListNode',
  'ValueListNode',
  'TupleNode',
  'ParensNode',
  'SelectQueryNode',
])

/** Throws a `TypeError` for a node that could read or write a table unseen. What is below it is not looked at. */
export function assertSafeNode(node: OperationNode): void {
  if (!safeKinds.has(node.kind)) throw new TypeError(`A scoped query has no ${node.kind}.`)
  if (isTrusted(node)) return
  if (RawNode.is(node)) assertPlain(node)
  if (FunctionNode.is(node) || AggregateFunctionNode.is(node)) assertKnownFunction(node.func)
  if (BinaryOperationNode.is(node)) assertList(node)
}

/** Throws a `TypeError` unless it is a query, a function or rows of values: a bare name there is a table, however it is made. */
export function assertDerivedTable(source: OperationNode): void {
  const table = AliasNode.is(source) ? source.node : source
  const query = ParensNode.is(table) ? table.node : table
  if (['SelectQueryNode', 'ValuesNode'].includes(query.kind) || FunctionNode.is(query) || isTrusted(query)) return
  throw new TypeError(`A scoped query reads tables by their names and subqueries, not from a ${table.kind}.`)
}

function assertPlain({ sqlFragments, parameters }: RawNode) {
  const [text = ''] = sqlFragments
  if (parameters.length === 0 && sqlFragments.length === 1 && kyselysOwnTexts.has(text)) return
  const [child] = parameters
  // What sql.ref(), sql.val() and sql.lit() make.
  if (child && parameters.length === 1 && sqlFragments.every((fragment) => fragment === '')) return
  throw new TypeError(
    `Raw SQL cannot be scoped: "${sqlFragments.join('…')}". If it reads no table, wrap it in trusted().`,
  )
}

function assertKnownFunction(name: string) {
  if (knownFunctions.has(name.toLowerCase())) return
  throw new TypeError(`Function "${name}" may read tables. If it does not, wrap the call in trusted().`)
}

/** SQLite takes a bare name after `in` for a table. */
function assertList({ operator, rightOperand }: BinaryOperationNode) {
  const takesList = OperatorNode.is(operator) && (operator.operator === 'in' || operator.operator === 'not in')
  if (!takesList || listKinds.has(rightOperand.kind) || isTrusted(rightOperand)) return
  throw new TypeError(`A scoped query has a list or a subquery after "in", not a ${rightOperand.kind}.`)
}
