import type { Excuse } from './survivor.js'

/** The changes that no test can notice, because they change nothing that could be observed. */
export const excuses: readonly Excuse[] = [
  {
    file: 'packages/kysely-storage/src/files.ts',
    source: `.where('tenant_id', '=', tenantId)`,
    changedTo: '',
    reason: 'The ids read here are only handed to the delete after it, which names the tenant itself.',
  },
]
