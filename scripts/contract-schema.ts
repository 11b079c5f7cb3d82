import type { TestDatabase } from './test-database.js'

/** The schema for a case of the storage contract. A case about migrations needs an empty one. */
export function contractSchema(
  database: TestDatabase,
  { id }: { readonly id: string },
): ReturnType<TestDatabase['borrowSchema']> {
  if (id.startsWith('migrate') || id === 'check-unmigrated')
    return { schema: database.newSchema(), unshare: async () => {} }
  return database.borrowSchema()
}
