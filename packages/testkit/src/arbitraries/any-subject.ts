import type { AuthorizationInput } from '@tenantry/core'
import fc from 'fast-check'
import { whoIs } from '../properties/describe.js'
import { anyMembership } from './any-membership.js'
import { anyTenantStatus, anyUserStatus, TENANT_ENDS, USER_ENDS } from './any-status.js'
import type { PermissionRules } from './permission-rules.js'
import { TENANT_ONE } from './tenant-one.js'
import { casesOf, withCases } from './with-cases.js'

/**
 * Everything a decision about `user-1` in `tenant-1` turns on: tenant, user, a membership or none, and a place in the
 * tenant's organization or none.
 *
 * @example
 * fc.assert(
 *   fc.property(anySubject({ resources, roles }), anyPermission({ resources }), (facts, permission) => {
 *     const access = createAccess(policy, facts)
 *     return access.can(permission) === access.explain(permission).allowed
 *   }),
 * )
 */
export function anySubject(rules: PermissionRules): fc.Arbitrary<AuthorizationInput> {
  const memberships = anyMembership(rules)
  const random = fc.record({
    // The first to be given up, so that a case shrinks to a plain member.
    organizationMembership: anyOrganizationMembership(),
    tenant: mostly(anyTenantStatus()).map((status) => ({ ...TENANT_ONE, status })),
    user: fc.record({ id: fc.constant('user-1'), status: mostly(anyUserStatus()) }),
    membership: fc.option(memberships, { freq: 12 }),
  })
  const ordinary = casesOf(memberships, true).map(subjectWith)
  const other = casesOf(memberships, false).map(subjectWith)
  return withCases(random, { ordinary, other: [...other, ...oddities(ordinary)] }, whoIs)
}

function* oddities(members: readonly AuthorizationInput[]): Generator<AuthorizationInput> {
  const outsider = subjectWith(null)
  yield outsider
  for (const facts of [outsider, ...members]) {
    for (const organizationMembership of [ORGANIZATION_MEMBERSHIP, ...LESSER])
      yield { ...facts, organizationMembership }
    for (const status of USER_ENDS) yield { ...facts, user: { ...facts.user, status } }
    for (const status of TENANT_ENDS) yield { ...facts, tenant: { ...facts.tenant, status } }
  }
}

function subjectWith(membership: AuthorizationInput['membership']): AuthorizationInput {
  return { organizationMembership: null, tenant: TENANT_ONE, user: { id: 'user-1', status: 'active' }, membership }
}

/** What bars somebody from everything is left to few. */
function mostly<Status extends string>(any: fc.Arbitrary<Status | 'active'>): fc.Arbitrary<Status | 'active'> {
  return fc.oneof({ weight: 3, arbitrary: fc.constant('active' as const) }, any)
}

const ORGANIZATION_MEMBERSHIP = { organizationId: 'organization-1', userId: 'user-1', active: true, admin: true }
const LESSER = [
  { ...ORGANIZATION_MEMBERSHIP, admin: false },
  { ...ORGANIZATION_MEMBERSHIP, active: false },
]

/** A place in the organization, in one of four, and mostly that of one who runs it. */
function anyOrganizationMembership(): fc.Arbitrary<NonNullable<AuthorizationInput['organizationMembership']> | null> {
  return fc.constantFrom(...Array<null>(12).fill(null), ORGANIZATION_MEMBERSHIP, ORGANIZATION_MEMBERSHIP, ...LESSER)
}
