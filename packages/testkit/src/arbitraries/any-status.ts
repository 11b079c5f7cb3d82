import type { TenantStatus, UserStatus } from '@tenantry/core'
import fc from 'fast-check'

/**
 * Any status of a tenant, more often active than not.
 *
 * @example
 * fc.assert(fc.property(anyTenantStatus(), (status) => mayEnter({ ...tenant, status }) === (status === 'active')))
 */
export function anyTenantStatus(): fc.Arbitrary<TenantStatus> {
  return fc.constantFrom('active', 'active', 'active', 'suspended', 'archived', 'deleted')
}

/**
 * Any status of a user, more often active than not.
 *
 * @example
 * fc.assert(fc.property(anyUserStatus(), (status) => maySignIn({ ...user, status }) === (status === 'active')))
 */
export function anyUserStatus(): fc.Arbitrary<UserStatus> {
  return fc.constantFrom('active', 'active', 'active', 'disabled', 'deleted')
}
