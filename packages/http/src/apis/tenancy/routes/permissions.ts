import { z } from 'zod'
import { WireId } from '../../../handler/fields.js'
import { SAMPLE } from '../../../handler/sample.js'
import { TenantParams, tenantRoute } from '../current-tenant.js'
import { PAGE_HEADERS, pageOf, pageQuery, toPageReply } from '../pages.js'
import { present } from '../responses.js'
import { ListedMember } from '../schemas.js'

const tag = 'Permissions'
const OfMember = TenantParams.extend({ userId: WireId.describe('The ID of a user') })
const Permission = z.string().max(130)

/** The attributes of the resource that a permission check is about. */
const facts = {
  ownerId: WireId.optional(),
  visibility: z.enum(['private', 'tenant']).optional(),
  tenantId: WireId.optional().describe('The tenant that it belongs to'),
  sharedTenantId: WireId.optional().describe('The tenant that it is shared with'),
}
const Question = z.strictObject({ permission: Permission, resource: z.strictObject(facts).optional() })

const getPermissions = tenantRoute({
  method: 'GET',
  path: '/tenants/{tenant}/permissions',
  operationId: 'getPermissions',
  summary: 'Get the caller’s roles and permissions',
  tag,
  response: z.object({
    tenantId: WireId,
    userId: WireId,
    roles: z.array(z.string()),
    rank: z.int(),
    permissions: z.array(z.string()),
  }),
  async run({ tenant }) {
    const access = await tenant.access()
    const { userId, roles, rank } = access
    return { tenantId: access.tenant.id, userId, roles: [...roles], rank, permissions: [...access.permissions()] }
  },
})

const checkPermissions = tenantRoute({
  method: 'POST',
  path: '/tenants/{tenant}/permissions/check',
  operationId: 'checkPermissions',
  summary: 'Check whether the caller may do each of up to 100 things',
  tag,
  body: z.strictObject({ checks: z.array(Question).min(1).max(100) }),
  example: { checks: [{ permission: 'member:invite' }] },
  response: z.object({ results: z.array(z.object({ permission: z.string(), allowed: z.boolean() })) }),
  async run({ tenant, body: { checks } }) {
    const answers = (await tenant.access()).canMany(checks)
    return { results: checks.map(({ permission }, at) => ({ permission, allowed: answers[at] ?? false })) }
  },
})

const Explanation = z.object({
  permission: z.string(),
  allowed: z.boolean(),
  /** The rule that allows it; `null` if it is denied. */
  rule: z.string().nullable(),
  /** The reason for the denial; `null` if it is allowed. */
  reason: z.string().nullable(),
  message: z.string(),
})

const explainPermission = tenantRoute({
  method: 'POST',
  path: '/tenants/{tenant}/permissions/explain',
  operationId: 'explainPermission',
  summary: 'Explain why a member may do something, or may not; anyone may ask about themselves',
  tag,
  body: Question.extend({ userId: WireId.optional().describe('Default: the caller') }),
  example: { permission: 'member:remove' },
  response: Explanation,
  async run({ tenant, body: { userId, ...question } }) {
    const explained =
      userId === undefined
        ? (await tenant.access()).explain(question.permission, question.resource)
        : await tenant.members.explain({ userId, ...question })
    const { allowed, message } = explained
    const [rule, reason] = explained.allowed ? [explained.rule, null] : [null, explained.reason]
    return { permission: question.permission, allowed, rule, reason, message }
  },
})

const listHolders = tenantRoute({
  method: 'GET',
  path: '/tenants/{tenant}/permissions/holders',
  operationId: 'listPermissionHolders',
  summary: 'List the members who have a permission, oldest first',
  tag,
  query: z.strictObject({
    ...pageQuery,
    permission: Permission,
    ownerId: facts.ownerId.describe('Who owns the resource that it is about'),
    visibility: facts.visibility,
  }),
  response: pageOf(ListedMember),
  responseHeaders: PAGE_HEADERS,
  async run({ tenant, query }) {
    const { limit, cursor, permission, ...resource } = query
    const hasFacts = Object.values(resource).some((fact) => fact !== undefined)
    const asked = { limit, cursor, permission, ...(hasFacts ? { resource } : {}) }
    return toPageReply(query, await tenant.members.listByPermission(asked), (member) => present(ListedMember, member))
  },
})

const previewAccessChange = tenantRoute({
  method: 'POST',
  path: '/tenants/{tenant}/permissions/preview',
  operationId: 'previewAccessChange',
  summary: 'Preview what a member would gain and lose by other roles and overrides; nothing is changed',
  tag,
  body: z.strictObject({
    userId: WireId,
    roles: z.array(z.string().max(100)).min(1).max(10).optional(),
    overrides: z.record(z.string(), z.boolean().nullable()).optional(),
  }),
  example: { userId: SAMPLE.id, roles: ['viewer'] },
  response: z.object({ gains: z.array(z.string()), loses: z.array(z.string()) }),
  async run({ tenant, body }) {
    const { gains, loses } = await tenant.members.previewAccessChange(body)
    return { gains: [...gains], loses: [...loses] }
  },
})

/** Overrides by permission, and the member's permissions on the host's resources, by resource and verb. */
const MemberOverrides = z.object({
  overrides: z.record(z.string(), z.boolean()),
  permissions: z.record(z.string(), z.record(z.string(), z.boolean())),
})

const getOverrides = tenantRoute({
  method: 'GET',
  path: '/tenants/{tenant}/members/{userId}/overrides',
  operationId: 'getOverrides',
  summary: 'Get a member’s overrides, and what the member may do with them',
  tag,
  params: OfMember,
  response: MemberOverrides,
  run: ({ tenant, params }) => tenant.members.getOverrides({ userId: params.userId }),
})

const setOverrides = tenantRoute({
  method: 'PATCH',
  path: '/tenants/{tenant}/members/{userId}/overrides',
  operationId: 'setOverrides',
  summary: 'Grant or deny single permissions to a member; what is not named stays',
  tag,
  params: OfMember,
  body: z.strictObject({
    overrides: z
      .record(z.string(), z.boolean().nullable())
      .describe('`true` grants, `false` denies, `null` leaves it to the roles'),
  }),
  example: { overrides: { 'invoice:approve': true } },
  response: MemberOverrides,
  run: ({ tenant, params, body }) => tenant.members.setOverrides({ userId: params.userId, ...body }),
})

export const permissionRoutes = [
  getPermissions,
  checkPermissions,
  explainPermission,
  listHolders,
  previewAccessChange,
  getOverrides,
  setOverrides,
]
