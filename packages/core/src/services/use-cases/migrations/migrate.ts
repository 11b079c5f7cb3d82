import { requireKnownOptions } from '../../../storage/known-options.js'
import type { MigrateOptions, MigrationStep } from '../../../storage/migration-step.js'
import type { Storage } from '../../../storage/port.js'
import { retryWhenBusy } from '../../pipeline/retry.js'

/** A misspelt `plan` must not migrate. */
export async function migrate(
  storage: Pick<Storage, 'migrate'>,
  options: MigrateOptions = {},
): Promise<readonly MigrationStep[]> {
  requireKnownOptions('migrate', options, { plan: true })
  return retryWhenBusy(() => storage.migrate(options))
}
