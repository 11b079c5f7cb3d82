import type { Migration } from './migration.js'
import { createTables, type TableShape } from './table-shape.js'

/** What is said about a resource goes with its row in that tenant: when it is deleted, or when its loan ends. */
const shapes = {
  comments: {
    columns: {
      tenant_id: 'text',
      resource_type: 'text',
      resource_id: 'text',
      id: 'text',
      author_id: 'text',
      text: 'text',
      created_at: 'integer',
    },
    primary: ['tenant_id', 'resource_type', 'resource_id', 'id'],
    foreign: [
      {
        columns: ['tenant_id', 'resource_type', 'resource_id'],
        table: 'resources',
        references: ['tenant_id', 'type', 'id'],
        cascade: true,
      },
      { columns: ['author_id'], table: 'users', references: ['id'] },
    ],
    indexes: [['tenant_id', 'resource_type', 'resource_id', 'created_at', 'id']],
  },
} as const satisfies Record<string, TableShape>

export const commentTables: Migration = {
  name: 'comments',
  up: (db, dialect) => createTables(db, dialect, shapes),
}
