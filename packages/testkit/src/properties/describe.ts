import type { AuthorizationInput, ResourceAttributes } from '@tenantry/core'
import { namesOf } from './policy-under-test.js'
import type { PolicyUnderTest } from './policy-under-test.js'

/** A member as a reader would name one, such as `an editor` or `an inactive viewer (granted invoice:approve)`. */
export function whoIs({ tenant, user, membership, organizationMembership, operator }: AuthorizationInput): string {
  const place = membership ? nameOf(membership) : 'somebody who is no member'
  return qualified(operator ? `an operator who is ${place}` : place, [
    ...(organizationMembership?.active && organizationMembership.admin ? ['who runs the organization'] : []),
    ...(user.status === 'active' ? [] : [`whose account is ${user.status}`]),
    ...(tenant.status === 'active' ? [] : [`of a tenant that is ${tenant.status}`]),
    ...exceptions(membership?.overrides ?? {}),
  ])
}

/** The same for a membership alone. */
export function listHolders(membership: NonNullable<AuthorizationInput['membership']>): string {
  return qualified(nameOf(membership), exceptions(membership.overrides))
}

function qualified(name: string, conditions: readonly string[]): string {
  return conditions.length > 0 ? `${name} (${conditions.join('; ')})` : name
}

function nameOf({ roles, active }: NonNullable<AuthorizationInput['membership']>): string {
  const [role = 'member without any role', ...others] = roles
  if (others.length > 0) return `${active ? 'a' : 'an inactive'} member with the roles ${listOf(roles.map(quoted))}`
  return active ? withArticle(role) : `an inactive ${role}`
}

function exceptions(overrides: Readonly<Record<string, boolean>>): readonly string[] {
  const named = (value: boolean) => Object.keys(overrides).filter((name) => overrides[name] === value)
  return [
    ...(named(true).length > 0 ? [`granted ${listOf(named(true))}`] : []),
    ...(named(false).length > 0 ? [`denied ${listOf(named(false))}`] : []),
  ]
}

/** What is done to what, such as `do invoice:update on a resource of the tenant`. */
export function doing(
  { policy }: PolicyUnderTest,
  permission: string,
  resource: ResourceAttributes | undefined,
  userId: string,
): string {
  if (!resource || !namesOf(policy.resources).includes(permission)) return `do ${permission}`
  return `do ${permission} on ${whatIs(resource, userId)}`
}

/** A resource as a reader would name one, such as `a private resource of somebody else`. */
export function whatIs({ ownerId, visibility, tenantId, sharedTenantId }: ResourceAttributes, userId: string): string {
  if (tenantId === 'tenant-2' || sharedTenantId === 'tenant-2') return 'a resource that another tenant has a part in'
  if (ownerId === userId) return 'a resource of their own'
  const resource = visibility === 'private' ? 'a private resource' : 'a resource'
  return ownerId
    ? `${resource} of ${visibility === 'private' ? 'somebody else' : 'the tenant'}`
    : `${resource} of nobody`
}

/** Why it is so, in the library's own words, with the role that grants it. */
export function because(
  underTest: PolicyUnderTest,
  facts: AuthorizationInput,
  permission: string,
  resource?: ResourceAttributes,
): string {
  const access = underTest.createAccess(facts)
  const explained = access.explain(permission, resource)
  const reason = explained.message.slice(explained.message.indexOf(': ') + 2, -1)
  if (explained.allowed !== access.can(permission, resource)) return `though explain says that ${reason}`
  if (!explained.allowed || (explained.rule !== 'role' && explained.rule !== 'unrestricted_role'))
    return `because ${reason}`
  const role = facts.membership?.roles.find((key) => {
    const alone = { ...facts, membership: facts.membership && { ...facts.membership, roles: [key], overrides: {} } }
    return underTest.createAccess(alone).can(permission, resource)
  })
  return role === undefined ? `because ${reason}` : `because the role ${quoted(role)} grants it`
}

export function withArticle(noun: string): string {
  return `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`
}

export function quoted(name: string): string {
  return JSON.stringify(name)
}

function listOf(names: readonly string[]): string {
  return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`
}
