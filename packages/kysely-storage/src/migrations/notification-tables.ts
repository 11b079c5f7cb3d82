import type { Migration } from './migration.js'
import { relayShapes } from './relay-tables.js'
import { createTables, type TableShape } from './table-shape.js'

/**
 * What people were told. A row lies with its tenant, beside the membership and the resource that decide whether it may
 * still be read, and goes with the membership. The indexes by person find it from all tenants; the foreign key also tells
 * a planner that each row has its membership, so that it reads them in the order of those indexes.
 */
const shapes = {
  notifications: {
    columns: {
      tenant_id: 'text',
      user_id: 'text',
      id: 'text',
      kind: 'text',
      actor_id: 'text?',
      resource_type: 'text?',
      resource_id: 'text?',
      member_id: 'text?',
      at: 'integer',
      read_at: 'integer?',
    },
    primary: ['tenant_id', 'user_id', 'id'],
    foreign: [
      {
        columns: ['tenant_id', 'user_id'],
        table: 'memberships',
        references: ['tenant_id', 'user_id'],
        cascade: true,
      },
    ],
    indexes: [
      ['user_id', 'at', 'id'],
      ['user_id', 'read_at', 'at', 'id'],
      ['tenant_id', 'at'],
    ],
    clustered: true,
  },
  notification_preferences: {
    columns: { user_id: 'text', kind: 'text', channel: 'text' },
    primary: ['user_id', 'kind'],
    foreign: [{ columns: ['user_id'], table: 'users', references: ['id'] }],
    clustered: true,
  },
  notification_chains: relayShapes.relay_chains,
} as const satisfies Record<string, TableShape>

export const notificationTables: Migration = {
  name: 'notifications',
  up: (db, dialect) => createTables(db, dialect, shapes),
}
