import { sqliteStorage } from '@tenantry/adapter-sqlite'
import { memoryStorage } from '@tenantry/core'
import type { Storage } from '@tenantry/core'

export interface TestStorage {
  readonly storage: string
  readonly makeStorage: () => Storage
}

export const MEMORY: TestStorage = { storage: 'memory', makeStorage: memoryStorage }

export const SQLITE: TestStorage = {
  storage: 'SQLite',
  makeStorage: () => sqliteStorage({ filename: ':memory:' }),
}

/** The storages that each API is tested on. */
export const STORAGES: readonly TestStorage[] = [MEMORY, SQLITE]
