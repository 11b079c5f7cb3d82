import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Route } from '../http/route.js'
import { ask, ROUTES } from '../testing/console-client.js'
import type { ConsoleRequest } from '../testing/console-client.js'
import { example, fileForm, ownRole } from '../testing/console-examples.js'
import { STORAGES } from '../testing/storages.js'
import { createWorld, snapshot } from '../testing/world.js'
import type { World } from '../testing/world.js'

const UNKNOWN = '01900000-0000-7000-8000-000000000000'

/** For each name under which a request carries an id or a token: one that is Globex's. */
const GLOBEX_HAS: Readonly<Record<string, (world: World) => string | Promise<string>>> = {
  'x-workspace-id': ({ globex }) => globex,
  workspace_id: ({ globex }) => globex,
  tenant_id: ({ globex }) => globex,
  member_id: ({ people }) => people.mo.id,
  user_id: ({ people }) => people.mo.id,
  owner_id: ({ people }) => people.mo.id,
  async invitation_id(world) {
    const { tenancy, people, globex } = world
    const inside = tenancy.as({ userId: people.gil.id }).in(globex)
    return (await inside.members.invite({ email: 'x@example.com', role: 'member' })).invitation.id
  },
  role_key: (world) => ownRole(world, 'gil', { key: 'theirs' }),
  async replace_webapp_logo(world) {
    const answer = await ask(world, 'POST /workspaces/custom-config/webapp-logo/upload', {
      as: 'gil',
      body: fileForm(),
    })
    return answer.body.id
  },
  async token(world) {
    const answer = await ask(world, 'POST /workspaces/current/members/send-owner-transfer-confirm-email', { as: 'gil' })
    return answer.body.data
  },
}

type Place = 'params' | 'headers' | 'body' | 'resource'

/** Every place of every route that takes an id, read off the routes' own schemas. */
function slots(): [key: string, place: Place, name: string][] {
  return [...ROUTES].flatMap(([key, route]) =>
    [...names(route)]
      .filter(([, name]) => Object.hasOwn(GLOBEX_HAS, name))
      // An invitation's token is no workspace's: it says itself what it opens.
      .filter(([, name]) => name !== 'token' || route.headers !== undefined)
      .map(([place, name]): [string, Place, string] => [key, place, name]),
  )
}

function* names(route: Route): Generator<[Place, string]> {
  for (const name of keysOf(route.params)) yield ['params', name]
  for (const name of keysOf(route.headers)) yield ['headers', name]
  for (const name of keysOf(route.body)) yield ['body', name]
  if (route.body instanceof z.ZodObject && route.body.shape['resource']) yield ['resource', 'owner_id']
}

function keysOf(schema: z.ZodType | undefined): readonly string[] {
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : []
}

function withId(request: ConsoleRequest, place: Place, name: string, id: string): ConsoleRequest {
  if (place !== 'resource') return { ...request, [place]: { ...(request[place] as object | undefined), [name]: id } }
  return { ...request, body: { ...(request.body as object), resource: { [name]: id } } }
}

it('knows every name that looks like an id', () => {
  const all = [...ROUTES.values()].flatMap((route) => [...names(route)].map(([, name]) => name))
  const ids = all.filter((name) => /(^|[_-])id$/.test(name))
  expect(new Set(ids)).toEqual(
    new Set(['x-workspace-id', 'workspace_id', 'tenant_id', 'member_id', 'user_id', 'owner_id', 'invitation_id']),
  )
})

describe.each(STORAGES)('an id of another workspace on $storage', ({ makeStorage }) => {
  let world: World
  afterEach(() => world.close())

  it.each(slots())(
    '%s, %s.%s: answers as to an unknown id, to the byte, and changes nothing',
    async (key, place, name) => {
      world = await createWorld(makeStorage())
      const request = await example(world, key)
      const foreignId = (await GLOBEX_HAS[name]?.(world)) ?? ''
      const before = await snapshot(world)
      const foreign = await ask(world, key, withId(request, place, name, foreignId))
      const unknown = await ask(world, key, withId(request, place, name, UNKNOWN))
      expect(foreign.status).toBe(unknown.status)
      expect(foreign.text).toBe(unknown.text)
      expect(shownHeaders(foreign.headers)).toEqual(shownHeaders(unknown.headers))
      expect(await snapshot(world)).toEqual(before)
      if (place !== 'resource') expect(foreign.status).toBeGreaterThanOrEqual(400)
    },
  )
})

function shownHeaders(headers: Headers): Record<string, string> {
  return Object.fromEntries([...headers].filter(([name]) => name !== 'date'))
}
