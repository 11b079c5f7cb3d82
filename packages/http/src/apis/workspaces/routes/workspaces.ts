import { isTenancyError } from '@tenantry/core'
import type { TenantClient } from '@tenantry/core'
import { z } from 'zod'
import { isoTime, WireId } from '../../../handler/fields.js'
import { defineRoute } from '../../../handler/route.js'
import type { Route } from '../../../handler/route.js'
import { JoinPolicy, pageOf, PublicWorkspace, WorkspaceDetail, WorkspaceListed } from '../schemas.js'
import {
  askedPage,
  pageQuery,
  toListedResponse,
  toMemberResponse,
  toPageResponse,
  toPublicResponse,
} from '../responses.js'

const tag = 'Workspaces'
const params = z.strictObject({ workspace_id: WireId })
const Name = z.string().max(1000)

/** The maximum number of members in a workspace's details. */
const FIRST_MEMBERS = 50

const listWorkspaces = defineRoute({
  method: 'GET',
  path: '/workspaces',
  summary: 'The active workspaces of the caller, oldest membership first',
  tag,
  query: z.strictObject(pageQuery),
  response: pageOf(WorkspaceListed),
  run: async ({ as, query }) =>
    toPageResponse(query, await as.tenants.list({ ...askedPage(query), countMembers: true }), toListedResponse),
})

/** A workspace with all details that its members see. */
async function detailOf(member: TenantClient): Promise<z.infer<typeof WorkspaceDetail>> {
  const { tenant } = await member.get()
  const [access, members, listed, categories] = await Promise.all([
    member.access(),
    member.members.list({ limit: FIRST_MEMBERS, page: 1 }),
    member.resources.list({ type: 'protocol', limit: 1, page: 1 }),
    member.resources.countLabels({ type: 'protocol', kind: 'category' }),
  ])
  return {
    ...toPublicResponse({ ...tenant, membersCount: members.total ?? 0 }),
    created_on: isoTime(tenant.createdAt),
    members: members.items.map(toMemberResponse),
    permissions: [...access.permissions()],
    protocols_count: listed.total ?? 0,
    categories: categories.map(({ label, count }) => ({ name: label, count })),
  }
}

const createWorkspace = defineRoute({
  method: 'POST',
  path: '/workspaces',
  summary: 'Create a workspace, owned by the caller',
  tag,
  status: 201,
  body: z.strictObject({
    name: Name,
    type: z.enum(['group', 'institution']).optional(),
    join_policy: JoinPolicy.optional(),
  }),
  example: { name: 'Cell biology', type: 'group', join_policy: 'request' },
  response: WorkspaceDetail,
  async run({ as, enter, body: { name, type, join_policy: joinPolicy } }) {
    const { id } = await as.tenants.create({ name, type, joinPolicy })
    return detailOf(enter(id))
  },
})

const getWorkspace = defineRoute({
  method: 'GET',
  path: '/workspaces/{workspace_id}',
  summary: 'A workspace; of one that lets people in, its public part to those who are no members',
  tag,
  params,
  response: z.union([WorkspaceDetail, PublicWorkspace]),
  async run({ as, enter, params: { workspace_id: tenantId } }) {
    const member = as.in(tenantId)
    try {
      await member.get()
    } catch (error) {
      if (!isTenancyError(error, 'tenant_not_found')) throw error
      return toPublicResponse(await as.tenants.preview({ tenantId }))
    }
    return detailOf(enter(tenantId))
  },
})

const updateWorkspace = defineRoute({
  method: 'PUT',
  path: '/workspaces/{workspace_id}',
  summary: 'Change what is named; the rest stays',
  tag,
  params,
  body: z.strictObject({
    name: Name.optional(),
    description: z.string().describe('An empty text for none').optional(),
    join_policy: JoinPolicy.optional(),
  }),
  example: { description: 'We clone.', join_policy: 'open' },
  response: WorkspaceDetail,
  async run({ enter, params: { workspace_id: tenantId }, body: { join_policy: joinPolicy, name, description } }) {
    const member = enter(tenantId)
    await member.update({ name, description: description === '' ? null : description, joinPolicy })
    return detailOf(member)
  },
})

const deleteWorkspace = defineRoute({
  method: 'DELETE',
  path: '/workspaces/{workspace_id}',
  summary: 'Delete a workspace; its owner can restore it for 30 days, unless the host says otherwise',
  tag,
  params,
  status: 204,
  response: z.void(),
  async run({ as, params: { workspace_id: tenantId } }) {
    await as.in(tenantId).delete()
  },
})

const restoreWorkspace = defineRoute({
  method: 'POST',
  path: '/workspaces/{workspace_id}/restore',
  summary: 'Bring back a workspace that was deleted',
  tag,
  params,
  response: WorkspaceDetail,
  async run({ enter, params: { workspace_id: tenantId } }) {
    const member = enter(tenantId)
    await member.restore()
    return detailOf(member)
  },
})

export const workspaceRoutes: readonly Route[] = [
  listWorkspaces,
  createWorkspace,
  getWorkspace,
  updateWorkspace,
  deleteWorkspace,
  restoreWorkspace,
]
