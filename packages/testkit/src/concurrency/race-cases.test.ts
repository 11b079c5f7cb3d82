import { memoryStorage } from '@tenantry/core'
import type { MemberFilter, Storage } from '@tenantry/core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { RUN_TYPESCRIPT } from '../test/loader.js'
import { PROVEN_STORAGES } from '../test/storages.js'
import type { ProvenStorage } from '../test/storages.js'
import { raceBetweenProcesses } from './many-processes.js'
import { raceInProcess } from './one-process.js'
import type { Arena } from './race-case.js'
import { raceCases } from './race-cases.js'

const TRIALS = Number(process.env['TRIALS'] ?? 3)

describe.each(PROVEN_STORAGES)('on $name', (storage) => {
  let arena: Arena
  let remove = async () => {}

  beforeAll(async () => {
    const opened = await openArena(storage)
    arena = opened.arena
    remove = opened.remove
  })

  afterAll(async () => {
    await arena?.close()
    await remove()
  })

  // By position: a name put in by `$name` would be cut short.
  test.each(raceCases.map(({ name, run }) => [name, run] as const))('%s', async (_, run) => {
    for (let trial = 0; trial < TRIALS; trial++) await run(arena)
  })
})

async function openArena({ name, make, shared }: ProvenStorage) {
  if (!shared) {
    const { storage, dispose = async () => {} } = await make()
    return { arena: await raceInProcess(storage), remove: dispose }
  }
  const { place, remove } = await shared.create()
  const arena = await raceBetweenProcesses({
    storage: shared.open(place),
    module: new URL('../test/racer.ts', import.meta.url),
    arguments: [name, place],
    execArgv: RUN_TYPESCRIPT,
    processes: shared.processes,
  })
  return { arena, remove }
}

describe('a race finds a storage', () => {
  test('that counts the members it had a moment ago', async () => {
    const arena = await raceInProcess(countingLate(memoryStorage()))
    const seats = raceCases.find(({ id }) => id === 'seats-accept')
    await expect(seats?.run(arena)).rejects.toThrow('Expected values to be strictly deep-equal')
    await arena.close()
  })

  test('that finds nobody who holds a role', async () => {
    const arena = await raceInProcess(countingNoHolders(memoryStorage()))
    const assigned = raceCases.find(({ id }) => id === 'role-delete-assign')
    await expect(assigned?.run(arena)).rejects.toThrow('deleting answered ok, giving ok')
    await arena.close()
  })

  test('that forgets what is lent', async () => {
    const arena = await raceInProcess(forgettingLoans(memoryStorage()))
    const lent = raceCases.find(({ id }) => id === 'lend-removed')
    await expect(lent?.run(arena)).rejects.toThrow('Expected values to be strictly deep-equal')
    await arena.close()
  })
})

/** Finds nothing that is lent into a tenant or out of it. */
function forgettingLoans(storage: Storage): Storage {
  return {
    ...storage,
    transaction: (locks, work) =>
      storage.transaction(locks, (tx) => work({ ...tx, resources: { ...tx.resources, listLoans: async () => [] } })),
  }
}

/** Finds nobody who holds a role. */
function countingNoHolders(storage: Storage): Storage {
  return {
    ...storage,
    transaction: (locks, work) =>
      storage.transaction(locks, (tx) => {
        const count = async (filter: MemberFilter) => (filter.role === undefined ? tx.memberships.count(filter) : 0)
        return work({ ...tx, memberships: { ...tx.memberships, count } })
      }),
  }
}

/** Answers the first count of a tenant's members again and again, as if it had been read outside the transaction. */
function countingLate(storage: Storage): Storage {
  const counted = new Map<string, number>()
  return {
    ...storage,
    transaction: (locks, work) =>
      storage.transaction(locks, (tx) => {
        const count = async (filter: { readonly tenantId: string }) => {
          const known = counted.get(filter.tenantId) ?? (await tx.memberships.count(filter))
          counted.set(filter.tenantId, known)
          return known
        }
        return work({ ...tx, memberships: { ...tx.memberships, count } })
      }),
  }
}
