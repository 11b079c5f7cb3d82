import type { Migration } from './migration.js'

/** What finds a tenant's events by who caused them and by what they are about, in the order of the chain. */
export const eventFilters: Migration = {
  name: 'filters of events',
  async up(db) {
    for (const columns of [
      ['tenant_id', 'actor_id', 'seq'],
      ['tenant_id', 'target_type', 'target_id', 'seq'],
    ])
      await db.schema
        .createIndex(`tenancy_tenant_events_${columns.slice(1, -1).join('_')}`)
        .on('tenant_events')
        .columns(columns)
        .execute()
  },
}
