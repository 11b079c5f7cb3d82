import { TenancyError, versionOf } from '@tenantry/core'
import { z } from 'zod'
import { wireLine } from '../../../handler/fields.js'
import { TenantParams, tenantRoute } from '../current-tenant.js'
import { ETAG_HEADERS, ifMatch, versionIn, withETag } from '../etags.js'
import { pageOf, toPageReply } from '../pages.js'
import { present } from '../responses.js'
import { created, CREATED_HEADERS, pathOf } from '../row.js'
import { Role } from '../schemas.js'

const tag = 'Roles'
const params = TenantParams.extend({ role: z.string().max(100).describe('The key of a role') })

const fields = {
  name: wireLine(100),
  rank: z.int().min(0).max(1000).describe('Decides which members its holders may manage'),
  permissions: z.array(z.string().max(130)).max(2000),
}

const listRoles = tenantRoute({
  method: 'GET',
  path: '/tenants/{tenant}/roles',
  operationId: 'listRoles',
  summary: 'List the roles of a tenant: those declared by the application, then its own',
  tag,
  response: pageOf(Role),
  run: async ({ tenant }) => toPageReply({}, { items: await tenant.roles.list() }, (role) => present(Role, role)),
})

const createRole = tenantRoute({
  method: 'POST',
  path: '/tenants/{tenant}/roles',
  operationId: 'createRole',
  summary: 'Create a custom role, below the caller’s rank and with permissions that the caller holds',
  tag,
  status: 201,
  body: z.strictObject({ key: z.string().max(63).describe('a-z, 0-9 and _; it never changes'), ...fields }),
  example: { key: 'auditor', name: 'Auditor', rank: 10, permissions: ['member:read'] },
  response: Role,
  responseHeaders: CREATED_HEADERS,
  async run(call) {
    const role = await call.tenant.roles.create(call.body)
    return created(call, pathOf('tenants', call.params.tenant, 'roles', role.key), present(Role, role))
  },
})

const getRole = tenantRoute({
  method: 'GET',
  path: '/tenants/{tenant}/roles/{role}',
  operationId: 'getRole',
  summary: 'Get a role',
  tag,
  params,
  response: Role,
  responseHeaders: ETAG_HEADERS,
  async run({ tenant, params }) {
    const role = (await tenant.roles.list()).find(({ key }) => key === params.role)
    if (!role) throw new TenancyError('role_not_found', 'No such role', {})
    return withETag(present(Role, role), versionOf.role(role))
  },
})

const updateRole = tenantRoute({
  method: 'PATCH',
  path: '/tenants/{tenant}/roles/{role}',
  operationId: 'updateRole',
  summary: 'Change a custom role, for everybody who holds it; what is left out stays',
  tag,
  params,
  body: z.strictObject(fields).partial(),
  example: { name: 'Auditors' },
  headers: ifMatch,
  response: Role,
  responseHeaders: ETAG_HEADERS,
  async run({ tenant, params, headers, body }) {
    const role = await tenant.roles.update({ key: params.role, ...body, ifVersion: versionIn(headers) })
    return withETag(present(Role, role), versionOf.role(role))
  },
})

const deleteRole = tenantRoute({
  method: 'DELETE',
  path: '/tenants/{tenant}/roles/{role}',
  operationId: 'deleteRole',
  summary: 'Delete a custom role that nobody holds and no open invitation offers',
  tag,
  params,
  status: 204,
  response: z.undefined(),
  run: async ({ tenant, params }) => void (await tenant.roles.delete({ key: params.role })),
})

export const roleRoutes = [listRoles, createRole, getRole, updateRole, deleteRole]
