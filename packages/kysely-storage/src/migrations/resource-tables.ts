import type { Migration } from './migration.js'
import { createTables, type TableShape } from './table-shape.js'

/**
 * A resource lies where it is seen. While it is lent, its home keeps a row that only says so (`lent_tenant_id`) and holds
 * its id.
 */
const shapes = {
  resources: {
    columns: {
      tenant_id: 'text',
      type: 'text',
      id: 'text',
      home_tenant_id: 'text',
      lent_tenant_id: 'text?',
      owner_id: 'text',
      visibility: 'text',
      name: 'text',
      name_folded: 'text',
      attributes: 'json',
      size_bytes: 'integer',
      created_at: 'integer',
      updated_at: 'integer',
    },
    primary: ['tenant_id', 'type', 'id'],
    foreign: [
      { columns: ['tenant_id'], table: 'tenants', references: ['id'] },
      { columns: ['owner_id'], table: 'users', references: ['id'] },
    ],
    indexes: [
      ['tenant_id', 'type', 'name_folded', 'id'],
      ['tenant_id', 'type', 'created_at', 'id'],
      ['tenant_id', 'type', 'updated_at', 'id'],
      ['tenant_id', 'type', 'size_bytes', 'id'],
      ['tenant_id', 'owner_id', 'type', 'id'],
    ],
  },
} as const satisfies Record<string, TableShape>

export const resourceTables: Migration = {
  name: 'resources',
  up: (db, dialect) => createTables(db, dialect, shapes),
}
