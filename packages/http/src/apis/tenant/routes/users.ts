import { z } from 'zod'
import { WireId, wireLine } from '../../../handler/fields.js'
import { SAMPLE } from '../../../handler/sample.js'
import { Message, TenantUser } from '../schemas.js'
import { sameTenant, TenantParams, tenantRoute } from '../current-tenant.js'
import { toTenantUserResponse } from '../responses.js'

const tag = 'Tenant users'
const path = '/tenant/{tenantId}/users'

/** Together they form the single name of the account. */
const Name = wireLine(100)

const listUsers = tenantRoute({
  method: 'GET',
  path,
  summary: 'Everybody who has access to the tenant: its members, active or not, and who runs its organization',
  tag,
  params: TenantParams,
  response: z.array(TenantUser),
  async run({ tenant: inside }) {
    const { tenant } = await inside.get()
    const everyone = await inside.members.listEffective()
    return everyone.map((person) => toTenantUserResponse(person, tenant.organizationId))
  },
})

const addUser = tenantRoute({
  method: 'POST',
  path,
  summary: 'Add a member; creates an account for a new address',
  tag,
  status: 201,
  params: TenantParams,
  body: z.strictObject({
    email: z.string().max(1000),
    firstName: Name.optional(),
    lastName: Name.optional(),
    isActiveInTenant: z.boolean().default(true),
    isAdminInTenant: z.boolean().default(false),
    isDeveloperInTenant: z.boolean().default(false),
  }),
  example: { email: 'newuser@example.com', firstName: 'John', lastName: 'Doe', isDeveloperInTenant: true },
  // For an invited address this is the ID of the invitation: nobody has verified that the account has that address.
  response: Message.extend({ id: WireId, status: z.literal('invited').optional() }),
  async run({ tenant, body }) {
    const name = [body.firstName, body.lastName].filter(Boolean).join(' ')
    const result = await tenant.members.add({
      email: body.email,
      roles: [body.isAdminInTenant ? 'admin' : 'member', ...(body.isDeveloperInTenant ? ['developer'] : [])],
      active: body.isActiveInTenant,
      ...(name === '' ? {} : { name }),
    })
    if (result.status === 'added') return { id: result.member.userId, message: 'The user was added to the tenant' }
    const message = 'The user was invited: the address of the account is not proven yet'
    return { id: result.invitation.id, message, status: 'invited' as const }
  },
})

const updateUser = tenantRoute({
  method: 'PUT',
  path,
  summary: 'Change what a member may do; what is absent stays',
  tag,
  params: TenantParams,
  body: z.strictObject({
    userId: WireId,
    tenantId: WireId,
    isActiveInTenant: z.boolean().optional(),
    isAdminInTenant: z.boolean().optional(),
    isDeveloperInTenant: z.boolean().optional(),
  }),
  example: { userId: SAMPLE.id, tenantId: SAMPLE.id, isAdminInTenant: true },
  response: Message,
  async run({ tenant, params, body }) {
    sameTenant(params, body)
    const { userId, isAdminInTenant: admin, isDeveloperInTenant: developer, isActiveInTenant: active } = body
    const roles = { ...(admin === undefined ? {} : { admin }), ...(developer === undefined ? {} : { developer }) }
    await tenant.members.update({ userId, roles, active })
    return { message: 'The user was changed' }
  },
})

const removeUser = tenantRoute({
  method: 'DELETE',
  path,
  summary: 'End a membership',
  tag,
  params: TenantParams,
  body: z.strictObject({ userId: WireId, tenantId: WireId }),
  example: { userId: SAMPLE.id, tenantId: SAMPLE.id },
  response: Message,
  async run({ tenant, params, body }) {
    sameTenant(params, body)
    await tenant.members.remove({ userId: body.userId })
    return { message: 'The user was removed from the tenant' }
  },
})

export const userRoutes = [listUsers, addUser, updateUser, removeUser]
