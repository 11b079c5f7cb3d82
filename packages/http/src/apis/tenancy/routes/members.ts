import { versionOf } from '@tenantry/core'
import { z } from 'zod'
import { WireId } from '../../../handler/fields.js'
import { TenantParams, tenantRoute } from '../current-tenant.js'
import { PAGE_HEADERS, pageOf, pageQuery, toPageReply } from '../pages.js'
import { ETAG_HEADERS, ifMatch, versionIn, withETag } from '../etags.js'
import { present } from '../responses.js'
import { EffectiveMember, ListedMember, Member } from '../schemas.js'

const tag = 'Members'
const params = TenantParams.extend({ userId: WireId.describe('The ID of a user') })

const listMembers = tenantRoute({
  method: 'GET',
  path: '/tenants/{tenant}/members',
  operationId: 'listMembers',
  summary: 'List members, active or not, oldest first',
  tag,
  query: z.strictObject({
    ...pageQuery,
    keyword: z.string().max(800).optional().describe('Part of a name or email address'),
    role: z.string().max(100).optional().describe('One of their roles'),
  }),
  response: pageOf(ListedMember),
  responseHeaders: PAGE_HEADERS,
  run: async ({ tenant, query }) =>
    toPageReply(query, await tenant.members.list(query), (member) => present(ListedMember, member)),
})

const listEffectiveMembers = tenantRoute({
  method: 'GET',
  path: '/tenants/{tenant}/effective-members',
  operationId: 'listEffectiveMembers',
  summary: 'List members and, after them, the organization’s admins who have access without a membership',
  tag,
  response: pageOf(EffectiveMember),
  run: async ({ tenant }) =>
    toPageReply({}, { items: await tenant.members.listEffective() }, (member) => present(EffectiveMember, member)),
})

const getMember = tenantRoute({
  method: 'GET',
  path: '/tenants/{tenant}/members/{userId}',
  operationId: 'getMember',
  summary: 'Get a member, active or not',
  tag,
  params,
  response: ListedMember,
  responseHeaders: ETAG_HEADERS,
  async run({ tenant, params }) {
    const member = await tenant.members.get({ userId: params.userId })
    return withETag(present(ListedMember, member), versionOf.member(member))
  },
})

const updateMember = tenantRoute({
  method: 'PATCH',
  path: '/tenants/{tenant}/members/{userId}',
  operationId: 'updateMember',
  summary: 'Change a member: single roles, whether they are active, and the metadata',
  tag,
  params,
  body: z
    .strictObject({
      roles: z.record(z.string(), z.boolean()).optional().describe('By role: whether the member holds it from now on'),
      active: z.boolean().optional(),
      metadata: z.record(z.string(), z.unknown()).nullable().optional().describe('Replaced as a whole'),
    })
    .refine((changes) => Object.values(changes).some((value) => value !== undefined), 'names nothing to change'),
  example: { roles: { viewer: true } },
  headers: ifMatch,
  response: Member,
  responseHeaders: ETAG_HEADERS,
  async run({ tenant, params, headers, body }) {
    const member = await tenant.members.update({ userId: params.userId, ...body, ifVersion: versionIn(headers) })
    return withETag(present(Member, member), versionOf.member(member))
  },
})

const setRoles = tenantRoute({
  method: 'PUT',
  path: '/tenants/{tenant}/members/{userId}/roles',
  operationId: 'setRoles',
  summary: 'Give a member other roles, in place of those they had',
  tag,
  params,
  body: z.strictObject({ roles: z.array(z.string().max(100)).min(1).max(10) }),
  example: { roles: ['viewer'] },
  response: Member,
  run: async ({ tenant, params, body }) =>
    present(Member, await tenant.members.setRoles({ userId: params.userId, roles: body.roles })),
})

const removeMember = tenantRoute({
  method: 'DELETE',
  path: '/tenants/{tenant}/members/{userId}',
  operationId: 'removeMember',
  summary: 'End a membership, and revoke the invitations that the member sent',
  tag,
  params,
  status: 204,
  response: z.undefined(),
  run: async ({ tenant, params }) => void (await tenant.members.remove({ userId: params.userId })),
})

const SUMMARIES = {
  promote: 'Make a member an admin, in place of the roles they had',
  demote: 'Make an admin a plain member',
  activate: 'Let a deactivated member work again, with the roles and overrides from before',
  deactivate: 'Refuse a member everywhere in the tenant until they are activated again',
} as const

const memberActions = (['promote', 'demote', 'activate', 'deactivate'] as const).map((action) =>
  tenantRoute({
    method: 'POST',
    path: `/tenants/{tenant}/members/{userId}/${action}`,
    operationId: `${action}Member`,
    summary: SUMMARIES[action],
    tag,
    params,
    response: Member,
    run: async ({ tenant, params }) => present(Member, await tenant.members[action]({ userId: params.userId })),
  }),
)

export const memberRoutes = [
  listMembers,
  listEffectiveMembers,
  getMember,
  updateMember,
  setRoles,
  removeMember,
  ...memberActions,
]
