import { describe } from 'vitest'
import { testEveryRoute } from '../../testing/every-route.js'
import { client } from '../../testing/teams-client.js'
import { canvasOf, EXAMPLES } from '../../testing/teams-examples.js'
import type { Scenario } from '../../testing/scenario.js'

const globexCanvas = async (scenario: Scenario) => (await canvasOf(scenario, 'gil', { team: scenario.globex })).id

describe('every route of teams', () => {
  testEveryRoute({
    client,
    examples: EXAMPLES,
    events: {
      'POST /user/login': 1,
      // The account, and the token that signs it in.
      'POST /user/register': 2,
      // What opens the account, and the member.
      'POST /tenant/{tenant_id}/users/add': 2,
      'POST /canvas/completion': 0,
      'POST /canvas/debug': 0,
    },
    intoTenant: ({ path }, request, tenant_id) =>
      path.includes('{tenant_id}') ? { ...request, params: { ...request.params, tenant_id } } : null,
    foreign: {
      tenant_id: ({ globex }) => globex,
      user_id: ({ people }) => people.mo.id,
      shared_tenant_id: ({ globex }) => globex,
      canvas_id: globexCanvas,
      canvas_ids: globexCanvas,
      id: globexCanvas,
    },
    ofNobody: ['llm_id', 'embd_id', 'asr_id', 'img2txt_id', 'rerank_id', 'tts_id', 'parser_ids'],
    open: ['POST /canvas/completion', 'POST /canvas/debug', 'POST /canvas/set', 'POST /canvas/setting'],
  })
})
