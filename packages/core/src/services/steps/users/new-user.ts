import { TenancyError } from '../../../errors.js'
import type { User } from '../../../model/user.js'
import { isStorageError, StorageError } from '../../../storage/storage-error.js'

type Given = Pick<User, 'id' | 'email' | 'emailKey' | 'emailVerifiedAt'> & { readonly now: number } & {
  readonly [Field in 'name' | 'language' | 'timeZone' | 'superuser' | 'createdBy' | 'waitingSince']?:
    User[Field] | undefined
}

/** An account as it begins. */
export function newUser({
  now,
  name = null,
  language = null,
  timeZone = null,
  superuser = false,
  createdBy = null,
  waitingSince = null,
  ...given
}: Given): User {
  return {
    id: given.id,
    email: given.email,
    emailKey: given.emailKey,
    emailVerifiedAt: given.emailVerifiedAt,
    name,
    avatarUrl: null,
    language,
    timeZone,
    superuser,
    status: 'active',
    createdAt: now,
    createdBy,
    waitingSince,
  }
}

/** Another account took the address or the id in the same moment: the next attempt finds it. */
export function retryOnConflict(error: unknown): never {
  if (!isStorageError(error) || (error.constraint !== 'user.email' && error.constraint !== 'user.id')) throw error
  throw accountCreatedConcurrently({ cause: error })
}

/** The account of an address was created after its locks were taken. The command runs again. */
export function accountCreatedConcurrently(options?: { readonly cause: unknown }): StorageError {
  return new StorageError('busy', 'An account with this email was created concurrently; try again', options)
}

/** Says in our words that another account has the address or the id. */
export function refuseTakenEmail(error: unknown): never {
  if (!isStorageError(error) || (error.constraint !== 'user.email' && error.constraint !== 'user.id')) throw error
  if (error.constraint === 'user.id')
    throw new TenancyError('conflict', 'Another account has this id', {}, { cause: error })
  throw new TenancyError('email_taken', 'Another account has this address', {}, { cause: error })
}
