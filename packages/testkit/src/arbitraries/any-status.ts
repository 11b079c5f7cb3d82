import type { TenantStatus, UserStatus } from '@tenantry/core'
import fc from 'fast-check'
import { withCases } from './with-cases.js'

export const TENANT_ENDS = ['suspended', 'archived', 'deleted'] as const satisfies readonly TenantStatus[]
export const USER_ENDS = ['disabled', 'deleted'] as const satisfies readonly UserStatus[]

/**
 * Any status of a tenant, more often active than not.
 *
 * @example
 * fc.assert(fc.property(anyTenantStatus(), (status) => mayEnter({ ...tenant, status }) === (status === 'active')))
 */
export function anyTenantStatus(): fc.Arbitrary<TenantStatus> {
  const random = fc.constantFrom<TenantStatus[]>('active', 'active', 'active', ...TENANT_ENDS)
  return withCases(random, { ordinary: ['active'], other: TENANT_ENDS })
}

/**
 * Any status of a user, more often active than not.
 *
 * @example
 * fc.assert(fc.property(anyUserStatus(), (status) => maySignIn({ ...user, status }) === (status === 'active')))
 */
export function anyUserStatus(): fc.Arbitrary<UserStatus> {
  const random = fc.constantFrom<UserStatus[]>('active', 'active', 'active', ...USER_ENDS)
  return withCases(random, { ordinary: ['active'], other: USER_ENDS })
}
