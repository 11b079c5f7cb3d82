import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sqliteStorage } from '@tenantry/adapter-sqlite'
import { memoryStorage } from '@tenantry/core'
import type { Storage } from '@tenantry/core'
import type { MakeStorage } from '@tenantry/core/contract'

/** A storage that the proofs of this package run on. */
export interface ProvenStorage {
  readonly name: string
  /** A storage on an empty database of its own, made quickly. */
  readonly make: MakeStorage
  /** How several processes share one database; `null` when it lives in one process only. */
  readonly shared: SharedDatabase | null
}

export interface SharedDatabase {
  readonly processes: number
  /** An empty database, by the text that `open` finds it with, and how to remove it. */
  create(): Promise<{ readonly place: string; remove(): Promise<void> }>
  open(place: string): Storage
}

/** Every proof runs on each of these. Another storage is another entry here. */
export const PROVEN_STORAGES: readonly ProvenStorage[] = [
  {
    name: 'memory',
    make: async () => ({ storage: memoryStorage() }),
    shared: null,
  },
  {
    name: 'SQLite',
    make: async () => ({ storage: sqliteStorage({ filename: ':memory:' }) }),
    shared: { processes: 2, create: createFile, open: (filename) => sqliteStorage({ filename }) },
  },
]

/** Finds a storage's shared database by the storage's name, as a process is told it. */
export function sharedDatabase(name: string | undefined): SharedDatabase {
  const shared = PROVEN_STORAGES.find((storage) => storage.name === name)?.shared
  if (!shared) throw new TypeError(`No storage "${name ?? ''}" is shared between processes`)
  return shared
}

async function createFile() {
  const folder = await mkdtemp(join(tmpdir(), 'tenantry-proof-'))
  return { place: join(folder, 'tenancy.db'), remove: () => rm(folder, { recursive: true }) }
}
