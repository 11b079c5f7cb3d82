/** What each error tells beyond its code. Times are milliseconds. */
export interface ErrorDetails {
  /** Nobody is signed in, or whoever was no longer may. */
  unauthenticated: Record<never, never>
  /** Invalid email or password, or there is no such account: the answer is the same. */
  invalid_credentials: Record<never, never>
  /** The change needs a sign-in within the last ten minutes, or the caller's current password. */
  reauthentication_required: Record<never, never>
  /** A member asks for what their permissions or their rank do not allow. */
  forbidden: { readonly permission?: string }
  /** No such tenant, a deleted one, or one the caller is no active member of: the answer is the same. */
  tenant_not_found: Record<never, never>
  /** The caller is a member, but the tenant is suspended or archived. */
  tenant_not_active: { readonly status: string }
  member_not_found: Record<never, never>
  /** No such organization, or the caller is no active member of it: the answer is the same. */
  organization_not_found: Record<never, never>
  invitation_not_found: Record<never, never>
  join_request_not_found: Record<never, never>
  user_not_found: Record<never, never>
  access_token_not_found: Record<never, never>
  file_not_found: Record<never, never>
  email_not_found: Record<never, never>
  /** No such notification, or one of a tenant that the caller is out of. */
  notification_not_found: Record<never, never>
  event_not_found: Record<never, never>
  /** The tenant has no role of its own with this key. */
  role_not_found: Record<never, never>
  /** No such resource, or one that the caller may not know of: the answer is the same. */
  resource_not_found: Record<never, never>
  /** The tenant has another resource of the type with this id. */
  resource_already_exists: Record<never, never>
  /** The host's check of settings rejects one. `field` is its path, such as `settings.theme`. */
  setting_rejected: { readonly field: string }
  /** The input does not fit. `field` is the path of the first bad field, such as `emails.0`. */
  invalid_input: { readonly field: string }
  invalid_email: { readonly field: string }
  /** A role that does not exist, or that cannot be given this way. */
  invalid_role: { readonly role: string }
  /** A token or code that is wrong, used, replaced, revoked or expired: the answer is the same. */
  invalid_token: Record<never, never>
  /** A device asks before its user has said anything; it asks again after the interval. */
  authorization_pending: Record<never, never>
  /** A device asks more often than it was told to. */
  slow_down: { readonly retryAfterMs: number }
  /** A device's code has expired before its user said anything, or before the device asked. */
  expired_token: Record<never, never>
  /** The user has refused the device, or may no longer sign in. */
  access_denied: Record<never, never>
  self_action_forbidden: Record<never, never>
  already_member: Record<never, never>
  /** A request of the caller waits for its answer already. */
  already_requested: Record<never, never>
  /** The tenant is not entered this way: one that is open takes no requests, one that takes requests is not open. */
  join_not_allowed: Record<never, never>
  /** The owner leaves, is removed, deactivated or demoted only after handing the tenant over. */
  owner_required: Record<never, never>
  /** The user still owns tenants with other members. */
  user_owns_tenants: { readonly tenantIds: readonly string[] }
  /** A personal tenant is its owner's alone: nobody joins it, and it is neither opened nor deleted by itself. */
  personal_tenant: Record<never, never>
  /** The only active admin of an organization leaves, is removed, deactivated or demoted only after another is named. */
  last_admin: { readonly organizationIds: readonly string[] }
  slug_taken: Record<never, never>
  short_name_taken: Record<never, never>
  email_taken: Record<never, never>
  /** The key is that of another role, or reserved. */
  role_key_taken: Record<never, never>
  /** Members hold the role, or open invitations offer it. */
  role_in_use: { readonly members: number; readonly invitations: number }
  /** The person declined an invitation of this tenant not long ago. */
  recently_declined: { readonly retryAfterMs: number }
  /** The person was rejected by this tenant not long ago. */
  recently_rejected: { readonly retryAfterMs: number }
  /** Too many requests wait for an answer: the caller's, or the tenant's. */
  join_request_limit_exceeded: { readonly limit: number }
  member_limit_exceeded: { readonly limit: number }
  invitation_limit_exceeded: { readonly limit: number }
  tenant_limit_exceeded: { readonly limit: number }
  role_limit_exceeded: { readonly limit: number }
  /** Too many mails to this recipient, for this tenant, or from this address on the network. */
  email_limit_exceeded: { readonly per: 'owner' | 'recipient' | 'tenant' | 'ip'; readonly retryAfterMs: number }
  /** Too many wrong transfer codes. */
  transfer_locked: { readonly retryAfterMs: number }
  rate_limited: { readonly retryAfterMs: number }
  unsupported_file_type: Record<never, never>
  file_too_large: { readonly limitBytes: number }
  /** The same thing was changed by somebody else meanwhile; reading again and repeating may help. */
  conflict: Record<never, never>
  /** What the change was made from is no longer what is there: see `ifVersion`. */
  version_mismatch: Record<never, never>
  /** The database cannot be reached, is overloaded or not migrated, or has refused what it should take: see `cause`. */
  storage_unavailable: Record<never, never>
}

export type ErrorCode = keyof ErrorDetails

/**
 * The one error of this library. `code` is stable and made for programs; `message` is English for people and may
 * change. It never holds a secret or a fact of another tenant.
 *
 * @example
 * try { await ann.in(tenantId).members.remove({ userId }) }
 * catch (error) { if (isTenancyError(error, 'forbidden')) … }
 */
export class TenancyError<Code extends ErrorCode = ErrorCode> extends Error {
  override readonly name = 'TenancyError'
  readonly code: Code
  readonly details: ErrorDetails[Code]

  constructor(code: Code, message: string, details: ErrorDetails[Code], options?: { readonly cause?: unknown }) {
    super(message, options)
    this.code = code
    this.details = details
  }
}

/** Whether an error is this library's, with this code when one is given. */
export function isTenancyError<Code extends ErrorCode = ErrorCode>(
  error: unknown,
  code?: Code,
): error is TenancyError<Code> {
  if (!(error instanceof Error) || error.name !== 'TenancyError' || !('code' in error)) return false
  return code === undefined || error.code === code
}
