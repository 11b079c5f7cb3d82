import type { TestDatabase } from './test-database.js'

/** Where a case of the storage contract runs: one that is about migrating where nobody has migrated. */
export function contractSchema(
  database: TestDatabase,
  { id }: { readonly id: string },
): ReturnType<TestDatabase['borrowSchema']> {
  if (id.startsWith('migrate') || id === 'check-unmigrated')
    return { schema: database.newSchema(), unshare: async () => {} }
  return database.borrowSchema()
}
