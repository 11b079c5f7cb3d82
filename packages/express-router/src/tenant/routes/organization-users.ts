import { z } from 'zod'
import { everyRow } from '../../http/every-row.js'
import { WireId } from '../../http/fields.js'
import { SAMPLE } from '../../http/sample.js'
import { Message, OrganizationUser } from '../answers.js'
import { inOrganization, TenantParams, tenantRoute } from '../current-tenant.js'
import { presentOrganizationUser } from '../present.js'

const tag = 'Organization'
const path = '/tenant/{tenantId}/organization/users'

const listUsers = tenantRoute({
  method: 'GET',
  path,
  summary: 'The organization’s members, oldest first',
  tag,
  params: TenantParams,
  answer: z.array(OrganizationUser),
  run: (call) =>
    inOrganization(call, async ({ members }) =>
      (await everyRow((page) => members.list(page))).map(presentOrganizationUser),
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
  answer: Message,
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
  answer: Message,
  async run(call) {
    await inOrganization(call, ({ members }) => members.remove({ userId: call.body.userId }))
    return { message: 'The user was removed from the organization' }
  },
})

export const organizationUserRoutes = [listUsers, putUser, removeUser]
