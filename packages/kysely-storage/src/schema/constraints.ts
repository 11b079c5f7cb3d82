import type { Constraint } from '@tenantry/core'
import { tableNames, tables } from './tables.js'

/** A name that PostgreSQL does not cut: errors and later steps of the schema refer to it. */
function whole(name: string): string {
  if (name.length > 63) throw new TypeError(`${name} is longer than a name may be.`)
  return name
}

/** What a database calls a primary key. */
export function primaryKeyName(table: string): string {
  return whole(`${table}_pkey`)
}

/** What a database calls a unique key or a unique index of these columns. */
export function keyName(table: string, columns: readonly string[]): string {
  return whole(`${table}_${columns.join('_')}_key`)
}

/** What a database calls an index. The tenant that its columns begin with is left out, so that the name is short enough. */
export function indexName(table: string, columns: readonly string[]): string {
  const [first, ...others] = columns
  return whole(['tenancy', table, ...(first === 'tenant_id' && others.length > 0 ? others : columns)].join('_'))
}

export function foreignKeyName(table: string, columns: readonly string[]): string {
  return whole(`${table}_${columns.join('_')}_fkey`)
}

const rules = tableNames.flatMap((table) =>
  Object.entries(tables[table].unique ?? {}).map(([columns, constraint]) => ({
    columns: `${table}(${columns})`,
    name: columns === tables[table].key.join(',') ? primaryKeyName(table) : keyName(table, columns.split(',')),
    constraint,
  })),
)
const byColumns = new Map(rules.map(({ columns, constraint }) => [columns, constraint]))
const byName = new Map(rules.map(({ name, constraint }) => [name, constraint]))

/** The rule that a unique key enforces, by the key's columns; `undefined` when it is no rule of the port. */
export function constraintOfColumns(table: string, columns: readonly string[]): Constraint | undefined {
  return byColumns.get(`${table}(${columns.join(',')})`)
}

/** The rule that a unique key enforces, by the key's name; `undefined` when it is no rule of the port. */
export function constraintOfKey(name: string): Constraint | undefined {
  return byName.get(name)
}
