import type { Tenant } from '../../../model/tenant.js'
import { tenantNotFound } from '../../pipeline/authorize.js'
import type { OrganizationStep } from '../../pipeline/organization-command.js'

/** A tenant of the organization. One that is elsewhere, or deleted, is no tenant. */
export async function loadOrganizationTenant(
  { tx, organizationId }: Pick<OrganizationStep, 'tx' | 'organizationId'>,
  tenantId: string,
): Promise<Tenant> {
  const tenant = await tx.tenants.find(tenantId)
  if (tenant?.organizationId !== organizationId || tenant.status === 'deleted') throw tenantNotFound()
  return tenant
}
