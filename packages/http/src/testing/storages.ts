import { sqliteStorage } from '@tenantry/adapter-sqlite'
import { memoryStorage } from '@tenantry/core'
import type { Storage } from '@tenantry/core'

/** What every API is tested on. */
export const STORAGES: readonly { readonly storage: string; readonly makeStorage: () => Storage }[] = [
  { storage: 'memory', makeStorage: memoryStorage },
  { storage: 'SQLite', makeStorage: () => sqliteStorage({ filename: ':memory:' }) },
]
