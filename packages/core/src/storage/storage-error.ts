/**
 * What a storage may throw.
 *
 * - `conflict`: a rule of the port refused the write; `constraint` names it.
 * - `busy`: the transaction lost against another one and may simply be run again; `waited` says that it waited for the
 *   other one, for as long as it may.
 * - `unavailable`: the database cannot be reached, its pool is exhausted, a statement took too long, or failed otherwise.
 * - `schema`: the database is not migrated, or was migrated by a newer version of this library.
 */
export type StorageErrorCode = 'conflict' | 'busy' | 'unavailable' | 'schema'

/** The rules of the port that refuse a write: what must be unique, and `reference`, what must be there. */
export type Constraint =
  | 'tenant.id'
  | 'tenant.slug'
  | 'user.id'
  | 'user.email'
  | 'membership'
  | 'organization.id'
  | 'organization.short_name'
  | 'organization_member'
  | 'role'
  | 'invitation.pending'
  | 'invitation.token'
  | 'join_request.pending'
  | 'access_token.hash'
  | 'external_token.hash'
  | 'device_authorization.code'
  | 'event.seq'
  | 'resource'
  | 'reference'

/** A storage's failure in the port's own words; the driver's error is its `cause`. */
export class StorageError extends Error {
  override readonly name = 'StorageError'
  readonly code: StorageErrorCode
  readonly constraint: Constraint | null
  readonly waited: boolean

  constructor(
    code: StorageErrorCode,
    message: string,
    options: { readonly constraint?: Constraint; readonly waited?: boolean; readonly cause?: unknown } = {},
  ) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined)
    this.code = code
    this.constraint = options.constraint ?? null
    this.waited = options.waited ?? false
  }
}

/** Whether an error is the port's, also when another copy of this module made it. */
export function isStorageError(error: unknown): error is StorageError {
  return error instanceof Error && error.name === 'StorageError' && 'code' in error
}
