import type { ListedFellow, Organization, OrganizationMembership, PersonInTenant, Tenant } from '@tenantry/core'
import type { z } from 'zod'
import { isoTime, isoTimeOrNull } from '../http/fields.js'
import type * as answers from './answers.js'

export function presentTenant({ id, name, createdAt, plan }: Tenant): z.infer<typeof answers.Tenant> {
  return { id, displayName: name, createdAt: isoTime(createdAt), plan }
}

export function presentOrganizationTenant(tenant: Tenant): z.infer<typeof answers.OrganizationTenant> {
  return { ...presentTenant(tenant), shortName: tenant.slug, description: tenant.description }
}

export function presentOrganization(organization: Organization): z.infer<typeof answers.Organization> {
  const { id, displayName, createdAt } = organization
  return { id, displayName, createdAt: isoTime(createdAt) }
}

/** Roles that are told by one flag. */
const SHOWN_AS_ADMIN: readonly (string | null)[] = ['owner', 'admin']

/** The owner shows as an admin, and so does whoever runs the organization: with a membership of the tenant or without. */
export function presentTenantUser(
  { tenantId, user, roles, active, lentRole, organizationMembership: above }: PersonInTenant,
  organizationId: string | null,
): z.infer<typeof answers.TenantUser> {
  return {
    ...presentPerson(user),
    tenantId,
    isActiveInTenant: active,
    isAdminInTenant: [...roles, lentRole].some((role) => SHOWN_AS_ADMIN.includes(role)),
    isDeveloperInTenant: roles.includes('developer'),
    organizationId,
    isActiveInOrganization: above?.active ?? false,
    isAdminInOrganization: above?.admin ?? false,
  }
}

export function presentOrganizationUser({
  user,
  organizationId,
  active,
  admin,
}: OrganizationMembership & { readonly user: ListedFellow }): z.infer<typeof answers.OrganizationUser> {
  return { ...presentPerson(user), organizationId, isActiveInOrganization: active, isAdminInOrganization: admin }
}

function presentPerson({ id, email, name, createdAt, lastLoginAt }: ListedFellow) {
  return {
    id,
    email,
    ...namesOf(name),
    createdAt: isoTime(createdAt),
    lastLoginAt: isoTimeOrNull(lastLoginAt),
  }
}

/** An account has one name, as its owner writes it; what stands behind the last space counts as the last name. */
function namesOf(name: string | null): { readonly firstName: string | null; readonly lastName: string | null } {
  const at = name?.lastIndexOf(' ') ?? -1
  if (name === null || at === -1) return { firstName: name, lastName: null }
  return { firstName: name.slice(0, at), lastName: name.slice(at + 1) }
}

interface Total {
  readonly count: number
  readonly sizeBytes: number
}

/** How many processes and datasets there are, and how much everything takes. */
export function presentTotals(resources: Readonly<Record<string, Total>>) {
  const countOf = (type: string) => (Object.hasOwn(resources, type) ? (resources[type]?.count ?? 0) : 0)
  return {
    processes: countOf('process'),
    datasets: countOf('dataset'),
    bytes: Object.values(resources).reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
  }
}
