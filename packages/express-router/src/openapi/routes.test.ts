import { memoryStorage } from '@tenantry/core'
import { afterEach, describe, expect, it } from 'vitest'
import { ask, ROUTES } from '../testing/openapi-client.js'
import { example, EXAMPLES, externalToken } from '../testing/openapi-examples.js'
import { STORAGES } from '../testing/storages.js'
import { createWorld, snapshot } from '../testing/world.js'
import type { World } from '../testing/world.js'

const UNKNOWN = '01900000-0000-7000-8000-000000000000'

/** How many events a request leaves where it is not one for each that writes. */
const EVENTS: Readonly<Record<string, number>> = {
  // Nobody's yet.
  'POST /oauth/device/code': 0,
}

/** What the tables hold, in the words of the wire and of the model. */
// prettier-ignore
const COLUMNS = [
  'id', 'tenant_id', 'workspace_id', 'user_id', 'userId', 'owner_id', 'roles', 'rank', 'permissions', 'overrides', 'active', 'status',
  'superuser', 'token_hash', 'expires_at', 'expiresIn', 'issuer', 'subject', 'language', '__proto__', 'constructor',
]

it('has an example of every route', () => {
  expect(Object.keys(EXAMPLES).sort()).toEqual([...ROUTES.keys()].sort())
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

describe.each(STORAGES)('every route for programs on $storage', ({ makeStorage }) => {
  let world: World
  afterEach(() => world.close())

  it.each([...ROUTES.keys()])('%s answers what it declares, and writes exactly the events it should', async (key) => {
    world = await createWorld(makeStorage())
    const request = await example(world, key)
    world.events.length = 0
    const answer = await ask(world, key, request)
    expect(answer.status).toBe(ROUTES.get(key)?.status ?? 200)
    expect(world.events).toHaveLength(EVENTS[key] ?? (key.startsWith('GET ') ? 0 : 1))
    for (const event of world.events) {
      expect(event.actorId).toBe(request.as && world.people[request.as].id)
      expect(event.ip).toContain('127.0.0.1')
    }
  })

  const inWorkspace = [...ROUTES.keys()].filter((key) => key.includes('{workspace_id}'))

  it.each(inWorkspace)('%s answers to a foreign workspace as to an unknown one, to the byte', async (key) => {
    world = await createWorld(makeStorage())
    const request = await example(world, key)
    const before = await snapshot(world)
    const into = (workspace_id: string) => ask(world, key, { ...request, params: { ...request.params, workspace_id } })
    const [foreign, unknown] = [await into(world.globex), await into(UNKNOWN)]
    expect(foreign.body).toEqual({ code: 'workspace_not_found', message: 'workspace not found', status: 404 })
    expect(foreign.text).toBe(unknown.text)
    expect(await snapshot(world)).toEqual(before)
  })

  const aboutMember = inWorkspace.filter((key) => key.includes('{member_id}'))

  it.each(aboutMember)('%s answers to a member of another workspace as to nobody, to the byte', async (key) => {
    world = await createWorld(makeStorage())
    const request = await example(world, key)
    const before = await snapshot(world)
    const about = (member_id: string) => ask(world, key, { ...request, params: { ...request.params, member_id } })
    const [foreign, unknown] = [await about(world.people.mo.id), await about(UNKNOWN)]
    expect(foreign.body).toMatchObject({ code: 'member_not_found', status: 404 })
    expect(foreign.text).toBe(unknown.text)
    expect(await snapshot(world)).toEqual(before)
  })
})

describe('every route for programs', () => {
  let world: World
  afterEach(() => world.close())

  it.each(forUsers)('%s says what is wrong with a token, and changes nothing', async (key) => {
    world = await createWorld(memoryStorage())
    const request = await example(world, key)
    const before = await snapshot(world)
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
    expect(await snapshot(world)).toEqual(before)
  })

  it.each(notForSubjects)('%s is the wrong surface for an external subject, and changes nothing', async (key) => {
    world = await createWorld(memoryStorage())
    const request = await example(world, key)
    const before = await snapshot(world)
    const { token } = await externalToken(world)
    const { body } = await ask(world, key, { ...request, token })
    expect(body).toMatchObject({ code: 'wrong_surface', message: expect.stringMatching(/^wrong_surface/), status: 403 })
    expect(await snapshot(world)).toEqual(before)
  })

  const writing = [...ROUTES.keys()].filter((key) => !key.startsWith('GET '))

  it.each(writing)('%s refuses every field that it does not declare', async (key) => {
    world = await createWorld(memoryStorage(), { tenancy: { limits: { requestsPerToken: Infinity } } })
    const request = await example(world, key)
    const before = await snapshot(world)
    for (const column of COLUMNS) {
      // Written as text: in a literal `__proto__` would set the prototype.
      const text = JSON.stringify(request.body ?? {})
        .replace(/\}$/, `,"${column}":"x"}`)
        .replace('{,', '{')
      const { status, body } = await ask(world, key, { ...request, body: JSON.parse(text) as unknown })
      expect(status).toBe(400)
      const isOAuth = key === 'POST /oauth/device/token'
      expect(body).toMatchObject(isOAuth ? { error: 'invalid_request' } : { code: 'invalid_parameter' })
      if (!isOAuth) expect(body.message).toContain(column)
    }
    expect(await snapshot(world)).toEqual(before)
  })
})
