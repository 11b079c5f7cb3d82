import type { Migration } from './migration.js'
import { addColumns } from './table-shape.js'

/** Which deleted tenants are being removed for good, and what finds them and their mails. */
export const purgeColumns: Migration = {
  name: 'purges of tenants',
  async up(db, dialect) {
    await addColumns(db, dialect, 'tenants', { purge_began_at: 'integer?' })
    await db.schema
      .createIndex('tenancy_tenants_status_deleted_at_id')
      .on('tenants')
      .columns(['status', 'deleted_at', 'id'])
      .execute()
    await db.schema.createIndex('tenancy_mails_tenant_id').on('mails').column('tenant_id').execute()
  },
}
