import type { Migration } from './migration.js'
import { addColumns } from './table-shape.js'

/**
 * Which organization a tenant is in. No foreign key says so: a tenant is put there under the organization's lock, and
 * an organization is never removed.
 */
export const tenantsOfOrganizations: Migration = {
  name: 'tenants of organizations',
  async up(db, dialect) {
    await addColumns(db, dialect, 'tenants', { organization_id: 'text?' })
    await db.schema
      .createIndex('tenancy_tenants_organization_id_created_at_id')
      .on('tenants')
      .columns(['organization_id', 'created_at', 'id'])
      .execute()
  },
}
