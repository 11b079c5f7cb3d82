import { ControlledTransaction, type CompiledQuery, type Kysely, type OperationNode } from 'kysely'
import { guardExecutor } from './guard-executor.js'
import { tableRegister } from './table-register.js'
import { TenantTransformer, type Scope } from './tenant-transformer.js'

/** Whose rows, and in which tables of the host. */
export interface TenantScope<Database> {
  /** The tenant's id, as it stands in the tables. */
  readonly tenantId: string
  /** The tables whose rows belong to a tenant, each with the column that says to which: `{ invoice: 'tenant_id' }`. */
  readonly tables: { readonly [Table in keyof Database & string]?: keyof Database[Table] & string }
  /** Tables whose rows belong to nobody. They can be read and joined, not written. */
  readonly shared?: readonly (keyof Database & string)[]
}

const queryKinds = ['SelectQueryNode', 'InsertQueryNode', 'UpdateQueryNode', 'DeleteQueryNode']

/**
 * A Kysely that sees and touches the rows of one tenant only, on SQLite and PostgreSQL.
 *
 * The tenant's predicate stands in every select, update and delete, in subqueries, joins, common table expressions and
 * unions as well; inserted rows get the tenant. Transactions and connections made from it are scoped, too.
 *
 * What cannot be scoped throws a `TypeError` before anything reaches the database: tables that are not registered, raw
 * SQL and functions nobody vouched for with {@link trusted}, queries compiled elsewhere, schema changes, `merge`,
 * `insert or replace`, rows of another tenant, and a change of a row's tenant. So does an empty `tenantId`, at once.
 *
 * Whether the caller may act in that tenant is not asked here. What a view, trigger or foreign key does is not seen.
 *
 * @example
 * const scoped = scopedTo(db, { tenantId, tables: { invoice: 'tenant_id', note: 'team_id' }, shared: ['country'] })
 * await scoped.selectFrom('invoice').selectAll().execute()
 */
export function scopedTo<Database>(db: Kysely<Database>, scope: TenantScope<Database>): Kysely<Database> {
  const { tenantId, tables, shared = [] } = scope
  if (typeof tenantId !== 'string' || tenantId.trim() === '') throw new TypeError('scopedTo needs the id of a tenant.')
  // Kysely copies such a transaction at each savepoint, and the copy would have the doors open.
  if (db instanceof ControlledTransaction) throw new TypeError('Scope the Kysely first, then call startTransaction().')

  const seen = { scoped: new WeakSet<OperationNode>(), compiled: new WeakSet<CompiledQuery>() }
  const inside: Scope = {
    tenantId,
    register: tableRegister({ tables, shared }),
    isScoped: (query) => seen.scoped.has(query),
  }
  const { plugins } = db.getExecutor()
  // First of all plugins, so that it knows tables and columns by the names that the host's code gives them.
  const scoped = plugins.reduce(
    (kysely, plugin) => kysely.withPlugin(plugin),
    db.withoutPlugins().withPlugin({
      transformQuery({ node, queryId }) {
        if (node.kind === 'RawNode') throw new TypeError('Raw SQL cannot be scoped: build the query with Kysely.')
        if (!queryKinds.includes(node.kind)) throw new TypeError(`A scoped Kysely runs no ${node.kind}.`)
        return new TenantTransformer(inside).transformNode(node, queryId)
      },
      transformResult: ({ result }) => Promise.resolve(result),
    }),
  )
  guardExecutor(scoped.getExecutor(), seen)
  return scoped
}
