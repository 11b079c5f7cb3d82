import { TenancyError } from '../../../errors.js'
import { isStorageError } from '../../../storage/storage-error.js'

/** Says in our words that another tenant has the slug. */
export function refuseTakenSlug(error: unknown): never {
  if (!isStorageError(error) || error.constraint !== 'tenant.slug') throw error
  throw new TenancyError('slug_taken', 'Another tenant has this slug', {}, { cause: error })
}
