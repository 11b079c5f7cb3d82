import { isTenancyError } from '@tenantry/core'
import type { TenantClient, TenancyError } from '@tenantry/core'
import { z } from 'zod'
import { WireId } from '../../../handler/fields.js'
import { defineRoute } from '../../../handler/route.js'
import { SAMPLE } from '../../../handler/sample.js'
import { AddResult, answerOf, Done, done, Permissions, refused } from '../schemas.js'
import { AnyId, inTeam, onMember } from '../ids.js'
import { fromWireRole, toAdditionsResponse, toPermissionsResponse } from '../responses.js'

const tag = 'Members'
const TeamParams = z.strictObject({ tenant_id: AnyId })
const MemberParams = TeamParams.extend({ user_id: AnyId })
const path = '/tenant/{tenant_id}'

const Address = z.string().max(1000)
/** `normal`, `admin` or, for `role`, `invite`, in any case. Only the row with an unknown role is rejected. */
const RoleOfInput = z.string().max(100).toLowerCase()

const Addition = z.union([
  Address,
  z
    .strictObject({
      email: Address,
      role: RoleOfInput.default('normal'),
      /** The role that an invitation offers. Default `normal`. */
      invited_role: RoleOfInput.optional(),
    })
    .refine(({ role, invited_role }) => role === 'invite' || invited_role === undefined, {
      path: ['invited_role'],
      message: 'is for the role invite',
    }),
])

function memberOf(addition: z.output<typeof Addition>) {
  if (typeof addition === 'string') return { email: addition, role: coreRole('normal') }
  const { email, role, invited_role = 'normal' } = addition
  if (role === 'invite') return { email, role: coreRole(invited_role), invite: true }
  return { email, role: coreRole(role) }
}

/** Only roles of this API can be assigned. */
function coreRole(role: string): string {
  return role === 'normal' || role === 'admin' ? fromWireRole(role) : ''
}

const addUsers = defineRoute({
  method: 'POST',
  path: `${path}/users/add`,
  summary: 'Add or invite people by address; one who is refused fails alone',
  tag,
  params: TeamParams,
  body: z.strictObject({ users: z.array(Addition).min(1).max(100) }),
  example: { users: [{ email: SAMPLE.email, role: 'normal' }] },
  response: answerOf(AddResult),
  async run(call) {
    const members = call.body.users.map(memberOf)
    const results = await inTeam(call, call.params.tenant_id, (team) =>
      team.members.addOrInvite({ members, accountsOnly: true }),
    )
    const data = toAdditionsResponse(results)
    if (data.added.length === 0) return refused({ status: 400, code: 102 }, 'Nobody could be added', data)
    return done(data, data.failed.length === 0 ? 'success' : `${data.failed.length} could not be added`)
  },
})

const removeUser = defineRoute({
  method: 'POST',
  path: `${path}/user/remove`,
  summary: 'Remove somebody from the team, oneself included, or withdraw their invitation; the owner stays',
  tag,
  params: TeamParams,
  body: z.strictObject({ user_id: AnyId }),
  example: { user_id: SAMPLE.id },
  response: answerOf(z.object({ user_id: WireId, email: z.string() })),
  async run(call) {
    const named = { ...call.params, ...call.body }
    return done(
      await onMember(call, named, async (team, userId) => {
        try {
          const { user } = await team.members.remove({ userId, allowSelf: true })
          return { user_id: user.id, email: user.email }
        } catch (error) {
          if (!isTenancyError(error, 'member_not_found')) throw error
          return { user_id: userId, email: await withdraw(team, userId, error) }
        }
      }),
    )
  },
})

/** The email address of the revoked invitation. Without an invitation, nobody was removed. */
async function withdraw(team: TenantClient, userId: string, notFound: TenancyError): Promise<string> {
  try {
    return (await team.invitations.revoke({ userId })).email
  } catch (error) {
    throw isTenancyError(error, 'invitation_not_found') ? notFound : error
  }
}

const promote = defineRoute({
  method: 'POST',
  path: `${path}/admin/{user_id}/promote`,
  summary: 'Promote a member to admin',
  tag,
  params: MemberParams,
  response: Done,
  async run(call) {
    await onMember(call, call.params, (team, userId) => team.members.promote({ userId }))
    return done(true as const, 'The user is an admin')
  },
})

const demote = defineRoute({
  method: 'POST',
  path: `${path}/admin/{user_id}/demote`,
  summary: 'Demote an admin to member',
  tag,
  params: MemberParams,
  response: Done,
  async run(call) {
    await onMember(call, call.params, (team, userId) => team.members.demote({ userId }))
    return done(true as const, 'The user is a normal member')
  },
})

const getPermissions = defineRoute({
  method: 'GET',
  path: `${path}/users/{user_id}/permissions`,
  summary: 'What a member may do with datasets and canvases',
  tag,
  params: MemberParams,
  response: answerOf(Permissions),
  async run(call) {
    const found = await onMember(call, call.params, (team, userId) => team.members.getOverrides({ userId }))
    return done(toPermissionsResponse(found.permissions))
  },
})

const Verbs = z.strictObject({
  create: z.boolean().optional(),
  read: z.boolean().optional(),
  update: z.boolean().optional(),
  delete: z.boolean().optional(),
})

const setPermissions = defineRoute({
  method: 'PUT',
  path: `${path}/users/{user_id}/permissions`,
  summary: 'Grant or deny single permissions; what is not named stays',
  tag,
  closed: true,
  params: MemberParams,
  body: z.strictObject({ permissions: z.strictObject({ dataset: Verbs.optional(), canvas: Verbs.optional() }) }),
  example: { permissions: { dataset: { create: true, read: true }, canvas: { delete: false } } },
  response: answerOf(Permissions),
  async run(call) {
    const overrides = Object.fromEntries(
      Object.entries(call.body.permissions).flatMap(([resource, verbs]) =>
        Object.entries(verbs ?? {}).map(([verb, value]) => [`${resource}:${verb}`, value]),
      ),
    )
    const set = await onMember(call, call.params, (team, userId) => team.members.setOverrides({ userId, overrides }))
    return done(toPermissionsResponse(set.permissions))
  },
})

export const memberRoutes = [addUsers, removeUser, promote, demote, getPermissions, setPermissions]
