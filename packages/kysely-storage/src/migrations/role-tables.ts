import type { Migration } from './migration.js'
import { createTables, type TableShape } from './table-shape.js'

/** The roles that tenants make for themselves. */
const shapes = {
  tenant_roles: {
    columns: {
      tenant_id: 'text',
      key: 'text',
      name: 'text',
      rank: 'integer',
      permissions: 'json',
      created_at: 'integer',
    },
    primary: ['tenant_id', 'key'],
    foreign: [{ columns: ['tenant_id'], table: 'tenants', references: ['id'] }],
    clustered: true,
  },
} as const satisfies Record<string, TableShape>

export const roleTables: Migration = {
  name: 'roles of tenants',
  up: (db, dialect) => createTables(db, dialect, shapes),
}
