import { memoryStorage } from '@tenantry/core'
import type { MemberFilter, Storage } from '@tenantry/core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { IS_FULL_RUN } from '../../../../scripts/full-run.js'
import { RUN_TYPESCRIPT } from '../test/loader.js'
import { PROVEN_STORAGES } from '../test/storages.js'
import type { ProvenStorage } from '../test/storages.js'
import { runBetweenProcesses } from './many-processes.js'
import { runInProcess } from './one-process.js'
import type { ConcurrencyHarness } from './concurrency-case.js'
import { concurrencyCases } from './concurrency-cases.js'

const TRIALS = Number(process.env['TRIALS'] ?? 1)

const STORAGES = PROVEN_STORAGES.filter(({ onlyInFullRun }) => IS_FULL_RUN || !onlyInFullRun)

describe.each(STORAGES)('on $name', (storage) => {
  let harness: ConcurrencyHarness
  let remove = async () => {}

  beforeAll(async () => {
    const opened = await openHarness(storage)
    harness = opened.harness
    remove = opened.remove
  })

  afterAll(async () => {
    await harness?.close()
    await remove()
  })

  // By position: a name put in by `$name` would be cut short.
  test.each(concurrencyCases.map(({ name, run }) => [name, run] as const))('%s', async (_, run) => {
    for (let trial = 0; trial < TRIALS; trial++) await run(harness)
  })
})

async function openHarness({ name, make, shared }: ProvenStorage) {
  if (!shared) {
    const { storage, dispose = async () => {} } = await make()
    return { harness: await runInProcess(storage), remove: dispose }
  }
  const { place, remove } = await shared.create()
  const harness = await runBetweenProcesses({
    storage: shared.open(place),
    module: new URL('../test/worker.ts', import.meta.url),
    arguments: [name, place],
    execArgv: RUN_TYPESCRIPT,
    processes: shared.processes,
  })
  return { harness, remove }
}

describe('a race finds a storage', () => {
  test('that counts the members it had a moment ago', async () => {
    const harness = await runInProcess(countingLate(memoryStorage()))
    const seats = concurrencyCases.find(({ id }) => id === 'seats-accept')
    await expect(seats?.run(harness)).rejects.toThrow('Expected values to be strictly deep-equal')
    await harness.close()
  })

  test('that finds nobody who holds a role', async () => {
    const harness = await runInProcess(countingNoHolders(memoryStorage()))
    const assigned = concurrencyCases.find(({ id }) => id === 'role-delete-assign')
    await expect(assigned?.run(harness)).rejects.toThrow('deleting answered ok, giving ok')
    await harness.close()
  })

  test('that forgets what is shared', async () => {
    const harness = await runInProcess(forgettingShares(memoryStorage()))
    const shared = concurrencyCases.find(({ id }) => id === 'share-removed')
    await expect(shared?.run(harness)).rejects.toThrow('Expected values to be strictly deep-equal')
    await harness.close()
  })
})

/** Finds nothing that is shared into a tenant or out of it. */
function forgettingShares(storage: Storage): Storage {
  return {
    ...storage,
    transaction: (locks, work) =>
      storage.transaction(locks, (tx) => work({ ...tx, resources: { ...tx.resources, listShares: async () => [] } })),
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
