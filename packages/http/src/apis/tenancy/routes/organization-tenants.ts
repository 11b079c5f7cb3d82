import { z } from 'zod'
import { WireId } from '../../../handler/fields.js'
import { PAGE_HEADERS, pageOf, pageQuery, toPageReply } from '../pages.js'
import { present } from '../responses.js'
import { created, CREATED_HEADERS, pathOf, row } from '../row.js'
import { Tenant } from '../schemas.js'
import { OrganizationParams } from './organizations.js'
import { NewTenant } from './tenants.js'

const tag = 'Organizations'
const path = '/organizations/{organizationId}/tenants'
const OneTenant = OrganizationParams.extend({ tenantId: WireId.describe('The ID of a tenant') })

const listTenants = row({
  method: 'GET',
  path,
  operationId: 'listOrganizationTenants',
  summary: 'List an organization’s tenants, oldest first, for its admins',
  tag,
  params: OrganizationParams,
  query: z.strictObject(pageQuery),
  response: pageOf(Tenant),
  responseHeaders: PAGE_HEADERS,
  run: async ({ as, params, query }) =>
    toPageReply(query, await as.organization(params.organizationId).tenants.list(query), (tenant) =>
      present(Tenant, tenant),
    ),
})

const createTenant = row({
  method: 'POST',
  path,
  operationId: 'createOrganizationTenant',
  summary: 'Create a tenant in an organization, which the caller owns',
  tag,
  params: OrganizationParams,
  status: 201,
  body: NewTenant,
  example: { name: 'Acme North' },
  response: Tenant,
  responseHeaders: CREATED_HEADERS,
  async run(call) {
    const tenant = await call.as.organization(call.params.organizationId).tenants.create(call.body)
    return created(call, pathOf('tenants', tenant.id), present(Tenant, tenant))
  },
})

const archiveTenant = row({
  method: 'POST',
  path: `${path}/{tenantId}/archive`,
  operationId: 'archiveOrganizationTenant',
  summary: 'Archive a tenant of an organization, until its owner restores it',
  tag,
  params: OneTenant,
  response: Tenant,
  run: async ({ as, params: { organizationId, tenantId } }) =>
    present(Tenant, await as.organization(organizationId).tenants.archive({ tenantId })),
})

const deleteTenant = row({
  method: 'DELETE',
  path: `${path}/{tenantId}`,
  operationId: 'deleteOrganizationTenant',
  summary: 'Delete a tenant of an organization; its owner can restore it until it is purged',
  tag,
  params: OneTenant,
  status: 204,
  response: z.undefined(),
  run: async ({ as, params: { organizationId, tenantId } }) =>
    void (await as.organization(organizationId).tenants.delete({ tenantId })),
})

export const organizationTenantRoutes = [listTenants, createTenant, archiveTenant, deleteTenant]
