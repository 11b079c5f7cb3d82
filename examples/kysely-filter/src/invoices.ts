import type { Access, TenancyPermission } from '@tenantry/core'
import type Database from 'better-sqlite3'
import { Kysely, SqliteDialect } from 'kysely'

export const resources = { invoice: ['read', 'approve'] } as const

export type Permission = 'invoice:read' | 'invoice:approve' | TenancyPermission

export interface Invoice {
  readonly tenant_id: string
  readonly title: string
  readonly owner_id: string | null
  readonly visibility: 'private' | 'tenant'
}

export type Invoices = Kysely<{ invoice: Invoice }>

export function openInvoices(database: Database.Database): Invoices {
  database.exec(`
    create table invoice (
      tenant_id  text not null,
      title      text not null,
      owner_id   text,
      visibility text not null default 'tenant',
      primary key (tenant_id, title)
    )
  `)
  return new Kysely({ dialect: new SqliteDialect({ database }) })
}

/** This code contains no ownership or role checks of its own. */
export async function readableInvoices(db: Invoices, access: Access<Permission>): Promise<readonly string[]> {
  const mayRead = access.filter('invoice:read', { owner: 'owner_id', visibility: 'visibility' })
  const invoices = await db.selectFrom('invoice').select('title').where(mayRead).orderBy('title').execute()
  return invoices.map(({ title }) => title)
}

export function explainReading(access: Access<Permission>, invoice: Invoice): string {
  const { tenant_id: tenantId, owner_id: ownerId, visibility } = invoice
  return access.explain('invoice:read', { tenantId, ownerId, visibility }).message
}
