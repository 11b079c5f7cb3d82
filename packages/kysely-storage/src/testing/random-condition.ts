import fc from 'fast-check'
import type { Expression, ExpressionBuilder, SqlBool } from 'kysely'
import type { InvoiceRow, NoteRow, TenantRows } from './shop.js'

/** Tables by names made up at run time: nothing is known about their columns. */
export type AnyTables = Record<string, Record<string, string | number | null>>
type Builder = ExpressionBuilder<AnyTables, string>

/** Columns that random conditions compare, by table. Numbers with numbers only, so that PostgreSQL takes them. */
export const numbers = {
  invoice: ['id', 'parent_id', 'amount'],
  note: ['id', 'invoice_id'],
} as const
export type TenantTable = keyof typeof numbers

/** A condition on one row of a table. */
export type Condition =
  | { readonly kind: 'compare'; readonly column: string; readonly operator: '=' | '<' | '>='; readonly value: number }
  | { readonly kind: 'null'; readonly column: string }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Condition[] }
  | { readonly kind: 'not'; readonly part: Condition }
  | { readonly kind: 'in'; readonly column: string; readonly table: TenantTable; readonly of: string }
  | { readonly kind: 'exists'; readonly column: string; readonly table: TenantTable; readonly of: string }

export const smallNumber = fc.integer({ min: 0, max: 6 })
export const tenantTable = fc.constantFrom<TenantTable>('invoice', 'note')

export function condition(table: TenantTable): fc.Arbitrary<Condition> {
  const column = fc.constantFrom<string>(...numbers[table])
  const other = tenantTable.chain((one) =>
    fc.record({ table: fc.constant(one), of: fc.constantFrom<string>(...numbers[one]), column }),
  )
  return fc.letrec<{ any: Condition }>((tie) => ({
    any: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.record({
        kind: fc.constant('compare' as const),
        column,
        operator: fc.constantFrom('=' as const, '<' as const, '>=' as const),
        value: smallNumber,
      }),
      fc.record({ kind: fc.constant('null' as const), column }),
      other.map((rest) => ({ kind: 'in' as const, ...rest })),
      other.map((rest) => ({ kind: 'exists' as const, ...rest })),
      fc.record({
        kind: fc.constantFrom('and' as const, 'or' as const),
        parts: fc.array(tie('any'), { minLength: 1, maxLength: 3 }),
      }),
      fc.record({ kind: fc.constant('not' as const), part: tie('any') }),
    ),
  })).any
}

/** The condition in Kysely's words, on the table that the query calls `name`. */
export function inKysely(eb: Builder, name: string, one: Condition): Expression<SqlBool> {
  switch (one.kind) {
    case 'compare':
      return eb(`${name}.${one.column}`, one.operator, one.value)
    case 'null':
      return eb(`${name}.${one.column}`, 'is', null)
    case 'and':
    case 'or':
      return eb[one.kind](one.parts.map((part) => inKysely(eb, name, part)))
    case 'not':
      return eb.not(inKysely(eb, name, one.part))
    case 'in':
      return eb(`${name}.${one.column}`, 'in', eb.selectFrom(`${one.table} as listed`).select(`listed.${one.of}`))
    case 'exists':
      return eb.exists(
        eb
          .selectFrom(`${one.table} as found`)
          .select('found.id')
          .whereRef(`found.${one.of}`, '=', `${name}.${one.column}`),
      )
  }
}

/** The condition by brute force over one tenant's rows, in the three values of SQL: `null` is unknown. */
export function byHand(rows: TenantRows, row: Readonly<Record<string, unknown>>, one: Condition): boolean | null {
  switch (one.kind) {
    case 'compare':
      return compare(row[one.column], one.operator, one.value)
    case 'null':
      return row[one.column] === null
    case 'and':
      return not(anyOf(one.parts.map((part) => not(byHand(rows, row, part)))))
    case 'or':
      return anyOf(one.parts.map((part) => byHand(rows, row, part)))
    case 'not':
      return not(byHand(rows, row, one.part))
    case 'in':
      return anyOf(rowsIn(rows, one.table).map((listed) => compare(row[one.column], '=', listed[one.of])))
    case 'exists':
      return rowsIn(rows, one.table).some((found) => compare(found[one.of], '=', row[one.column]) === true)
  }
}

/** All rows of one table as plain records. */
export function rowsIn(
  { invoices, notes }: TenantRows,
  table: TenantTable,
): readonly Readonly<Record<string, unknown>>[] {
  const rows: readonly (InvoiceRow | NoteRow)[] = table === 'invoice' ? invoices : notes
  return rows.map((row) => ({ ...row }))
}

function compare(left: unknown, operator: '=' | '<' | '>=', right: unknown): boolean | null {
  if (typeof left !== 'number' || typeof right !== 'number') return null
  return operator === '=' ? left === right : operator === '<' ? left < right : left >= right
}

function not(value: boolean | null): boolean | null {
  return value === null ? null : !value
}

function anyOf(values: readonly (boolean | null)[]): boolean | null {
  if (values.includes(true)) return true
  return values.includes(null) ? null : false
}
