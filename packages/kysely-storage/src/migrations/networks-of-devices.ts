import type { Migration } from './migration.js'
import { addColumns } from './table-shape.js'

/** Where a device asked from, for whoever approves it. */
export const networksOfDevices: Migration = {
  name: 'networks of devices',
  async up(db, dialect) {
    await addColumns(db, dialect, 'device_authorizations', { network: 'text?' })
  },
}
