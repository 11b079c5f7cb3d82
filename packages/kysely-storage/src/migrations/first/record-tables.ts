import type { TableShape } from '../table-shape.js'

const event = {
  seq: 'integer',
  id: 'text',
  type: 'text',
  actor_id: 'text?',
  target_type: 'text',
  target_id: 'text',
  at: 'integer',
  ip: 'text?',
  data: 'json',
  previous_hash: 'text?',
  hash: 'text',
} as const satisfies TableShape['columns']

/** What happened, what waits to be sent, what was uploaded and what was counted. */
export const recordTables = {
  tenant_events: {
    columns: { tenant_id: 'text', ...event },
    primary: ['tenant_id', 'seq'],
    foreign: [{ columns: ['tenant_id'], table: 'tenants', references: ['id'] }],
    indexes: [['tenant_id', 'type', 'seq']],
  },
  user_events: {
    columns: { user_id: 'text', ...event },
    primary: ['user_id', 'seq'],
    foreign: [{ columns: ['user_id'], table: 'users', references: ['id'] }],
    indexes: [['user_id', 'type', 'seq']],
  },
  mails: {
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
    indexes: [
      ['status', 'due_at', 'id'],
      ['status', 'created_at', 'id'],
    ],
  },
  files: {
    columns: {
      tenant_id: 'text',
      id: 'text',
      purpose: 'text',
      content_type: 'text',
      bytes: 'bytes',
      created_at: 'integer',
    },
    primary: ['tenant_id', 'id'],
    foreign: [{ columns: ['tenant_id'], table: 'tenants', references: ['id'] }],
    indexes: [['tenant_id', 'purpose']],
  },
  counters: {
    columns: { key: 'text', points: 'integer', expires_at: 'integer' },
    primary: ['key'],
    indexes: [['expires_at']],
    clustered: true,
  },
} as const satisfies Record<string, TableShape>
