import type { Migration } from './migration.js'
import { addColumns } from './table-shape.js'

/** What the host keeps with a membership; null for nothing. */
export const memberMetadata: Migration = {
  name: 'metadata of memberships',
  up: (db, dialect) => addColumns(db, dialect, 'memberships', { metadata: 'json?' }),
}
