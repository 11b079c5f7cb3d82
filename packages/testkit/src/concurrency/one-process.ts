import type { Storage } from '@tenantry/core'
import { runCall } from './run-call.js'
import type { ConcurrencyHarness } from './concurrency-case.js'
import { concurrencyTenancy } from './concurrency-tenancy.js'

/** A race within this process: all calls are under way at once on one tenancy. Closing it closes the storage. */
export async function runInProcess(storage: Storage): Promise<ConcurrencyHarness> {
  const tenancy = concurrencyTenancy(storage)
  await tenancy.migrate()
  return {
    tenancy,
    storage,
    race: (calls) => Promise.all(calls.map((call) => runCall(tenancy, call))),
    close: () => tenancy.close(),
  }
}
