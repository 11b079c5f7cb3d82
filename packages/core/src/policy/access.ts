import type { Tenant } from '../model/tenant.js'
import { decide } from './decide.js'
import type { ResourceAttributes, Subject } from './decide.js'
import type { Decision } from './decision.js'
import { rowCondition } from './filter.js'
import type { FilterColumns } from './filter.js'
import { hasBit } from './permissions.js'
import type { TenancyPermission } from './permissions.js'
import type { Policy } from './policy.js'
import { toRowFilter } from './row-filter.js'
import type { RowFilter } from './row-filter.js'
import { sentence } from './sentence.js'

/** One of several things asked at once. */
export interface Question<Permission extends string = string> {
  readonly permission: Permission
  readonly resource?: ResourceAttributes | undefined
}

/** A decision in data and in words. */
export type Explanation = Decision & { readonly message: string }

/**
 * What one user may do in one tenant, as it stood at one moment. Asking it is synchronous and touches no storage.
 *
 * @example
 * const access = await tenancy.as({ userId }).in(tenantId).access()
 * if (access.can('invoice:approve')) …
 */
export interface Access<Permission extends string = string> {
  /** The tenant. */
  readonly tenant: Tenant
  /** The ID of the caller; empty for the host's own code. */
  readonly userId: string
  /** The keys of the caller's roles. */
  readonly roles: readonly string[]
  /** The rank of the highest role. */
  readonly rank: number
  /** Returns whether the caller has a permission, on a resource if it depends on one. */
  can(permission: Permission, resource?: ResourceAttributes): boolean
  /** Returns whether the caller has all of the permissions. */
  canAll(permissions: readonly Permission[], resource?: ResourceAttributes): boolean
  /** Returns whether the caller has at least one of the permissions. */
  canAny(permissions: readonly Permission[], resource?: ResourceAttributes): boolean
  /** Returns what {@link can} returns for each question, in their order. */
  canMany(questions: readonly Question<Permission>[]): readonly boolean[]
  /** Returns whether the caller has a permission, and why, as a code and as a sentence. */
  explain(permission: Permission, resource?: ResourceAttributes): Explanation
  /**
   * Returns a condition for the rows of one of the host's tables on which the caller has the permission: exactly those
   * for which {@link can} returns `true`. It matches no rows for a permission that the host's resources do not declare.
   *
   * @throws {TypeError} for a column that is unknown or not an identifier.
   */
  filter(permission: Exclude<Permission, TenancyPermission>, columns?: FilterColumns): RowFilter
  /** Returns all permissions on resources that are neither the caller's own nor private, in the order of declaration. */
  permissions(): readonly Permission[]
}

/** A copy: what was handed in stays its caller's to change. Settings are the one field that holds others. */
function frozenTenant(tenant: Tenant): Tenant {
  return Object.freeze({ ...tenant, settings: frozen(tenant.settings) })
}

function frozen<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return Object.freeze(value.map(frozen)) as Value
  // Of the same entries.
  return Object.freeze(Object.fromEntries(Object.entries(value).map(([name, part]) => [name, frozen(part)]))) as Value
}

/** Freezes what is known about a subject into an access snapshot. */
export function toAccess<Permission extends string>(
  policy: Policy,
  tenant: Tenant,
  subject: Subject,
): Access<Permission> {
  const can = (permission: Permission, resource?: ResourceAttributes): boolean => {
    if (resource !== undefined) return decide(policy, subject, permission, resource).allowed
    const bit = policy.bits.get(permission)
    return bit !== undefined && hasBit(subject.effective, bit)
  }
  return Object.freeze({
    tenant: frozenTenant(tenant),
    userId: subject.userId,
    roles: Object.freeze(subject.roles.map((role) => role.key)),
    rank: subject.rank,
    can,
    canAll: (permissions: readonly Permission[], resource?: ResourceAttributes) =>
      permissions.every((one) => can(one, resource)),
    canAny: (permissions: readonly Permission[], resource?: ResourceAttributes) =>
      permissions.some((one) => can(one, resource)),
    canMany: (questions: readonly Question<Permission>[]) =>
      questions.map(({ permission, resource }) => can(permission, resource)),
    explain: (permission: Permission, resource?: ResourceAttributes) => {
      const decision = decide(policy, subject, permission, resource)
      return { ...decision, message: sentence(permission, decision) }
    },
    filter: (permission: string, columns?: FilterColumns) =>
      toRowFilter(rowCondition(policy, subject, permission, columns)),
    permissions: () => {
      const held = policy.permissions.filter((_, bit) => hasBit(subject.effective, bit))
      // The policy was compiled from the resources that the type was derived from.
      return held as Permission[]
    },
  })
}
