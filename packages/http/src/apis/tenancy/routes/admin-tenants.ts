import { TenancyError } from '@tenantry/core'
import { z } from 'zod'
import { WireId, wireLine } from '../../../handler/fields.js'
import { SAMPLE } from '../../../handler/sample.js'
import { TenantParams, toReference } from '../current-tenant.js'
import { PAGE_HEADERS, pageOf, pageQuery, toPageReply } from '../pages.js'
import { present } from '../responses.js'
import { row } from '../row.js'
import { Tenant } from '../schemas.js'

const tag = 'Operators'
const Because = z.strictObject({ reason: wireLine(500).describe('Recorded with the event') })

const listAllTenants = row({
  method: 'GET',
  path: '/admin/tenants',
  operationId: 'listAllTenants',
  summary: 'List every tenant that is not deleted, newest first',
  tag,
  query: z.strictObject(pageQuery),
  response: pageOf(Tenant),
  responseHeaders: PAGE_HEADERS,
  run: async ({ as, query }) =>
    toPageReply(query, await as.tenants.listAll(query), (tenant) => present(Tenant, tenant)),
})

const findTenant = row({
  method: 'GET',
  path: '/admin/tenants/{tenant}',
  operationId: 'findTenant',
  summary: 'Find a tenant, in whichever status',
  tag,
  params: TenantParams,
  response: Tenant,
  async run({ as, params }) {
    const reference = toReference(params.tenant)
    const tenant = await as.tenants.find('slug' in reference ? reference : { id: reference.tenantId })
    if (!tenant) throw new TenancyError('tenant_not_found', 'No such tenant', {})
    return present(Tenant, tenant)
  },
})

const suspendTenant = row({
  method: 'POST',
  path: '/admin/tenants/{tenant}/suspend',
  operationId: 'suspendTenant',
  summary: 'Suspend a tenant: until it is reactivated only operators act in it',
  tag,
  params: TenantParams,
  body: Because,
  example: { reason: 'Unpaid' },
  response: Tenant,
  run: async ({ as, params, body }) =>
    present(Tenant, await as.tenants.suspend({ ...toReference(params.tenant), ...body })),
})

const reactivateTenant = row({
  method: 'POST',
  path: '/admin/tenants/{tenant}/reactivate',
  operationId: 'reactivateTenant',
  summary: 'End the suspension of a tenant',
  tag,
  params: TenantParams,
  body: Because,
  example: { reason: 'Paid' },
  response: Tenant,
  run: async ({ as, params, body }) =>
    present(Tenant, await as.tenants.reactivate({ ...toReference(params.tenant), ...body })),
})

const setPlan = row({
  method: 'PUT',
  path: '/admin/tenants/{tenant}/plan',
  operationId: 'setPlan',
  summary: 'Change a tenant’s plan, which the application’s limits look at',
  tag,
  params: TenantParams,
  body: Because.extend({ plan: wireLine(64) }),
  example: { plan: 'pro', reason: 'Ordered' },
  response: Tenant,
  run: async ({ as, params, body }) =>
    present(Tenant, await as.tenants.setPlan({ ...toReference(params.tenant), ...body })),
})

const transferOwnership = row({
  method: 'POST',
  path: '/admin/tenants/{tenant}/transfer-ownership',
  operationId: 'transferOwnership',
  summary: 'Transfer a tenant to a user without asking its owner, who becomes an admin',
  tag,
  params: TenantParams,
  body: Because.extend({ userId: WireId }),
  example: { userId: SAMPLE.id, reason: 'The owner left the company' },
  response: Tenant,
  run: async ({ as, params, body }) =>
    present(Tenant, await as.tenants.transferOwnership({ ...toReference(params.tenant), ...body })),
})

export const adminTenantRoutes = [
  listAllTenants,
  findTenant,
  suspendTenant,
  reactivateTenant,
  setPlan,
  transferOwnership,
]
