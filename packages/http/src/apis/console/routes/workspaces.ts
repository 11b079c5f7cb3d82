import { isTenancyError, TenancyError } from '@tenantry/core'
import { z } from 'zod'
import { collectAll } from '../../../handler/collect-all.js'
import { queryInteger, WireId, wireLine } from '../../../handler/fields.js'
import { defineRoute } from '../../../handler/route.js'
import { SAMPLE } from '../../../handler/sample.js'
import { PageFacts, Success, SUCCESS, WorkspaceDetail, WorkspaceListed, WorkspaceSummary } from '../schemas.js'
import { WorkspaceHeaders, workspaceNotFound, workspaceRoute } from '../current-workspace.js'
import { firstRole, toDetailResponse, toPageResponse, toSummaryResponse } from '../responses.js'

const tag = 'Workspaces'
const WithTenant = Success.extend({ tenant: WorkspaceDetail })

const listWorkspaces = defineRoute({
  method: 'GET',
  path: '/workspaces',
  summary: 'The active workspaces of the caller',
  tag,
  headers: WorkspaceHeaders,
  response: z.object({ workspaces: z.array(WorkspaceListed) }),
  async run({ as, headers, enter }) {
    const named = headers['x-workspace-id']
    // A header with a workspace that the caller does not belong to is rejected, as on every route.
    const current = named === undefined ? await as.tenants.current() : await enter(named).get()
    const all = await collectAll((page) => as.tenants.list(page))
    return {
      workspaces: all.map(({ tenant, membership }) => ({
        ...toSummaryResponse(tenant),
        plan: tenant.plan,
        role: firstRole(membership.roles),
        current: tenant.id === current?.tenant.id,
      })),
    }
  },
})

const createWorkspace = defineRoute({
  method: 'POST',
  path: '/workspaces',
  summary: 'Create a workspace, owned by the caller',
  tag,
  status: 201,
  body: z.strictObject({ name: wireLine(100).min(1) }),
  example: { name: 'Acme' },
  response: WithTenant,
  run: async ({ as, body }) => ({
    ...SUCCESS,
    tenant: toDetailResponse(await as.tenants.create({ name: body.name }), ['owner']),
  }),
})

const listAllWorkspaces = defineRoute({
  method: 'GET',
  path: '/all-workspaces',
  summary: 'Every workspace of the installation, newest first, for operators',
  tag,
  query: z.strictObject({
    page: queryInteger({ maximum: 1_000_000, fallback: 1 }),
    limit: queryInteger({ maximum: 100, fallback: 20 }),
  }),
  response: PageFacts.extend({ data: z.array(WorkspaceSummary) }),
  async run({ as, query }) {
    const page = await as.tenants.listAll(query)
    return { data: page.items.map(toSummaryResponse), ...toPageResponse(query, page) }
  },
})

const getCurrentWorkspace = workspaceRoute({
  method: 'GET',
  path: '/workspaces/current',
  summary: 'The current workspace',
  tag,
  response: WorkspaceDetail,
  async run({ workspace }) {
    const { tenant, membership } = await workspace.get()
    return toDetailResponse(tenant, membership.roles)
  },
})

const switchWorkspace = defineRoute({
  method: 'POST',
  path: '/workspaces/switch',
  summary: 'Switch to another workspace',
  tag,
  body: z.strictObject({ tenant_id: WireId }),
  example: { tenant_id: SAMPLE.id },
  response: Success.extend({ new_tenant: WorkspaceDetail }),
  async run({ as, body }) {
    const { tenant, membership } = await as.tenants.switch({ tenantId: body.tenant_id }).catch((error: unknown) => {
      if (!isTenancyError(error, 'tenant_not_found') && !isTenancyError(error, 'tenant_not_active')) throw error
      throw new TenancyError('forbidden', 'This is no workspace you can switch to', {}, { cause: error })
    })
    return { ...SUCCESS, new_tenant: toDetailResponse(tenant, membership.roles) }
  },
})

const renameWorkspace = workspaceRoute({
  method: 'POST',
  path: '/workspaces/info',
  summary: 'Rename the current workspace',
  tag,
  body: z.strictObject({ name: wireLine(100).min(1) }),
  example: { name: 'Acme Labs' },
  response: WithTenant,
  async run({ workspace, body }) {
    const { roles } = await workspace.access()
    return { ...SUCCESS, tenant: toDetailResponse(await workspace.update({ name: body.name }), roles) }
  },
})

const archiveWorkspace = workspaceRoute({
  method: 'POST',
  path: '/workspaces/archive',
  summary: 'Archive the current workspace; its owner or an operator may restore it',
  tag,
  response: Success,
  async run({ workspace }) {
    await workspace.archive()
    return SUCCESS
  },
})

const restoreWorkspace = defineRoute({
  method: 'POST',
  path: '/workspaces/restore',
  summary: 'Restore the archived workspace that the header names',
  tag,
  headers: WorkspaceHeaders,
  response: Success,
  async run({ headers, enter }) {
    const named = headers['x-workspace-id']
    // An archived workspace is never the default workspace.
    if (named === undefined) throw workspaceNotFound()
    await enter(named).restore()
    return SUCCESS
  },
})

export const workspaceRoutes = [
  listWorkspaces,
  createWorkspace,
  listAllWorkspaces,
  getCurrentWorkspace,
  switchWorkspace,
  renameWorkspace,
  archiveWorkspace,
  restoreWorkspace,
]
