import type { ColumnType, Kysely } from 'kysely'
import { scopedTo, type TenantScope } from '../scoped/scoped-to.js'

/** The tables of a host. Ids are unique within a tenant only, so that tenants' rows look as alike as they can. */
export interface ShopTables {
  readonly invoice: InvoiceTable
  readonly note: NoteTable
  readonly country: { readonly code: string; readonly name: string }
  readonly payroll: { readonly id: number; readonly salary: number }
}

// Given by scopedTo where it is left out, and never changed.
type TenantColumn = ColumnType<string, string | undefined, string>

interface InvoiceTable {
  readonly tenant_id: TenantColumn
  readonly id: number
  readonly parent_id: number | null
  readonly amount: number
  readonly customer: string | null
}

interface NoteTable {
  readonly team_id: TenantColumn
  readonly id: number
  readonly invoice_id: number | null
  readonly body: string | null
}

export interface InvoiceRow {
  readonly id: number
  readonly parent_id: number | null
  readonly amount: number
  readonly customer: string | null
}

export interface NoteRow {
  readonly id: number
  readonly invoice_id: number | null
  readonly body: string | null
}

/** What one tenant has. */
export interface TenantRows {
  readonly invoices: readonly InvoiceRow[]
  readonly notes: readonly NoteRow[]
}

export interface Rows {
  readonly ours: TenantRows
  readonly theirs: TenantRows
}

export type Shop = Kysely<ShopTables>

export const ours = 'tenant-a'
export const theirs = 'tenant-b'

export const shopScope = {
  tenantId: ours,
  tables: { invoice: 'tenant_id', note: 'team_id' },
  shared: ['country'],
} as const satisfies TenantScope<ShopTables>

/** The shop as the tenant `ours` may see it. */
export function oursOnly(shop: Shop): Shop {
  return scopedTo(shop, shopScope)
}

export async function createTables(shop: Shop): Promise<void> {
  await shop.schema
    .createTable('invoice')
    .addColumn('tenant_id', 'text', (column) => column.notNull())
    .addColumn('id', 'integer', (column) => column.notNull().defaultTo(77))
    .addColumn('parent_id', 'integer')
    .addColumn('amount', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('customer', 'text')
    .addPrimaryKeyConstraint('invoice_key', ['tenant_id', 'id'])
    .execute()
  await shop.schema
    .createTable('note')
    .addColumn('team_id', 'text', (column) => column.notNull())
    .addColumn('id', 'integer', (column) => column.notNull())
    .addColumn('invoice_id', 'integer')
    .addColumn('body', 'text')
    .addPrimaryKeyConstraint('note_key', ['team_id', 'id'])
    .execute()
  await shop.schema
    .createTable('country')
    .addColumn('code', 'text', (column) => column.primaryKey())
    .addColumn('name', 'text')
    .execute()
  await shop.schema
    .createTable('payroll')
    .addColumn('id', 'integer', (column) => column.primaryKey())
    .addColumn('salary', 'integer')
    .execute()
  await shop
    .insertInto('country')
    .values([
      { code: 'de', name: 'Germany' },
      { code: 'cn', name: 'China' },
    ])
    .execute()
}

/** Puts these rows in the place of all rows. */
export async function fill(shop: Shop, rows: Partial<Rows>): Promise<void> {
  await shop.deleteFrom('note').execute()
  await shop.deleteFrom('invoice').execute()
  // The other tenant first: what is found by position rather than by predicate is theirs.
  if (rows.theirs) await insert(shop, theirs, rows.theirs)
  if (rows.ours) await insert(shop, ours, rows.ours)
}

async function insert(shop: Shop, tenant: string, { invoices, notes }: TenantRows) {
  const ofInvoices = invoices.map((row) => ({ tenant_id: tenant, ...row }))
  const ofNotes = notes.map((row) => ({ team_id: tenant, ...row }))
  if (ofInvoices.length) await shop.insertInto('invoice').values(ofInvoices).execute()
  if (ofNotes.length) await shop.insertInto('note').values(ofNotes).execute()
}

/** Everything that one tenant has, read around any scope. */
export async function rowsOf(shop: Shop, tenantId: string) {
  return {
    invoices: await shop.selectFrom('invoice').selectAll().where('tenant_id', '=', tenantId).orderBy('id').execute(),
    notes: await shop.selectFrom('note').selectAll().where('team_id', '=', tenantId).orderBy('id').execute(),
  }
}
