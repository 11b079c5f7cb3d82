import { memoryStorage } from '@tenantry/core'
import { afterEach, describe, expect, it } from 'vitest'
import { testEveryRoute } from '../../testing/every-route.js'
import { exampleIn } from '../../testing/api-client.js'
import { client } from '../../testing/tenant-client.js'
import { EXAMPLES } from '../../testing/tenant-examples.js'
import { createScenario } from '../../testing/scenario.js'
import { snapshot } from '../../testing/snapshot.js'
import type { Scenario } from '../../testing/scenario.js'

const { ask, routes } = client

describe('every route of the tenant API', () => {
  testEveryRoute({
    client,
    examples: EXAMPLES,
    events: {
      // The account, what opens it, and the member.
      'POST /tenant/{tenantId}/users': 3,
    },
    intoTenant(_, { body, ...request }, tenantId) {
      const isNamed = typeof body === 'object' && body !== null && 'tenantId' in body
      const params = { ...request.params, tenantId }
      return { ...request, params, ...(body !== undefined && { body: isNamed ? { ...body, tenantId } : body }) }
    },
    foreign: {
      tenantId: ({ globex }) => globex,
      targetTenantId: ({ globex }) => globex,
      userId: ({ people }) => people.mo.id,
    },
  })
})

describe('a route of the tenant API', () => {
  let scenario: Scenario
  afterEach(() => scenario.close())

  it.each([...routes.keys()])('%s refuses what is no token, and tokens that differ', async (key) => {
    scenario = await createScenario(memoryStorage())
    const request = await exampleIn(EXAMPLES, scenario, key)
    const before = await snapshot(scenario)
    const { ada, ann } = scenario.people
    for (const headers of [
      { 'x-api-key': 'tnt_forged' },
      { 'x-api-key': 'not a token' },
      { 'x-api-key': '' },
      { 'x-api-key': `${ada.token}, ${ann.token}` },
      { 'x-api-key': ada.token, authorization: `Bearer ${ann.token}` },
      { 'x-api-key': ada.token, authorization: 'Basic YTpi' },
    ]) {
      const response = await ask(scenario, key, { ...request, as: null, headers })
      expect([response.status, response.body]).toEqual([401, { code: 'unauthenticated', message: 'Sign in first' }])
    }
    expect(await snapshot(scenario)).toEqual(before)
  })

  it.each([...routes.keys()])('%s takes the token as a bearer, too, and as both when they are one', async (key) => {
    for (const hasBoth of [false, true]) {
      scenario = await createScenario(memoryStorage())
      const request = await exampleIn(EXAMPLES, scenario, key)
      const { token } = scenario.people[request.as ?? 'ann']
      const headers = { authorization: `Bearer ${token}`, ...(hasBoth && { 'x-api-key': token }) }
      const response = await ask(scenario, key, { ...request, as: null, headers })
      expect(response.status).toBe(routes.get(key)?.status ?? 200)
      if (!hasBoth) await scenario.close()
    }
  })

  it.each([...routes.keys()])('%s refuses a member who was deactivated a second ago', async (key) => {
    scenario = await createScenario(memoryStorage())
    const request = await exampleIn(EXAMPLES, scenario, key)
    const { people, tenancy, acme } = scenario
    await tenancy.as({ userId: people.ann.id }).in(acme).members.update({ userId: people.ada.id, active: false })
    const response = await ask(scenario, key, { ...request, as: 'ada' })
    expect([response.status, response.body.code]).toEqual([404, 'tenant_not_found'])
  })

  it('responds to HEAD as to GET without a body, to OPTIONS with its methods, and to other methods with 405', async () => {
    scenario = await createScenario(memoryStorage())
    const url = `${scenario.url}/tenant/${scenario.acme}`
    const headers = { 'x-api-key': scenario.people.vic.token }
    const head = await fetch(url, { method: 'HEAD', headers })
    expect([head.status, head.headers.get('content-type'), await head.text()]).toEqual([
      200,
      'application/json; charset=utf-8',
      '',
    ])
    const options = await fetch(`${url}/users`, { method: 'OPTIONS' })
    expect([options.status, options.headers.get('allow')]).toEqual([204, 'GET, HEAD, POST, PUT, DELETE, OPTIONS'])
    const patch = await fetch(url, { method: 'PATCH', headers })
    expect([patch.status, await patch.json()]).toMatchObject([405, { code: 'method_not_allowed' }])
  })

  it.each([
    ['no JSON', '{', 400, 'invalid_json'],
    ['no object', '[]', 400, 'invalid_input'],
    ['nothing', '', 400, 'invalid_input'],
    ['more than 1 MiB', JSON.stringify({ userId: 'x'.repeat(1_100_000) }), 413, 'body_too_large'],
  ])('reads the body of a DELETE, and refuses %s', async (_, body, status, code) => {
    scenario = await createScenario(memoryStorage())
    const response = await fetch(`${scenario.url}/tenant/${scenario.acme}/users`, {
      method: 'DELETE',
      headers: { 'x-api-key': scenario.people.ada.token, 'content-type': 'application/json' },
      body,
    })
    expect([response.status, await response.json()]).toMatchObject([status, { code }])
  })
})
