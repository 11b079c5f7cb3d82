import type { Migration } from './migration.js'
import { addColumns } from './table-shape.js'

/** Who made an account for somebody. No foreign key says so: the account of the maker may be gone. */
export const makersOfAccounts: Migration = {
  name: 'makers of accounts',
  async up(db, dialect) {
    await addColumns(db, dialect, 'users', { created_by: 'text?' })
    await db.schema.createIndex('tenancy_users_created_by').on('users').column('created_by').execute()
  },
}
