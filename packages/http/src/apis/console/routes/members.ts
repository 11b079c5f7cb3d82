import type { TenantClient } from '@tenantry/core'
import { z } from 'zod'
import { queryInteger, WireId } from '../../../handler/fields.js'
import { Account, InvitationResult, PageFacts, Success, SUCCESS } from '../schemas.js'
import { workspaceRoute } from '../current-workspace.js'
import { toAccountResponse, toInvitationResultResponse, toPageResponse } from '../responses.js'
import { fromWireRole } from '../roles.js'

const tag = 'Members'
const path = '/workspaces/current/members'

const MemberParams = z.strictObject({ member_id: WireId })
const RoleName = z.string().max(100)
const WithTenantId = Success.extend({ tenant_id: WireId })

const ListQuery = z.strictObject({
  page: queryInteger({ maximum: 1_000_000, fallback: 1 }),
  limit: queryInteger({ maximum: 100, fallback: 100 }),
  keyword: z.string().max(1000).describe('Part of a name or address').optional(),
})
const MemberPage = Success.extend({ accounts: z.array(Account), ...PageFacts.shape })

async function memberPage(
  workspace: TenantClient,
  { role, ...query }: z.output<typeof ListQuery> & { readonly role?: string | undefined },
): Promise<z.input<typeof MemberPage>> {
  const page = await workspace.members.list({ ...query, role: role === undefined ? undefined : fromWireRole(role) })
  return { ...SUCCESS, accounts: page.items.map(toAccountResponse), ...toPageResponse(query, page) }
}

const listMembers = workspaceRoute({
  method: 'GET',
  path,
  summary: 'The members of the current workspace, oldest first',
  tag,
  query: ListQuery.extend({ role: RoleName.optional() }),
  response: MemberPage,
  run: ({ workspace, query }) => memberPage(workspace, query),
})

const listDatasetOperators = workspaceRoute({
  method: 'GET',
  path: '/workspaces/current/dataset-operators',
  summary: 'The members whose role is dataset operator',
  tag,
  query: ListQuery,
  response: MemberPage,
  run: ({ workspace, query }) => memberPage(workspace, { ...query, role: 'dataset_operator' }),
})

const inviteMembers = workspaceRoute({
  method: 'POST',
  path: `${path}/invite-email`,
  summary: 'Invite people by address; an address that is refused fails alone',
  tag,
  status: 201,
  body: z.strictObject({
    emails: z.array(z.string().max(1000)).min(1).max(50),
    role: RoleName,
    language: z.string().max(35).optional(),
  }),
  example: { emails: ['bob@example.com', 'eve@example.com'], role: 'editor' },
  response: WithTenantId.extend({ invitation_results: z.array(InvitationResult) }),
  async run({ workspace, body: { emails, role, language } }) {
    const results = await workspace.members.inviteMany({ emails, role: fromWireRole(role), language })
    return { ...SUCCESS, tenant_id: workspace.tenantId, invitation_results: results.map(toInvitationResultResponse) }
  },
})

const removeMember = workspaceRoute({
  method: 'DELETE',
  path: `${path}/{member_id}`,
  summary: 'Remove a member',
  tag,
  params: MemberParams,
  response: WithTenantId,
  async run({ workspace, params }) {
    await workspace.members.remove({ userId: params.member_id })
    return { ...SUCCESS, tenant_id: workspace.tenantId }
  },
})

const updateRole = workspaceRoute({
  method: 'PUT',
  path: `${path}/{member_id}/update-role`,
  summary: 'Give a member another role; ownership is handed over, never assigned',
  tag,
  params: MemberParams,
  body: z.strictObject({ role: RoleName }),
  example: { role: 'editor' },
  response: Success,
  async run({ workspace, params, body }) {
    await workspace.members.setRoles({ userId: params.member_id, roles: [fromWireRole(body.role)] })
    return SUCCESS
  },
})

const leave = workspaceRoute({
  method: 'POST',
  path: '/workspaces/current/leave',
  summary: 'End one’s own membership; the owner hands the workspace over first',
  tag,
  response: Success,
  async run({ workspace }) {
    await workspace.members.leave()
    return SUCCESS
  },
})

export const memberRoutes = [listMembers, listDatasetOperators, inviteMembers, removeMember, updateRole, leave]
