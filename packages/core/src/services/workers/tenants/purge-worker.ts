import type { Context } from '../../pipeline/context.js'
import { createWorker } from '../event-delivery/create-worker.js'
import type { Worker } from '../../pipeline/worker.js'
import { purgeTenants } from './purge-tenants.js'
import type { PurgeResult } from './purge-tenants.js'

const HOUR_MS = 60 * 60 * 1000

/** Purges deleted tenants in the background, once an hour, or when it is asked to. */
export function createPurgeWorker(context: Context): Worker<PurgeResult> {
  return createWorker({
    pollMs: HOUR_MS,
    wakesBeforeStart: false,
    onError: (error) => context.logger.error({ error }, 'the purge of deleted tenants could not reach the storage'),
    drain: (isStopping) => purgeTenants(context, isStopping),
  })
}
