import { describe } from 'vitest'
import { testEveryRoute } from '../testing/every-route.js'
import { client } from '../testing/workspaces-client.js'
import { EXAMPLES, pendingRequest, protocolIn } from '../testing/workspaces-examples.js'

describe('every route of workspaces', () => {
  testEveryRoute({
    client,
    examples: EXAMPLES,
    events: {},
    intoTenant: ({ path }, request, workspace_id) =>
      path.includes('{workspace_id}') ? { ...request, params: { ...request.params, workspace_id } } : null,
    foreign: {
      workspace_id: ({ globex }) => globex,
      request_id: (world) => pendingRequest(world, world.globex, 'gil'),
      protocol_id: (world) => protocolIn(world, { tenantId: world.globex, as: 'gil' }),
    },
    // The number of a page.
    ofNobody: ['page_id'],
    ofArchived: ['DELETE /workspaces/{workspace_id}', 'POST /workspaces/{workspace_id}/restore'],
    ofStrangers: ['POST /workspaces/{workspace_id}/join-request', 'POST /workspaces/{workspace_id}/join'],
  })
})
