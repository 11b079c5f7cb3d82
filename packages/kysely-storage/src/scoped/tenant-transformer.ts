import {
  FromNode,
  OperationNodeTransformer,
  UsingNode,
  WhereNode,
  type DeleteQueryNode,
  type InsertQueryNode,
  type OnConflictNode,
  type OperationNode,
  type OperationNodeKind,
  type QueryId,
  type SelectQueryNode,
  type TableNode,
  type UpdateQueryNode,
  type WithNode,
} from 'kysely'
import { assertSafeNode } from './assert-safe-node.js'
import { allOf, isOfTenant, namedTable, type NamedTable } from './named-table.js'
import { assertOnlyInserts, assertTenantStays, withTenant, type TenantValue } from './scope-insert.js'
import { scopeSources, type Sources } from './scope-sources.js'
import type { TableRegister } from './table-register.js'

/** Whose rows a query may see and touch. */
export interface Scope {
  readonly tenantId: string
  readonly register: TableRegister
  /** Whether a query has been scoped already, as a whole. */
  isScoped(query: OperationNode): boolean
}

interface Target extends TenantValue {
  readonly table: NamedTable
  readonly predicate: OperationNode
}

/** Below these a table is no more than the name of something that the query reads anyway. */
const referring: ReadonlySet<OperationNodeKind> = new Set<OperationNodeKind>([
  'ReferenceNode',
  'FunctionNode',
  'AggregateFunctionNode',
  'SelectModifierNode',
  'CommonTableExpressionNameNode',
])

/** Rewrites one query so that it sees and touches rows of one tenant only. One instance scopes one query. */
export class TenantTransformer extends OperationNodeTransformer {
  readonly #scope: Scope
  readonly #scopedTables = new WeakSet<TableNode>()
  readonly #commonTables: string[] = []

  constructor(scope: Scope) {
    super()
    this.#scope = scope
  }

  protected override transformNodeImpl<Node extends OperationNode>(node: Node, queryId?: QueryId): Node {
    if (this.#scope.isScoped(node)) return node
    assertSafeNode(node)
    return super.transformNodeImpl(node, queryId)
  }

  /** Every table is refused, except where one of the methods below has dealt with it. */
  protected override transformTable(node: TableNode, queryId?: QueryId): TableNode {
    const parent = this.nodeStack.at(-2)
    if (this.#scopedTables.has(node) || (parent && referring.has(parent.kind)))
      return super.transformTable(node, queryId)
    throw new TypeError(`Table "${node.table.identifier.name}" is named where it cannot be scoped.`)
  }

  protected override transformSelectQuery(node: SelectQueryNode, queryId?: QueryId): SelectQueryNode {
    return this.#query(node, ({ where, ...query }) => {
      const { froms, joins, predicates } = this.#sources(query.from, query.joins)
      const scoped = { ...query, ...filter(predicates, where), ...(query.joins && { joins }) }
      return super.transformSelectQuery(query.from ? { ...scoped, from: FromNode.create(froms) } : scoped, queryId)
    })
  }

  protected override transformUpdateQuery(node: UpdateQueryNode, queryId?: QueryId): UpdateQueryNode {
    return this.#query(node, ({ where, ...query }) => {
      const target = this.#target(query.table)
      assertTenantStays(query.updates ?? [], target)
      const { froms, joins, predicates } = this.#sources(query.from, query.joins)
      const scoped = { ...query, ...filter([target.predicate, ...predicates], where), ...(query.joins && { joins }) }
      return super.transformUpdateQuery(query.from ? { ...scoped, from: FromNode.create(froms) } : scoped, queryId)
    })
  }

  protected override transformDeleteQuery(node: DeleteQueryNode, queryId?: QueryId): DeleteQueryNode {
    return this.#query(node, ({ where, ...query }) => {
      const [from, ...others] = query.from.froms
      const target = this.#target(others.length ? undefined : from)
      const { froms, joins, predicates } = this.#sources(
        query.using && FromNode.create(query.using.tables),
        query.joins,
      )
      const scoped = { ...query, ...filter([target.predicate, ...predicates], where), ...(query.joins && { joins }) }
      return super.transformDeleteQuery(query.using ? { ...scoped, using: UsingNode.create(froms) } : scoped, queryId)
    })
  }

  protected override transformInsertQuery(node: InsertQueryNode, queryId?: QueryId): InsertQueryNode {
    return this.#query(node, (query) => {
      assertOnlyInserts(query)
      const target = this.#target(query.into)
      const onConflict = query.onConflict && scopeConflict(query.onConflict, target)
      const scoped = super.transformInsertQuery({ ...query, ...(onConflict && { onConflict }) }, queryId)
      return withTenant(scoped, target)
    })
  }

  /**
   * Only what surely means the common table expression counts as one. Where SQLite sees one and PostgreSQL a table, it is
   * scoped as a table, which does no harm to either.
   */
  protected override transformWith(node: WithNode, queryId?: QueryId): WithNode {
    const expressions = node.expressions.map((expression) => {
      const { name } = expression.name.table.table.identifier
      if (node.recursive) this.#commonTables.push(name)
      const transformed = this.transformNode(expression, queryId)
      if (!node.recursive) this.#commonTables.push(name)
      return transformed
    })
    return { ...node, expressions }
  }

  /** Common table expressions have their names in the query that declares them, not around it. */
  #query<Query extends { readonly with?: WithNode }>(node: Query, transform: (query: Query) => Query): Query {
    const names = this.#commonTables.length
    const { with: declared, ...query } = node
    const withNode = this.transformNode(declared)
    // What it lacks is optional in every kind of query.
    const transformed = transform(query as Query)
    this.#commonTables.length = names
    return withNode ? { ...transformed, with: withNode } : transformed
  }

  #sources(from: FromNode | undefined, joins: Sources['joins'] = []) {
    return scopeSources({ froms: from?.froms ?? [], joins }, (named) => {
      const { schema, identifier } = named.table.table
      this.#scopedTables.add(named.table)
      if (!schema && this.#commonTables.includes(identifier.name)) return null
      const column = this.#scope.register.tenantColumn(named.table)
      return column === null ? null : isOfTenant(named, column, this.#scope.tenantId)
    })
  }

  /** The one table that a query writes, which is never a common table expression. */
  #target(node: OperationNode | undefined): Target {
    const table = node && namedTable(node)
    if (!table) throw new TypeError('A scoped query writes one table.')
    const { register, tenantId } = this.#scope
    const column = register.tenantColumn(table.table)
    if (column === null)
      throw new TypeError(`Table "${table.table.table.identifier.name}" is shared: a tenant cannot write it.`)
    this.#scopedTables.add(table.table)
    return { table, column, tenantId, predicate: isOfTenant(table, column, tenantId) }
  }
}

function filter(predicates: readonly OperationNode[], where: WhereNode | undefined): { readonly where?: WhereNode } {
  const all = allOf(predicates, where?.where)
  return all ? { where: WhereNode.create(all) } : {}
}

/** The row in the way may be another tenant's; then nothing is updated. */
function scopeConflict({ updateWhere, ...conflict }: OnConflictNode, target: Target): OnConflictNode {
  if (!conflict.updates) return { ...conflict, ...(updateWhere && { updateWhere }) }
  assertTenantStays(conflict.updates, target)
  const where = allOf([target.predicate], updateWhere?.where)
  return { ...conflict, ...(where && { updateWhere: WhereNode.create(where) }) }
}
