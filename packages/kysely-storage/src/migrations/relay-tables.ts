import type { Migration } from './migration.js'
import { createTables, type TableShape } from './table-shape.js'

/**
 * The directory of chains whose events are handed to the host, and the events that were given up. They refer to no
 * tenant's row: one claim takes chains of many tenants.
 */
export const relayShapes = {
  relay_chains: {
    columns: {
      scope_kind: 'text',
      scope_id: 'text',
      seq: 'integer',
      marked_up_to: 'integer',
      due_at: 'integer?',
      waiting_since: 'integer?',
      attempts: 'integer',
    },
    primary: ['scope_kind', 'scope_id'],
    indexes: [['due_at', 'scope_kind', 'scope_id']],
    clustered: true,
  },
  dead_events: {
    columns: {
      id: 'text',
      scope_kind: 'text',
      scope_id: 'text',
      seq: 'integer',
      type: 'text',
      attempts: 'integer',
      last_error: 'text',
      died_at: 'integer',
    },
    primary: ['id'],
    indexes: [['died_at', 'id']],
  },
} as const satisfies Record<string, TableShape>

export const relayTables: Migration = {
  name: 'relay of events',
  up: (db, dialect) => createTables(db, dialect, relayShapes),
}
