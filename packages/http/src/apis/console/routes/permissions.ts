import { z } from 'zod'
import { WireId } from '../../../handler/fields.js'
import { SAMPLE } from '../../../handler/sample.js'
import { workspaceRoute } from '../current-workspace.js'
import { firstRole } from '../responses.js'
import { toWireRole } from '../roles.js'

const tag = 'Permissions'
const path = '/workspaces/current/permissions'

const listPermissions = workspaceRoute({
  method: 'GET',
  path,
  summary: 'What the caller may do in the current workspace',
  tag,
  response: z.object({ role: z.string(), roles: z.array(z.string()), permissions: z.array(z.string()) }),
  async run({ workspace }) {
    const access = await workspace.access()
    return {
      role: firstRole(access.roles),
      roles: access.roles.map(toWireRole),
      permissions: [...access.permissions()],
    }
  },
})

const explainPermission = workspaceRoute({
  method: 'POST',
  path: `${path}/explain`,
  summary: 'Whether a member may do something, and why',
  tag,
  body: z.strictObject({
    user_id: WireId,
    permission: z.string().max(130),
    resource: z
      .strictObject({
        owner_id: WireId.nullable().optional(),
        visibility: z.enum(['private', 'tenant']).optional(),
        tenant_id: WireId.nullable().optional(),
        shared_tenant_id: WireId.nullable().optional(),
      })
      .optional(),
  }),
  example: { user_id: SAMPLE.id, permission: 'member:remove' },
  response: z.object({ allowed: z.boolean(), reason: z.string().nullable(), rule: z.string().nullable() }),
  async run({ workspace, body: { user_id: userId, permission, resource } }) {
    const decision = await workspace.members.explain({
      userId,
      permission,
      resource: resource && {
        ownerId: resource.owner_id,
        visibility: resource.visibility,
        tenantId: resource.tenant_id,
        sharedTenantId: resource.shared_tenant_id,
      },
    })
    return {
      allowed: decision.allowed,
      reason: decision.allowed ? null : decision.reason,
      rule: decision.allowed ? decision.rule : null,
    }
  },
})

export const permissionRoutes = [listPermissions, explainPermission]
