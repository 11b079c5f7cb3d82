import { z } from 'zod'
import { collectAll } from '../../../handler/collect-all.js'
import { WireId, wireLine } from '../../../handler/fields.js'
import { Message, OrganizationTenant } from '../schemas.js'
import { inOrganization, TenantParams, tenantRoute } from '../current-tenant.js'
import { toOrganizationTenantResponse } from '../responses.js'

const tag = 'Organization'
const path = '/tenant/{tenantId}/organization/tenants'

const listTenants = tenantRoute({
  method: 'GET',
  path,
  summary: 'The organization’s tenants, oldest first, for its admins',
  tag,
  params: TenantParams,
  response: z.array(OrganizationTenant),
  run: (call) =>
    inOrganization(call, async ({ tenants }) =>
      (await collectAll((page) => tenants.list(page))).map(toOrganizationTenantResponse),
    ),
})

const createTenant = tenantRoute({
  method: 'POST',
  path,
  summary: 'Create a tenant in the organization, owned by the caller',
  tag,
  status: 201,
  params: TenantParams,
  body: z.strictObject({
    shortName: z.string().min(1).max(63),
    displayName: wireLine(100).min(1).optional(),
    description: z.string().max(2000).optional(),
  }),
  example: { shortName: 'second', displayName: 'Second', description: 'The second one' },
  response: OrganizationTenant,
  run: (call) =>
    inOrganization(call, async ({ tenants }) => {
      const { shortName, displayName = shortName, description } = call.body
      return toOrganizationTenantResponse(await tenants.create({ name: displayName, slug: shortName, description }))
    }),
})

const deleteTenant = tenantRoute({
  method: 'DELETE',
  path: `${path}/{targetTenantId}`,
  summary: 'Delete a tenant of the organization',
  tag,
  params: TenantParams.extend({ targetTenantId: WireId }),
  response: Message,
  async run(call) {
    await inOrganization(call, ({ tenants }) => tenants.delete({ tenantId: call.params.targetTenantId }))
    return { message: 'The tenant was deleted' }
  },
})

export const organizationTenantRoutes = [listTenants, createTenant, deleteTenant]
