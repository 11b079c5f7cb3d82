import type { Storage } from '@tenantry/core'
import { crashTenancy } from './crash-tenancy.js'
import { liveInOneTenant } from './live-in-one-tenant.js'
import type { Acknowledged } from './live-in-one-tenant.js'

/** What a writer tells: that it is about to migrate, what it was told has been written, that it is done, or what broke. */
export type WriterReport =
  | { readonly migrates: true }
  | { readonly acknowledged: Acknowledged }
  | { readonly done: true }
  | { readonly broke: string }

export interface WriterOptions {
  /** On the shared database, which need not be migrated. */
  readonly storage: Storage
  /** The file that every sent mail is noted in. */
  readonly mailFile: string
  /** How much it writes before it rests. Default 1000. */
  readonly writes?: number
}

const LANES = 4

/**
 * Writes for the process that forked this one, several things at once, and tells it of each only when the library has
 * said that it is done. To be called by the module that is handed to {@link crashRun}.
 */
export async function serveWriter({ storage, mailFile, writes = 1000 }: WriterOptions): Promise<void> {
  const report = (message: WriterReport): void => void process.send?.(message)
  const tenancy = crashTenancy(storage, { mailFile })
  let written = 0
  const acknowledge = (acknowledged: Acknowledged) => {
    written += 1
    report({ acknowledged })
  }
  const lane = async () => {
    while (written < writes) await liveInOneTenant(tenancy, acknowledge)
  }
  try {
    report({ migrates: true })
    await tenancy.migrate()
    await Promise.all(Array.from({ length: LANES }, lane))
    report({ done: true })
  } catch (error) {
    report({ broke: error instanceof Error ? `${error.stack}` : String(error) })
  }
}
