import { createAccess, compilePolicy } from '@tenantry/core'
import type { Overrides, ResourceAttributes, TenantStatus, UserStatus } from '@tenantry/core'
import { anySubject } from '@tenantry/testkit'
import fc from 'fast-check'

/** The context that examples in docstrings assume: a host with declared names, and a user in a tenant. */
export * from '@tenantry/testkit'
export { createAccess, fc }

export const resources = { invoice: ['read', 'approve'] } as const
export const roles = { clerk: { rank: 15, name: 'Clerk', permissions: ['tenant:read', 'invoice:read'] } }
export const policy = compilePolicy({ resources, roles })

const [facts] = fc.sample(anySubject({ resources, roles }), 1)
if (!facts) throw new Error('There is nobody')
export const tenant = { ...facts.tenant, status: 'active' as const }
export const user = { id: 'user-1', status: 'active' as const }
const membership = { tenantId: tenant.id, userId: user.id, roles: ['viewer'], active: true, overrides: {} }

export const access = createAccess(policy, { tenant, user, membership })
export const ownersAccess = createAccess(policy, { tenant, user, membership: { ...membership, roles: ['owner'] } })

export function accessWith(given: readonly string[] | Overrides) {
  const held = isRoles(given) ? { roles: given } : { overrides: given }
  return createAccess(policy, { tenant, user, membership: { ...membership, ...held } })
}

function isRoles(given: readonly string[] | Overrides): given is readonly string[] {
  return Array.isArray(given)
}

export function mayRead(resource: ResourceAttributes | undefined): boolean {
  return access.explain('invoice:read', resource).allowed
}

export function mayEnter({ status }: { readonly status: TenantStatus }): boolean {
  return status === 'active'
}

export function maySignIn({ status }: { readonly status: UserStatus }): boolean {
  return status === 'active'
}

export function showsAName(role: string): boolean {
  return policy.roles.get(role)?.name !== ''
}
