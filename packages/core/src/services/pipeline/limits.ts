import type { Tenant } from '../../model/tenant.js'
import type { User } from '../../model/user.js'
import { noSuchOption } from '../../storage/known-options.js'

/** A number, or a function of what it limits (its plan, say). 0 allows none, absent or `undefined` is unlimited. */
export type TenantLimit = number | ((tenant: Tenant) => number | undefined)
export type UserLimit = number | ((user: User) => number | undefined)

/** Counted under the tenant's or the user's lock, so exact under any concurrency. */
export interface Limits {
  /** Members of one tenant, active or not. */
  readonly membersPerTenant?: TenantLimit
  /** Invitations of one tenant that are pending and not expired. */
  readonly pendingInvitationsPerTenant?: TenantLimit
  /** Requests to join one tenant that wait for an answer. Default 1000. */
  readonly pendingJoinRequestsPerTenant?: TenantLimit
  /** Requests of one user that wait for an answer, in all tenants. Default 20. */
  readonly pendingJoinRequestsPerUser?: UserLimit
  /** Roles that one tenant made for itself. Default 100, `Infinity` lifts it. */
  readonly rolesPerTenant?: TenantLimit
  /** Tenants one user is a member of. */
  readonly tenantsPerUser?: UserLimit
  /**
   * Mails from one tenant to one mailbox in an hour; codes of ownership transfers are not counted. Addresses that differ
   * by a plus tag are one mailbox. Default 20, `Infinity` lifts it.
   */
  readonly emailsPerRecipient?: number
  /** Mails from all tenants together to one mailbox in an hour. Default five times `emailsPerRecipient`. */
  readonly emailsPerMailbox?: number
  /** Mails with notifications from one tenant to one mailbox in an hour, counted apart. Default 20, `Infinity` lifts it. */
  readonly notificationEmailsPerRecipient?: number
  /** Those from all tenants together. Default five times `notificationEmailsPerRecipient`. */
  readonly notificationEmailsPerMailbox?: number
  /** Mails caused within one tenant in an hour. */
  readonly emailsPerTenant?: TenantLimit
  /** Mails caused from one network address in a minute. Ownership transfers are held to 50 in any case. */
  readonly emailsPerIp?: number
  /** Requests with one token in a minute, where an API counts them. Default 60, `Infinity` lifts it. */
  readonly requestsPerToken?: number
  /** Requests of one user in a minute, where an API counts them. Default 100, `Infinity` lifts it. */
  readonly requestsPerUser?: number
}

export const DEFAULT_ROLES_PER_TENANT = 100

/** Whether a limit may also be a function of what it limits. */
const DEPENDS = {
  membersPerTenant: true,
  pendingInvitationsPerTenant: true,
  pendingJoinRequestsPerTenant: true,
  pendingJoinRequestsPerUser: true,
  rolesPerTenant: true,
  tenantsPerUser: true,
  emailsPerRecipient: false,
  emailsPerMailbox: false,
  notificationEmailsPerRecipient: false,
  notificationEmailsPerMailbox: false,
  emailsPerTenant: true,
  emailsPerIp: false,
  requestsPerToken: false,
  requestsPerUser: false,
} as const satisfies Record<keyof Limits, boolean>

/** The limits as the host gave them. Throws a `TypeError` for what is no limit: one that is misspelt limits nothing. */
export function limitsOf(given: Limits = {}): Limits {
  for (const [name, value] of Object.entries<unknown>({ ...given })) {
    const depends = Object.entries(DEPENDS).find(([known]) => known === name)?.[1]
    if (depends === undefined) throw noSuchOption('limits', name, Object.keys(DEPENDS))
    const isNumber = value === Infinity || (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0)
    if (value === undefined || isNumber || (depends && typeof value === 'function')) continue
    throw new TypeError(`limits: "${name}" needs a whole number${depends ? ', or a function that answers one' : ''}`)
  }
  return given
}

export function tenantLimit(limit: TenantLimit | undefined, tenant: Tenant): number | undefined {
  return typeof limit === 'function' ? limit(tenant) : limit
}

export function userLimit(limit: UserLimit | undefined, user: User): number | undefined {
  return typeof limit === 'function' ? limit(user) : limit
}
