import type { TenantStatus } from '../model/tenant.js'
import type { UserStatus } from '../model/user.js'
import type { Subject } from './decide.js'
import { maskOf } from './permissions.js'
import type { Policy } from './policy.js'
import { OWNER } from './roles.js'

/** What an operator's decisions turn on: no membership plays a part. */
export interface OperatorFacts {
  readonly tenant: { readonly id: string; readonly status: TenantStatus }
  /** `null` for the host's own code. */
  readonly user: { readonly id: string; readonly status: UserStatus } | null
}

/**
 * An operator in a tenant, as decisions see them: they hold and outrank what the owner does, and own nothing, so that
 * what is private to a member stays private. They also act in a suspended tenant.
 */
export function operatorSubject(policy: Policy, { tenant, user }: OperatorFacts): Subject {
  const none = maskOf([], policy.permissions.length)
  const owner = policy.roles.get(OWNER)
  const roleMask = owner?.mask ?? none
  const denial = denialBy({ tenant, user })
  return {
    tenantId: tenant.id,
    userId: user?.id ?? '',
    denial,
    roles: [],
    rank: owner?.rank ?? 0,
    unrestricted: true,
    unrestrictedByRole: false,
    shared: null,
    superuser: true,
    operator: true,
    granted: none,
    denied: none,
    roleMask,
    effective: denial ? none : roleMask,
  }
}

function denialBy({ tenant, user }: OperatorFacts): Subject['denial'] {
  if (user && user.status !== 'active') return 'user_not_active'
  return tenant.status === 'active' || tenant.status === 'suspended' ? null : 'tenant_not_active'
}
