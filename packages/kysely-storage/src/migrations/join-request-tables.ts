import type { Migration } from './migration.js'
import { createTables, type TableShape } from './table-shape.js'

/** Who asks to be let in where. */
const shapes = {
  join_requests: {
    columns: {
      tenant_id: 'text',
      id: 'text',
      user_id: 'text',
      message: 'text?',
      status: 'text',
      created_at: 'integer',
      settled_at: 'integer?',
      decided_by: 'text?',
    },
    primary: ['tenant_id', 'id'],
    uniqueWhere: { columns: ['tenant_id', 'user_id'], column: 'status', is: 'pending' },
    foreign: [
      { columns: ['tenant_id'], table: 'tenants', references: ['id'] },
      { columns: ['user_id'], table: 'users', references: ['id'] },
    ],
    indexes: [
      ['tenant_id', 'created_at', 'id'],
      ['tenant_id', 'status', 'created_at', 'id'],
      ['tenant_id', 'user_id', 'status', 'settled_at'],
      ['user_id', 'status', 'tenant_id'],
    ],
  },
} as const satisfies Record<string, TableShape>

export const joinRequestTables: Migration = {
  name: 'join requests',
  up: (db, dialect) => createTables(db, dialect, shapes),
}
