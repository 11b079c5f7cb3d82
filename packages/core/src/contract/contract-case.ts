import type { Storage } from '../storage/port.js'

/** A storage on an empty database of its own, and how to remove that database afterwards. */
export interface StorageUnderTest {
  readonly storage: Storage
  readonly dispose?: () => Promise<void>
}

/** Makes a storage on an empty database. The case migrates it, closes it and then disposes of it. */
export type MakeStorage = () => Promise<StorageUnderTest>

/** One promise of the port. `id` is the one in the port's documentation; `run` rejects when the promise is broken. */
export interface ContractCase {
  readonly id: string
  readonly name: string
  run(makeStorage: MakeStorage): Promise<void>
}

/** A case on a migrated storage. */
export function contractCase(id: string, name: string, check: (storage: Storage) => Promise<void>): ContractCase {
  return unmigratedCase(id, name, async (storage) => {
    await storage.migrate()
    await check(storage)
  })
}

/** A case on a storage whose database is as `makeStorage` left it. */
export function unmigratedCase(id: string, name: string, check: (storage: Storage) => Promise<void>): ContractCase {
  return {
    id,
    name,
    async run(makeStorage) {
      const { storage, dispose } = await makeStorage()
      try {
        await check(storage)
      } finally {
        await storage.close()
        await dispose?.()
      }
    },
  }
}
