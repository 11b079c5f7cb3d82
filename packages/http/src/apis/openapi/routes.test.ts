import { memoryStorage } from '@tenantry/core'
import { afterEach, describe, expect, it } from 'vitest'
import { testEveryRoute } from '../../testing/every-route.js'
import { ask, client, ROUTES } from '../../testing/openapi-client.js'
import { EXAMPLES, externalToken, sessionId } from '../../testing/openapi-examples.js'
import { exampleIn } from '../../testing/api-client.js'
import { createScenario } from '../../testing/scenario.js'
import { snapshot } from '../../testing/snapshot.js'
import type { Scenario } from '../../testing/scenario.js'

describe('every route of the openapi API', () => {
  testEveryRoute({
    client,
    examples: EXAMPLES,
    events: {
      // Nobody's yet.
      'POST /oauth/device/code': 0,
    },
    intoTenant: ({ path }, request, workspace_id) =>
      path.includes('{workspace_id}') ? { ...request, params: { ...request.params, workspace_id } } : null,
    foreign: {
      workspace_id: ({ globex }) => globex,
      member_id: ({ people }) => people.mo.id,
      session_id: (scenario) => sessionId(scenario, 'mo'),
    },
    ofNobody: ['client_id'],
    unnamed: ['POST /oauth/device/token'],
  })
})

const forUsers = [...ROUTES].filter(([, route]) => !route.public).map(([key]) => key)
const notForSubjects = forUsers.filter((key) => !ROUTES.get(key)?.external)

it('rejects an external subject everywhere but at its own account', () => {
  const external = [...ROUTES].filter(([, route]) => route.external).map(([key]) => key)
  expect(external.filter((key) => !key.includes(' /account'))).toEqual([])
  expect(notForSubjects).toEqual(
    expect.arrayContaining([...ROUTES.keys()].filter((key) => key.includes(' /workspaces'))),
  )
})

describe('every route that requires a user', () => {
  let scenario: Scenario
  afterEach(() => scenario.close())

  it.each(forUsers)('%s explains why a token is rejected', async (key) => {
    scenario = await createScenario(memoryStorage())
    const request = await exampleIn(EXAMPLES, scenario, key)
    const refused = async (headers: Readonly<Record<string, string>>) => {
      const { body } = await ask(scenario, key, { ...request, as: null, headers })
      expect(body).toMatchObject({ code: expect.any(String), status: 401 })
      return body.message as string
    }
    expect(await refused({})).toBe('missing bearer token')
    expect(await refused({ authorization: 'Basic YTpi' })).toBe('missing bearer token')
    expect(await refused({ authorization: 'Bearer tnt_x' })).toBe('unknown token prefix')
    for (const prefix of ['dfoa_', 'dfoe_']) {
      expect(await refused({ authorization: `Bearer ${prefix}forged` })).toBe('token unknown or revoked')
    }
  })

  it.each(notForSubjects)(
    '%s rejects an external subject with the wrong type of token, and changes nothing',
    async (key) => {
      scenario = await createScenario(memoryStorage())
      const request = await exampleIn(EXAMPLES, scenario, key)
      const before = await snapshot(scenario)
      const { token } = await externalToken(scenario)
      const { body } = await ask(scenario, key, { ...request, token })
      expect(body).toMatchObject({
        code: 'wrong_surface',
        message: expect.stringMatching(/^wrong_surface/),
        status: 403,
      })
      expect(await snapshot(scenario)).toEqual(before)
    },
  )
})
