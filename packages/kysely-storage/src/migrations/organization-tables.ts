import type { Migration } from './migration.js'
import { recordTables } from './first/record-tables.js'
import { createTables, type TableShape } from './table-shape.js'

const { user_id: _, ...event } = recordTables.user_events.columns
const ofOrganization = { columns: ['organization_id'], table: 'organizations', references: ['id'] } as const

/** What stands above tenants. It belongs to none, and is small: a directory of the installation. */
const shapes = {
  organizations: {
    columns: { id: 'text', short_name: 'text', display_name: 'text', created_at: 'integer' },
    primary: ['id'],
    unique: [['short_name']],
  },
  organization_members: {
    columns: { organization_id: 'text', user_id: 'text', active: 'boolean', admin: 'boolean', created_at: 'integer' },
    primary: ['organization_id', 'user_id'],
    foreign: [ofOrganization, { columns: ['user_id'], table: 'users', references: ['id'] }],
    indexes: [
      ['organization_id', 'created_at', 'user_id'],
      ['user_id', 'organization_id'],
    ],
    clustered: true,
  },
  organization_events: {
    columns: { organization_id: 'text', ...event },
    primary: ['organization_id', 'seq'],
    foreign: [ofOrganization],
    indexes: [['organization_id', 'type', 'seq']],
  },
} as const satisfies Record<string, TableShape>

export const organizationTables: Migration = {
  name: 'organizations',
  up: (db, dialect) => createTables(db, dialect, shapes),
}
