import { z } from 'zod'
import { defineRoute } from '../../../handler/route.js'
import { WorkspaceDetail, WorkspaceListed } from '../schemas.js'
import { collectWorkspaces } from '../collect-workspaces.js'
import { toDetailResponse, toListedResponse } from '../responses.js'

const tag = 'Workspaces'
/** Programs pass on what their users typed, so an invalid ID gets the same response as an unknown one. */
export const InWorkspace = z.strictObject({ workspace_id: z.string() })

const listWorkspaces = defineRoute({
  method: 'GET',
  path: '/workspaces',
  summary: 'The active workspaces of the caller, oldest first',
  tag,
  response: z.object({ workspaces: z.array(WorkspaceListed) }),
  async run({ as }) {
    const current = await as.tenants.current()
    const all = await collectWorkspaces(as)
    return { workspaces: all.map((workspace) => toListedResponse(workspace, current?.tenant.id)) }
  },
})

const getWorkspace = defineRoute({
  method: 'GET',
  path: '/workspaces/{workspace_id}',
  summary: 'A workspace of the caller',
  tag,
  params: InWorkspace,
  response: WorkspaceDetail,
  async run({ as, enter, params: { workspace_id: id } }) {
    const workspace = await enter(id).get()
    return toDetailResponse(workspace, (await as.tenants.current())?.tenant.id)
  },
})

const switchWorkspace = defineRoute({
  method: 'POST',
  path: '/workspaces/{workspace_id}/switch',
  summary: 'Switch to another workspace',
  tag,
  params: InWorkspace,
  response: WorkspaceDetail,
  run: async ({ as, params: { workspace_id: tenantId } }) =>
    toDetailResponse(await as.tenants.switch({ tenantId }), tenantId),
})

export const workspaceRoutes = [listWorkspaces, getWorkspace, switchWorkspace]
