import { z } from 'zod'
import { Role, Success, SUCCESS } from '../schemas.js'
import { workspaceRoute } from '../current-workspace.js'
import { toRoleResponse } from '../responses.js'

const tag = 'Roles'
const path = '/workspaces/current/roles'

const Key = z.string().max(63)
const RoleParams = z.strictObject({ role_key: Key })
const Terms = z.strictObject({
  name: z.string().max(1000),
  rank: z.int().min(0).max(39).describe('Over whom its holders have authority; an admin’s is 40'),
  permissions: z.array(z.string().max(130)).max(2000).describe('Names in full, never patterns'),
})
const WithRole = Success.extend({ role: Role })

const listRoles = workspaceRoute({
  method: 'GET',
  path,
  summary: 'Every role there is in the current workspace, its own last',
  tag,
  response: z.object({ data: z.array(Role) }),
  async run({ workspace }) {
    return { data: (await workspace.roles.list()).map(toRoleResponse) }
  },
})

const createRole = workspaceRoute({
  method: 'POST',
  path,
  summary: 'Create a custom role from permissions that the caller has',
  tag,
  status: 201,
  body: Terms.extend({ key: Key }),
  example: { key: 'recruiter', name: 'Recruiter', rank: 25, permissions: ['invitation:create', 'invitation:read'] },
  response: WithRole,
  async run({ workspace, body }) {
    return { ...SUCCESS, role: toRoleResponse(await workspace.roles.create(body)) }
  },
})

const updateRole = workspaceRoute({
  method: 'PUT',
  path: `${path}/{role_key}`,
  summary: 'Change a role of the workspace’s own, for everybody who holds it; what is absent stays',
  tag,
  params: RoleParams,
  body: Terms.partial(),
  example: { name: 'Head of people', permissions: ['invitation:create', 'invitation:read', 'invitation:revoke'] },
  response: WithRole,
  async run({ workspace, params, body }) {
    return { ...SUCCESS, role: toRoleResponse(await workspace.roles.update({ ...body, key: params.role_key })) }
  },
})

const deleteRole = workspaceRoute({
  method: 'DELETE',
  path: `${path}/{role_key}`,
  summary: 'Delete a custom role that no member has and no pending invitation offers',
  tag,
  params: RoleParams,
  response: Success,
  async run({ workspace, params }) {
    await workspace.roles.delete({ key: params.role_key })
    return SUCCESS
  },
})

export const roleRoutes = [listRoles, createRole, updateRole, deleteRole]
