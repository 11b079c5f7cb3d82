import type { TableNode } from 'kysely'

/** Knows which tables a tenant has, and by which column. */
export interface TableRegister {
  /** The column that names the tenant; `null` for a shared table. Throws a `TypeError` for any other table. */
  tenantColumn(table: TableNode): string | null
}

export interface RegisteredTables {
  readonly tables: Readonly<Record<string, string | undefined>>
  readonly shared: readonly string[]
}

export function tableRegister({ tables, shared }: RegisteredTables): TableRegister {
  const columns = new Map<string, string | null>()
  for (const [table, column] of Object.entries(tables)) {
    if (typeof column !== 'string' || column === '') throw new TypeError(`Table "${table}" needs its tenant column.`)
    columns.set(table, column)
  }
  for (const table of shared) {
    if (columns.has(table)) throw new TypeError(`Table "${table}" is either a tenant's or shared, not both.`)
    columns.set(table, null)
  }
  return {
    tenantColumn(table) {
      const column = columns.get(nameOf(table))
      if (column !== undefined) return column
      throw new TypeError(
        `Table "${nameOf(table)}" is not registered: register it with its tenant column, or list it under \`shared\`.`,
      )
    },
  }
}

function nameOf({ table: { schema, identifier } }: TableNode): string {
  return schema ? `${schema.name}.${identifier.name}` : identifier.name
}
