import type { TableShape } from '../create-tables.js'

/** A directory of chains whose events wait. It refers to no tenant's row: one claim takes chains of many tenants. */
const chains = {
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
} as const satisfies TableShape

/** What waits to be sent, what was given up, and what is counted. */
export const queues = {
  emails: {
    columns: {
      id: 'text',
      tenant_id: 'text?',
      kind: 'text',
      recipient: 'text',
      payload: 'text',
      status: 'text',
      attempts: 'integer',
      due_at: 'integer',
      last_error: 'text?',
      created_at: 'integer',
    },
    primary: ['id'],
    indexes: [['status', 'due_at', 'id'], ['status', 'created_at', 'id'], ['tenant_id']],
  },
  delivery_chains: chains,
  notification_chains: chains,
  dead_letters: {
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
    indexes: [
      ['died_at', 'id'],
      ['scope_kind', 'scope_id'],
    ],
  },
  counters: {
    columns: { key: 'text', points: 'integer', expires_at: 'integer' },
    primary: ['key'],
    indexes: [['expires_at']],
    clustered: true,
  },
} as const satisfies Record<string, TableShape>
