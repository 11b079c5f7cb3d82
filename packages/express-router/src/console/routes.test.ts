import { memoryStorage } from '@tenantry/core'
import { afterEach, describe, expect, it } from 'vitest'
import { ask, client, ROUTES } from '../testing/console-client.js'
import { EXAMPLES, fileForm, ownRole } from '../testing/console-examples.js'
import { testEveryRoute } from '../testing/every-route.js'
import { exampleIn } from '../testing/surface-client.js'
import { createWorld } from '../testing/world.js'
import type { World } from '../testing/world.js'

const EXPLAIN = 'POST /workspaces/current/permissions/explain'

async function transferToken(world: World): Promise<string> {
  const answer = await ask(world, 'POST /workspaces/current/members/send-owner-transfer-confirm-email', { as: 'gil' })
  return answer.body.data
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
      role_key: (world) => ownRole(world, 'gil', { key: 'theirs' }),
      async replace_webapp_logo(world) {
        const upload = 'POST /workspaces/custom-config/webapp-logo/upload'
        return (await ask(world, upload, { as: 'gil', body: fileForm() })).body.id
      },
      // An invitation's token is no workspace's: it says itself what it opens.
      'POST /workspaces/current/members/owner-transfer-check token': transferToken,
      'POST /workspaces/current/members/{member_id}/owner-transfer token': transferToken,
    },
    facts: ['owner_id', 'tenant_id', 'shared_tenant_id'].map((name) => `${EXPLAIN} ${name}`),
    ofArchived: ['POST /workspaces/restore'],
  })
})

describe('every route of a workspace', () => {
  let world: World
  afterEach(() => world.close())

  const inWorkspace = [...ROUTES].filter(([, route]) => route.headers).map(([key]) => key)

  it.each(inWorkspace.filter((key) => key !== 'GET /workspaces'))('%s refuses who has no workspace', async (key) => {
    world = await createWorld(memoryStorage())
    const { headers: _, ...request } = await exampleIn(EXAMPLES, world, key)
    const answer = await ask(world, key, { ...request, as: 'otto' })
    expect(answer.body).toMatchObject({ code: 'workspace-not-found', status: 404 })
  })
})
