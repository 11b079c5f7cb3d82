import { recordTables } from './first/record-tables.js'
import { tenancyTables } from './first/tenancy-tables.js'
import type { Migration } from './migration.js'
import { createTables } from './table-shape.js'

export const firstTables: Migration = {
  name: 'first tables',
  up: (db, dialect) => createTables(db, dialect, { ...tenancyTables, ...recordTables }),
}
