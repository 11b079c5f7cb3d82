import type { Organization, OrganizationReads, OrganizationRepository } from '@tenantry/core'
import type { Insertable, Selection } from 'kysely'
import type { Tables } from '../schema/tables.js'
import type { Sql } from '../database/dialect.js'
import type { OrganizationTable } from '../schema/organization-tables.js'
import { statement, type Executor } from '../statements/statement.js'

export const organizationColumns = [
  'organizations.id as o_id',
  'organizations.short_name as o_short_name',
  'organizations.display_name as o_display_name',
  'organizations.created_at as o_created_at',
] as const

type OrganizationRow = Selection<Tables, 'organizations', (typeof organizationColumns)[number]>

export function toOrganization(row: OrganizationRow): Organization {
  return { id: row.o_id, shortName: row.o_short_name, displayName: row.o_display_name, createdAt: row.o_created_at }
}

export function organizations({ db }: Sql) {
  const find = statement(({ id }: { id: string }) =>
    db.selectFrom('organizations').select(organizationColumns).where('id', '=', id),
  )
  const insert = statement((row: Insertable<OrganizationTable>) => db.insertInto('organizations').values(row))

  const reads = (executor: Executor): OrganizationReads => ({
    async find(id) {
      const row = await find.first(executor, { id })
      return row && toOrganization(row)
    },
  })

  const repository = (executor: Executor): OrganizationRepository => ({
    ...reads(executor),
    async insert({ id, shortName, displayName, createdAt }) {
      const row = { id, short_name: shortName, display_name: displayName, created_at: createdAt }
      await insert.affect(executor, row)
    },
  })

  return { reads, repository }
}
