import { versionOf } from '@tenantry/core'
import { z } from 'zod'
import { WireId, wireLine } from '../../../handler/fields.js'
import { TenantParams, tenantRoute, toReference } from '../current-tenant.js'
import { PAGE_HEADERS, pageOf, pageQuery, queryFlag, toPageReply } from '../pages.js'
import { ETAG_HEADERS, ifMatch, versionIn, withETag } from '../etags.js'
import { present } from '../responses.js'
import { created, CREATED_HEADERS, pathOf, row } from '../row.js'
import { Totals } from '../resource-schemas.js'
import { Joined, Membership, MyTenant, Organization, Tenant } from '../schemas.js'

const tag = 'Tenants'

const fields = {
  name: wireLine(100),
  slug: z.string().max(63).nullable().optional().describe('The name in URLs: a-z, 0-9 and single dashes'),
  joinPolicy: Tenant.shape.joinPolicy.optional(),
  description: z.string().max(8000).nullable().optional(),
  settings: z.record(z.string(), z.unknown()).optional().describe('`null` is the default of a setting'),
}

export const NewTenant = z.strictObject({
  ...fields,
  type: z.enum(['group', 'institution']).optional(),
  ownerId: WireId.optional().describe('Default: the caller. For operators'),
})

const listTenants = row({
  method: 'GET',
  path: '/tenants',
  operationId: 'listTenants',
  summary: 'List the active tenants that the caller is a member of, oldest membership first',
  tag,
  query: z.strictObject({ ...pageQuery, countMembers: queryFlag().describe('Whether to count the members of each') }),
  response: pageOf(MyTenant),
  responseHeaders: PAGE_HEADERS,
  run: async ({ as, query }) => toPageReply(query, await as.tenants.list(query), (tenant) => present(MyTenant, tenant)),
})

const createTenant = row({
  method: 'POST',
  path: '/tenants',
  operationId: 'createTenant',
  summary: 'Create a tenant, which the caller owns',
  tag,
  status: 201,
  body: NewTenant,
  example: { name: 'Acme', slug: 'acme' },
  response: Tenant,
  responseHeaders: CREATED_HEADERS,
  async run(call) {
    const tenant = await call.as.tenants.create(call.body)
    return created(call, pathOf('tenants', tenant.id), present(Tenant, tenant))
  },
})

const getTenant = tenantRoute({
  method: 'GET',
  path: '/tenants/{tenant}',
  operationId: 'getTenant',
  summary: 'Get a tenant',
  tag,
  response: Tenant,
  responseHeaders: ETAG_HEADERS,
  async run(call) {
    const { tenant } = await call.tenant.get()
    return withETag(present(Tenant, tenant), versionOf.tenant(tenant))
  },
})

const updateTenant = tenantRoute({
  method: 'PATCH',
  path: '/tenants/{tenant}',
  operationId: 'updateTenant',
  summary: 'Change a tenant; what is left out stays',
  tag,
  body: z.strictObject({ ...fields, name: fields.name.optional() }),
  example: { name: 'Acme Ltd', settings: {} },
  headers: ifMatch,
  response: Tenant,
  responseHeaders: ETAG_HEADERS,
  async run({ tenant, headers, body }) {
    const updated = await tenant.update({ ...body, ifVersion: versionIn(headers) })
    return withETag(present(Tenant, updated), versionOf.tenant(updated))
  },
})

const deleteTenant = tenantRoute({
  method: 'DELETE',
  path: '/tenants/{tenant}',
  operationId: 'deleteTenant',
  summary: 'Delete a tenant; its owner can restore it until it is purged',
  tag,
  status: 204,
  response: z.undefined(),
  run: async ({ tenant }) => void (await tenant.delete()),
})

const archiveTenant = tenantRoute({
  method: 'POST',
  path: '/tenants/{tenant}/archive',
  operationId: 'archiveTenant',
  summary: 'Archive a tenant: nobody works in it until it is restored',
  tag,
  response: Tenant,
  run: async ({ tenant }) => present(Tenant, await tenant.archive()),
})

const restoreTenant = tenantRoute({
  method: 'POST',
  path: '/tenants/{tenant}/restore',
  operationId: 'restoreTenant',
  summary: 'Restore an archived tenant or, for its owner, a deleted one',
  tag,
  response: Tenant,
  run: async ({ tenant }) => present(Tenant, await tenant.restore()),
})

const getMembership = tenantRoute({
  method: 'GET',
  path: '/tenants/{tenant}/membership',
  operationId: 'getMembership',
  summary: 'Get the caller’s own membership',
  tag,
  response: Membership,
  run: async ({ tenant }) => present(Membership, (await tenant.get()).membership),
})

const leaveTenant = tenantRoute({
  method: 'POST',
  path: '/tenants/{tenant}/leave',
  operationId: 'leaveTenant',
  summary: 'End the caller’s own membership; the owner transfers the ownership first',
  tag,
  status: 204,
  response: z.undefined(),
  run: async ({ tenant }) => void (await tenant.members.leave()),
})

const switchTenant = row({
  method: 'POST',
  path: '/tenants/{tenant}/switch',
  operationId: 'switchTenant',
  summary: 'Make a tenant the one that the caller works in when none is named',
  tag,
  params: TenantParams,
  response: Joined,
  run: async ({ as, params }) => present(Joined, await as.tenants.switch(toReference(params.tenant))),
})

const getTenantOrganization = tenantRoute({
  method: 'GET',
  path: '/tenants/{tenant}/organization',
  operationId: 'getTenantOrganization',
  summary: 'Get the organization that a tenant is in',
  tag,
  response: Organization,
  run: async ({ tenant }) => present(Organization, await tenant.organization()),
})

const getStatistics = tenantRoute({
  method: 'GET',
  path: '/tenants/{tenant}/statistics',
  operationId: 'getTenantStatistics',
  summary: 'Count a tenant’s resources by type, with their bytes, and its active members',
  tag,
  response: z.object({ resources: Totals, activeMembers: z.int().nonnegative() }),
  run: ({ tenant }) => tenant.resources.statistics(),
})

export const tenantRoutes = [
  listTenants,
  createTenant,
  getTenant,
  updateTenant,
  deleteTenant,
  archiveTenant,
  restoreTenant,
  getMembership,
  leaveTenant,
  switchTenant,
  getTenantOrganization,
  getStatistics,
]
