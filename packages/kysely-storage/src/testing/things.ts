import type { FilterColumns, ResourceAttributes } from '@tenantry/core'
import fc from 'fast-check'
import type { Kysely } from 'kysely'
import { ann, elsewhere, here } from './fixtures/access.js'

/** A row of the host's, any fact of which may be missing or odd. */
export interface Thing {
  readonly id: number
  readonly parent_id: number | null
  readonly tenant_id: string | null
  readonly owner_id: string | null
  readonly visibility: string | null
  readonly shared_tenant_id: string | null
}

export interface ThingTables {
  readonly thing: Thing
}

export type Things = Kysely<ThingTables>

const tenant = fc.constantFrom(here, here, elsewhere, 'TENANT-A', '', null)

/** Few ids, so that joins find something. */
export const things: fc.Arbitrary<readonly Thing[]> = fc.uniqueArray(
  fc.record({
    id: fc.integer({ min: 1, max: 12 }),
    parent_id: fc.option(fc.integer({ min: 1, max: 12 })),
    tenant_id: tenant,
    owner_id: fc.constantFrom(ann, 'bob', 'ANN', '', null),
    visibility: fc.constantFrom('tenant', 'tenant', 'private', 'public', '', null),
    shared_tenant_id: fc.oneof(fc.constant(null), tenant),
  }),
  { selector: ({ id }) => id, maxLength: 12 },
)

/** Which facts a filter is told of. */
export interface Told {
  readonly tenant: boolean
  readonly owner: boolean
  readonly visibility: boolean
  readonly sharedTenant: boolean
}

export const notified: fc.Arbitrary<Told> = fc.record({
  tenant: fc.boolean(),
  owner: fc.boolean(),
  visibility: fc.boolean(),
  sharedTenant: fc.boolean(),
})

/** Where these facts stand in the table that the query calls so. */
export function columnsOf({ tenant, owner, visibility, sharedTenant }: Told, table?: string): FilterColumns {
  const named = (column: string) => (table === undefined ? column : `${table}.${column}`)
  return {
    tenant: tenant ? named('tenant_id') : null,
    ...(owner && { owner: named('owner_id') }),
    ...(visibility && { visibility: named('visibility') }),
    ...(sharedTenant && { sharedTenant: named('shared_tenant_id') }),
  }
}

/** These facts of a row, each `null` where a join found no row. */
export function factsOf({ tenant, owner, visibility, sharedTenant }: Told, row: Thing | undefined): ResourceAttributes {
  return {
    tenantId: tenant ? (row?.tenant_id ?? null) : undefined,
    ownerId: owner ? (row?.owner_id ?? null) : undefined,
    // A column may hold what is no visibility, null included.
    visibility: (visibility ? (row?.visibility ?? null) : undefined) as ResourceAttributes['visibility'],
    sharedTenantId: sharedTenant ? (row?.shared_tenant_id ?? null) : undefined,
  }
}

export async function createThings(db: Things): Promise<void> {
  await db.schema
    .createTable('thing')
    .addColumn('id', 'integer', (column) => column.primaryKey())
    .addColumn('parent_id', 'integer')
    .addColumn('tenant_id', 'text')
    .addColumn('owner_id', 'text')
    .addColumn('visibility', 'text')
    .addColumn('shared_tenant_id', 'text')
    .execute()
}

/** Puts these rows in the place of all rows. */
export async function fillThings(db: Things, rows: readonly Thing[]): Promise<void> {
  await db.deleteFrom('thing').execute()
  if (rows.length > 0)
    await db
      .insertInto('thing')
      .values([...rows])
      .execute()
}
