import {
  AliasNode,
  ColumnNode,
  DefaultInsertValueNode,
  IdentifierNode,
  PrimitiveValueListNode,
  ReferenceNode,
  SelectQueryNode,
  SelectionNode,
  ValueListNode,
  ValueNode,
  ValuesNode,
  type ColumnUpdateNode,
  type InsertQueryNode,
  type OperationNode,
  type ValuesItemNode,
} from 'kysely'

/** The tenant's column and what belongs into it. */
export interface TenantValue {
  readonly column: string
  readonly tenantId: string
}

// Like nothing in the query, lest its `order by` takes it for that.
const addedColumn = IdentifierNode.create('scoped_tenant')
const addedRows = IdentifierNode.create('scoped_rows')

/** Throws a `TypeError` for what would replace rows, whoever they belong to, or is another database's. */
export function assertOnlyInserts({ ignore, replace, orAction }: InsertQueryNode): void {
  if (ignore || replace || orAction?.action === 'replace')
    throw new TypeError('A scoped insert does not replace: the row that is in the way may be of another tenant.')
}

/** Throws a `TypeError` if rows would get another tenant, or if that cannot be told. */
export function assertTenantStays(updates: readonly ColumnUpdateNode[], { column }: TenantValue): void {
  for (const { column: target } of updates) {
    const changed = ReferenceNode.is(target) ? target.column : target
    if (!ColumnNode.is(changed)) throw new TypeError(`A scoped update names its columns, not a ${changed.kind}.`)
    if (isColumn(changed, column)) throw new TypeError(`Rows keep their tenant: "${column}" cannot be updated.`)
  }
}

/** The columns and values of an insert with the tenant filled in. A row that names another tenant is a `TypeError`. */
export function withTenant(insert: InsertQueryNode, tenant: TenantValue): InsertQueryNode {
  const column = ColumnNode.create(tenant.column)
  const { values, columns, defaultValues, ...rest } = insert
  if (defaultValues) {
    const row = ValueListNode.create([ValueNode.create(tenant.tenantId)])
    return { ...rest, columns: [column], values: ValuesNode.create([row]) }
  }
  if (!columns || !values) throw new TypeError('A scoped insert names its columns.')

  const given = columns.flatMap((one, index) => (isColumn(one, tenant.column) ? [index] : []))
  if (ValuesNode.is(values)) {
    const rows = values.values.map((row) => fillRow(row, given, tenant))
    return { ...rest, columns: given.length ? columns : [...columns, column], values: ValuesNode.create(rows) }
  }
  if (given.length) throw new TypeError(`A scoped insert of a query leaves "${tenant.column}" out: it is filled in.`)
  return { ...rest, columns: [...columns, column], values: selectTenant(values, tenant) }
}

function fillRow(row: ValuesItemNode, given: readonly number[], { column, tenantId }: TenantValue): ValuesItemNode {
  const tenant = ValueNode.create(tenantId)
  if (!given.length && PrimitiveValueListNode.is(row)) return PrimitiveValueListNode.create([...row.values, tenantId])
  const values = PrimitiveValueListNode.is(row) ? row.values.map((value) => ValueNode.create(value)) : [...row.values]
  if (!given.length) return ValueListNode.create([...values, tenant])
  for (const index of given) {
    const value = values[index]
    const fits = value && (DefaultInsertValueNode.is(value) || (ValueNode.is(value) && value.value === tenantId))
    if (!fits) throw new TypeError(`A row of another tenant cannot be inserted: leave "${column}" out.`)
    values[index] = tenant
  }
  return ValueListNode.create(values)
}

/** The tenant as one more column of a query. */
function selectTenant(query: OperationNode, { tenantId }: TenantValue): OperationNode {
  if (!SelectQueryNode.is(query)) throw new TypeError(`A scoped insert takes values or a query, not a ${query.kind}.`)
  const selection = SelectionNode.create(AliasNode.create(ValueNode.create(tenantId), addedColumn))
  // Rows are compared there; PostgreSQL would take the tenant for text before it sees the type of its column.
  const comparesRows = query.setOperations?.length || query.distinctOn?.length || query.frontModifiers?.length
  if (!comparesRows) return SelectQueryNode.cloneWithSelections(query, [selection])
  const all = SelectQueryNode.createFrom([AliasNode.create(query, addedRows)])
  return SelectQueryNode.cloneWithSelections(all, [SelectionNode.createSelectAll(), selection])
}

/** SQLite does not tell upper from lower case in names. */
function isColumn({ column }: ColumnNode, name: string): boolean {
  return column.name.toLowerCase() === name.toLowerCase()
}
