import { describe } from 'vitest'
import { testEveryRoute } from '../../testing/every-route.js'
import { client } from '../../testing/workspaces-client.js'
import {
  EXAMPLES,
  notificationOf,
  organizationOf,
  pendingRequest,
  protocolIn,
} from '../../testing/workspaces-examples.js'

describe('every route of workspaces', () => {
  testEveryRoute({
    client,
    examples: EXAMPLES,
    events: {
      // Whoever takes everything out leaves a trace.
      'GET /organizations/{org_id}/export': 1,
      // What somebody has read is nobody else's business.
      'POST /notifications/{notification_id}/read': 0,
    },
    intoTenant: ({ path }, request, workspace_id) =>
      path.includes('{workspace_id}') ? { ...request, params: { ...request.params, workspace_id } } : null,
    foreign: {
      workspace_id: ({ globex }) => globex,
      request_id: (scenario) => pendingRequest(scenario, scenario.globex, 'gil'),
      org_id: (scenario) => organizationOf(scenario, 'gil'),
      notification_id: (scenario) =>
        notificationOf(scenario, { as: 'mo', protocol: { tenantId: scenario.globex, as: 'gil' } }),
      protocol_id: (scenario) => protocolIn(scenario, { tenantId: scenario.globex, as: 'gil' }),
    },
    // The number of a page.
    ofNobody: ['page_id'],
    ofArchived: ['DELETE /workspaces/{workspace_id}', 'POST /workspaces/{workspace_id}/restore'],
    ofStrangers: ['POST /workspaces/{workspace_id}/join-request', 'POST /workspaces/{workspace_id}/join'],
  })
})
