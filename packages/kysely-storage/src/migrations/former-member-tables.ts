import type { Migration } from './migration.js'
import { createTables, type TableShape } from './table-shape.js'

/** What people were in a tenant when they went. */
const shapes = {
  former_members: {
    columns: {
      tenant_id: 'text',
      user_id: 'text',
      roles: 'json',
      overrides: 'json',
      ending: 'text',
      ended_at: 'integer',
    },
    primary: ['tenant_id', 'user_id'],
    foreign: [
      { columns: ['tenant_id'], table: 'tenants', references: ['id'] },
      { columns: ['user_id'], table: 'users', references: ['id'] },
    ],
    indexes: [['user_id', 'tenant_id']],
  },
} as const satisfies Record<string, TableShape>

export const formerMemberTables: Migration = {
  name: 'former members',
  up: (db, dialect) => createTables(db, dialect, shapes),
}
