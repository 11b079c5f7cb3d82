import type { Migration } from './migration.js'
import { addColumns } from './table-shape.js'

/** How somebody was named who was made a member without being asked. */
export const addedMembers: Migration = {
  name: 'added members',
  up: (db, dialect) =>
    addColumns(db, dialect, 'memberships', { added_email: 'text?', added_name: 'text?', added_folded: 'text?' }),
}
