import type { Storage } from '@tenantry/core'
import { answerCall } from './answer-call.js'
import type { Arena } from './race-case.js'
import { raceTenancy } from './race-tenancy.js'

/** A race within this process: all calls are under way at once on one tenancy. Closing it closes the storage. */
export async function raceInProcess(storage: Storage): Promise<Arena> {
  const tenancy = raceTenancy(storage)
  await tenancy.migrate()
  return {
    tenancy,
    storage,
    race: (calls) => Promise.all(calls.map((call) => answerCall(tenancy, call))),
    close: () => tenancy.close(),
  }
}
