import { z } from 'zod'
import { IsoTime, WireId, wireLine } from '../../../handler/fields.js'
import { tenantRoute } from '../current-tenant.js'
import { created, CREATED_HEADERS, pathOf } from '../row.js'
import { AddResult, RowResult, toAddResult, toRowResult } from '../row-results.js'

const tag = 'Members'

const fields = {
  role: z.string().max(100).optional().describe('Either one role, or several `roles`'),
  roles: z.array(z.string().max(100)).min(1).max(10).optional(),
  active: z.boolean().optional().describe('Default `true`'),
  name: wireLine(100).optional().describe('Of an account that is created now'),
  metadata: z.record(z.string(), z.unknown()).nullable().optional(),
  language: z.string().max(35).optional(),
}

const addMember = tenantRoute({
  method: 'POST',
  path: '/tenants/{tenant}/members',
  operationId: 'addMember',
  summary: 'Add a member by email address; an address that nobody has proven is invited instead',
  tag,
  status: 201,
  body: z.strictObject({ email: z.string().max(1000), ...fields }),
  example: { email: 'new@example.com', role: 'member' },
  response: AddResult,
  responseHeaders: CREATED_HEADERS,
  async run(call) {
    const { params, tenant, body } = call
    const result = await tenant.members.add(body)
    const [noun, id] =
      result.status === 'added'
        ? (['members', result.member.userId] as const)
        : (['invitations', result.invitation.id] as const)
    return created(call, pathOf('tenants', params.tenant, noun, id), toAddResult(result))
  },
})

const addMembers = tenantRoute({
  method: 'POST',
  path: '/tenants/{tenant}/members/bulk',
  operationId: 'addMembers',
  summary: 'Add up to 1000 members; a row that is refused fails alone',
  tag,
  body: z.strictObject({
    members: z
      .array(
        z.strictObject({
          email: z.string().max(1000).optional().describe('Either an email address, or a `userId`'),
          userId: WireId.optional().describe('For operators'),
          joinedAt: IsoTime.optional().describe('For operators'),
          ...fields,
        }),
      )
      .min(1)
      .max(1000),
    notify: z.boolean().optional().describe('Default `true`. `false` is for operators'),
  }),
  example: { members: [{ email: 'new@example.com', role: 'member' }] },
  response: z.object({ results: z.array(RowResult) }),
  async run({ tenant, body }) {
    const members = body.members.map(({ joinedAt, ...member }) => ({
      ...member,
      ...(joinedAt === undefined ? {} : { joinedAt: Date.parse(joinedAt) }),
    }))
    return { results: (await tenant.members.addMany({ ...body, members })).map(toRowResult) }
  },
})

const addOrInvite = tenantRoute({
  method: 'POST',
  path: '/tenants/{tenant}/members/add-or-invite',
  operationId: 'addOrInviteMembers',
  summary: 'Add or invite up to 100 people; a row that is refused fails alone',
  tag,
  body: z.strictObject({
    members: z
      .array(
        z.strictObject({
          email: z.string().max(1000),
          role: z.string().max(100),
          invite: z.boolean().optional().describe('Whether they are asked first. Default `false`'),
        }),
      )
      .min(1)
      .max(100),
  }),
  example: { members: [{ email: 'new@example.com', role: 'member', invite: true }] },
  response: z.object({ results: z.array(RowResult) }),
  run: async ({ tenant, body }) => ({ results: (await tenant.members.addOrInvite(body)).map(toRowResult) }),
})

export const additionRoutes = [addMember, addMembers, addOrInvite]
