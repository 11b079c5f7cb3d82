import { memoryStorage } from '@tenantry/core'
import { afterEach, describe, expect, it } from 'vitest'
import { testEveryRoute } from '../testing/every-route.js'
import { ask, client, ROUTES } from '../testing/openapi-client.js'
import { EXAMPLES, externalToken, sessionId } from '../testing/openapi-examples.js'
import { exampleIn } from '../testing/surface-client.js'
import { createWorld, snapshot } from '../testing/world.js'
import type { World } from '../testing/world.js'

describe('every route for programs', () => {
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
      session_id: (world) => sessionId(world, 'mo'),
    },
    ofNobody: ['client_id'],
    unnamed: ['POST /oauth/device/token'],
  })
})

const forUsers = [...ROUTES].filter(([, route]) => !route.public).map(([key]) => key)
const notForSubjects = forUsers.filter((key) => !ROUTES.get(key)?.external)

it('takes an external subject for nobody everywhere but at its own account', () => {
  const external = [...ROUTES].filter(([, route]) => route.external).map(([key]) => key)
  expect(external.filter((key) => !key.includes(' /account'))).toEqual([])
  expect(notForSubjects).toEqual(
    expect.arrayContaining([...ROUTES.keys()].filter((key) => key.includes(' /workspaces'))),
  )
})

describe('every route for users', () => {
  let world: World
  afterEach(() => world.close())

  it.each(forUsers)('%s says what is wrong with a token', async (key) => {
    world = await createWorld(memoryStorage())
    const request = await exampleIn(EXAMPLES, world, key)
    const refused = async (headers: Readonly<Record<string, string>>) => {
      const { body } = await ask(world, key, { ...request, as: null, headers })
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

  it.each(notForSubjects)('%s is the wrong surface for an external subject, and changes nothing', async (key) => {
    world = await createWorld(memoryStorage())
    const request = await exampleIn(EXAMPLES, world, key)
    const before = await snapshot(world)
    const { token } = await externalToken(world)
    const { body } = await ask(world, key, { ...request, token })
    expect(body).toMatchObject({ code: 'wrong_surface', message: expect.stringMatching(/^wrong_surface/), status: 403 })
    expect(await snapshot(world)).toEqual(before)
  })
})
