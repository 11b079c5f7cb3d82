import type { ListedFellow, Organization, OrganizationMembership, EffectiveMember, Tenant } from '@tenantry/core'
import type { z } from 'zod'
import { isoTime, isoTimeOrNull } from '../../handler/fields.js'
import type * as responses from './schemas.js'

export function toTenantResponse({ id, name, createdAt, plan }: Tenant): z.infer<typeof responses.Tenant> {
  return { id, displayName: name, createdAt: isoTime(createdAt), plan }
}

export function toOrganizationTenantResponse(tenant: Tenant): z.infer<typeof responses.OrganizationTenant> {
  return { ...toTenantResponse(tenant), shortName: tenant.slug, description: tenant.description }
}

export function toOrganizationResponse(organization: Organization): z.infer<typeof responses.Organization> {
  const { id, displayName, createdAt } = organization
  return { id, displayName, createdAt: isoTime(createdAt) }
}

/** The roles that `isAdminInTenant` reports. */
const SHOWN_AS_ADMIN: readonly (string | null)[] = ['owner', 'admin']

/**
 * The owner is shown as an admin, and so are the admins of the organization, with or without a membership of the
 * tenant.
 */
export function toTenantUserResponse(
  { tenantId, user, roles, active, inheritedRole, organizationMembership: above }: EffectiveMember,
  organizationId: string | null,
): z.infer<typeof responses.TenantUser> {
  return {
    ...toPersonResponse(user),
    tenantId,
    isActiveInTenant: active,
    isAdminInTenant: [...roles, inheritedRole].some((role) => SHOWN_AS_ADMIN.includes(role)),
    isDeveloperInTenant: roles.includes('developer'),
    organizationId,
    isActiveInOrganization: above?.active ?? false,
    isAdminInOrganization: above?.admin ?? false,
  }
}

export function toOrganizationUserResponse({
  user,
  organizationId,
  active,
  admin,
}: OrganizationMembership & { readonly user: ListedFellow }): z.infer<typeof responses.OrganizationUser> {
  return { ...toPersonResponse(user), organizationId, isActiveInOrganization: active, isAdminInOrganization: admin }
}

function toPersonResponse({ id, email, name, createdAt, lastLoginAt }: ListedFellow) {
  return {
    id,
    email,
    ...namesOf(name),
    createdAt: isoTime(createdAt),
    lastLoginAt: isoTimeOrNull(lastLoginAt),
  }
}

/** Splits the single name of an account: the text after the last space is the last name. */
function namesOf(name: string | null): { readonly firstName: string | null; readonly lastName: string | null } {
  const at = name?.lastIndexOf(' ') ?? -1
  if (name === null || at === -1) return { firstName: name, lastName: null }
  return { firstName: name.slice(0, at), lastName: name.slice(at + 1) }
}

interface Total {
  readonly count: number
  readonly sizeBytes: number
}

/** The numbers of processes and datasets, and the total size of all resources. */
export function toTotalsResponse(resources: Readonly<Record<string, Total>>) {
  const countOf = (type: string) => (Object.hasOwn(resources, type) ? (resources[type]?.count ?? 0) : 0)
  return {
    processes: countOf('process'),
    datasets: countOf('dataset'),
    bytes: Object.values(resources).reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
  }
}
