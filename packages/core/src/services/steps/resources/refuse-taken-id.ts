import { TenancyError } from '../../../errors.js'
import { isStorageError } from '../../../storage/storage-error.js'

/** Another one of its type has this id in the tenant. */
export function refuseTakenId(error: unknown): never {
  if (!isStorageError(error) || error.constraint !== 'resource') throw error
  throw new TenancyError('resource_already_exists', 'The tenant has another one with this id', {}, { cause: error })
}
