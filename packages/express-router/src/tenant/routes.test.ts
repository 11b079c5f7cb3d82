import { memoryStorage } from '@tenantry/core'
import { afterEach, describe, expect, it } from 'vitest'
import { testEveryRoute } from '../testing/every-route.js'
import { exampleIn } from '../testing/surface-client.js'
import { client } from '../testing/tenant-client.js'
import { EXAMPLES } from '../testing/tenant-examples.js'
import { createWorld, snapshot } from '../testing/world.js'
import type { World } from '../testing/world.js'

const { ask, routes } = client

describe('every route of the tenant API', () => {
  testEveryRoute({
    client,
    examples: EXAMPLES,
    events: {
      // The account, and the member.
      'POST /tenant/{tenantId}/users': 2,
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
  let world: World
  afterEach(() => world.close())

  it.each([...routes.keys()])('%s refuses what is no token, and tokens that differ', async (key) => {
    world = await createWorld(memoryStorage())
    const request = await exampleIn(EXAMPLES, world, key)
    const before = await snapshot(world)
    const { ada, ann } = world.people
    for (const headers of [
      { 'x-api-key': 'tnt_forged' },
      { 'x-api-key': 'not a token' },
      { 'x-api-key': '' },
      { 'x-api-key': `${ada.token}, ${ann.token}` },
      { 'x-api-key': ada.token, authorization: `Bearer ${ann.token}` },
      { 'x-api-key': ada.token, authorization: 'Basic YTpi' },
    ]) {
      const answer = await ask(world, key, { ...request, as: null, headers })
      expect([answer.status, answer.body]).toEqual([401, { code: 'unauthenticated', message: 'Sign in first' }])
    }
    expect(await snapshot(world)).toEqual(before)
  })

  it.each([...routes.keys()])('%s takes the token as a bearer, too, and as both when they are one', async (key) => {
    for (const hasBoth of [false, true]) {
      world = await createWorld(memoryStorage())
      const request = await exampleIn(EXAMPLES, world, key)
      const { token } = world.people[request.as ?? 'ann']
      const headers = { authorization: `Bearer ${token}`, ...(hasBoth && { 'x-api-key': token }) }
      const answer = await ask(world, key, { ...request, as: null, headers })
      expect(answer.status).toBe(routes.get(key)?.status ?? 200)
      if (!hasBoth) await world.close()
    }
  })

  it.each([...routes.keys()])('%s refuses a member who was deactivated a second ago', async (key) => {
    world = await createWorld(memoryStorage())
    const request = await exampleIn(EXAMPLES, world, key)
    const { people, tenancy, acme } = world
    await tenancy.as({ userId: people.ann.id }).in(acme).members.update({ userId: people.ada.id, active: false })
    const answer = await ask(world, key, { ...request, as: 'ada' })
    expect([answer.status, answer.body.code]).toEqual([404, 'tenant_not_found'])
  })

  it('answers HEAD as GET without a body, tells its methods, and refuses others', async () => {
    world = await createWorld(memoryStorage())
    const url = `${world.url}/tenant/${world.acme}`
    const headers = { 'x-api-key': world.people.vic.token }
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
    world = await createWorld(memoryStorage())
    const answer = await fetch(`${world.url}/tenant/${world.acme}/users`, {
      method: 'DELETE',
      headers: { 'x-api-key': world.people.ada.token, 'content-type': 'application/json' },
      body,
    })
    expect([answer.status, await answer.json()]).toMatchObject([status, { code }])
  })
})
