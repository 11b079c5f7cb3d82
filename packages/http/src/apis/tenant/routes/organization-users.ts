import { z } from 'zod'
import { collectAll } from '../../../handler/collect-all.js'
import { WireId } from '../../../handler/fields.js'
import { SAMPLE } from '../../../handler/sample.js'
import { Message, OrganizationUser } from '../schemas.js'
import { inOrganization, TenantParams, tenantRoute } from '../current-tenant.js'
import { toOrganizationUserResponse } from '../responses.js'

const tag = 'Organization'
const path = '/tenant/{tenantId}/organization/users'

const listUsers = tenantRoute({
  method: 'GET',
  path,
  summary: 'The organization’s members, oldest first',
  tag,
  params: TenantParams,
  response: z.array(OrganizationUser),
  run: (call) =>
    inOrganization(call, async ({ members }) =>
      (await collectAll((page) => members.list(page))).map(toOrganizationUserResponse),
    ),
})

const putUser = tenantRoute({
  method: 'PUT',
  path,
  summary: 'Change what a member of the organization is; somebody of its tenants becomes a member',
  tag,
  params: TenantParams,
  body: z.strictObject({
    userId: WireId,
    isActiveInOrganization: z.boolean().optional(),
    isAdminInOrganization: z.boolean().optional(),
  }),
  example: { userId: SAMPLE.id, isAdminInOrganization: true },
  response: Message,
  async run(call) {
    const { userId, isActiveInOrganization: active, isAdminInOrganization: admin } = call.body
    await inOrganization(call, ({ members }) => members.set({ userId, active, admin }))
    return { message: 'The user was changed' }
  },
})

const removeUser = tenantRoute({
  method: 'DELETE',
  path,
  summary: 'End a membership of the organization; those of its tenants stay',
  tag,
  params: TenantParams,
  body: z.strictObject({ userId: WireId }),
  example: { userId: SAMPLE.id },
  response: Message,
  async run(call) {
    await inOrganization(call, ({ members }) => members.remove({ userId: call.body.userId }))
    return { message: 'The user was removed from the organization' }
  },
})

export const organizationUserRoutes = [listUsers, putUser, removeUser]
