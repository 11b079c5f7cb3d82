import { memoryStorage } from '@tenantry/core'
import { afterEach, describe, expect, it } from 'vitest'
import { ask, client, ROUTES } from '../../testing/console-client.js'
import { EXAMPLES, fileForm, customRole } from '../../testing/console-examples.js'
import { testEveryRoute } from '../../testing/every-route.js'
import { exampleIn } from '../../testing/api-client.js'
import { createScenario } from '../../testing/scenario.js'
import type { Scenario } from '../../testing/scenario.js'

const EXPLAIN = 'POST /workspaces/current/permissions/explain'

async function transferToken(scenario: Scenario): Promise<string> {
  const response = await ask(scenario, 'POST /workspaces/current/members/send-owner-transfer-confirm-email', {
    as: 'gil',
  })
  return response.body.data
}

describe('every route of the console', () => {
  testEveryRoute({
    client,
    examples: EXAMPLES,
    events: {
      // A question that has a body.
      [EXPLAIN]: 0,
      // The account, the membership and the token.
      'POST /activate': 3,
    },
    intoTenant: ({ headers }, request, tenantId) =>
      headers ? { ...request, headers: { ...request.headers, 'x-workspace-id': tenantId } } : null,
    foreign: {
      'x-workspace-id': ({ globex }) => globex,
      workspace_id: ({ globex }) => globex,
      tenant_id: ({ globex }) => globex,
      member_id: ({ people }) => people.mo.id,
      user_id: ({ people }) => people.mo.id,
      owner_id: ({ people }) => people.mo.id,
      shared_tenant_id: ({ globex }) => globex,
      async invitation_id({ tenancy, people, globex }) {
        const inside = tenancy.as({ userId: people.gil.id }).in(globex)
        return (await inside.members.invite({ email: 'x@example.com', role: 'member' })).invitation.id
      },
      role_key: (scenario) => customRole(scenario, 'gil', { key: 'theirs' }),
      async replace_webapp_logo(scenario) {
        const upload = 'POST /workspaces/custom-config/webapp-logo/upload'
        return (await ask(scenario, upload, { as: 'gil', body: fileForm() })).body.id
      },
      // An invitation's token is no workspace's: it says itself what it opens.
      'POST /workspaces/current/members/owner-transfer-check token': transferToken,
      'POST /workspaces/current/members/{member_id}/owner-transfer token': transferToken,
    },
    facts: ['owner_id', 'tenant_id', 'shared_tenant_id'].map((name) => `${EXPLAIN} ${name}`),
    ofArchived: ['POST /workspaces/restore'],
  })
})

describe('every route in a workspace', () => {
  let scenario: Scenario
  afterEach(() => scenario.close())

  const inWorkspace = [...ROUTES].filter(([, route]) => route.headers).map(([key]) => key)

  it.each(inWorkspace.filter((key) => key !== 'GET /workspaces'))('%s refuses who has no workspace', async (key) => {
    scenario = await createScenario(memoryStorage())
    const { headers: _, ...request } = await exampleIn(EXAMPLES, scenario, key)
    const response = await ask(scenario, key, { ...request, as: 'otto' })
    expect(response.body).toMatchObject({ code: 'workspace-not-found', status: 404 })
  })
})
