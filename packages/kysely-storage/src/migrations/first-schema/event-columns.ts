import type { TableShape } from '../create-tables.js'

/** The columns of an event in any chain, after the column that says whose chain it is. */
export const eventColumns = {
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
