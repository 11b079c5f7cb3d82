import { memoryStorage } from '@tenantry/core'
import { afterEach, describe, expect, it } from 'vitest'
import { ask, ROUTES } from '../testing/console-client.js'
import { example, EXAMPLES } from '../testing/console-examples.js'
import { STORAGES } from '../testing/storages.js'
import { createWorld, snapshot } from '../testing/world.js'
import type { World } from '../testing/world.js'

/** What the tables hold, in the words of the wire and of the model. */
// prettier-ignore
const COLUMNS = [
  'id', 'tenant_id', 'tenantId', 'workspace_id', 'user_id', 'userId', 'owner_id', 'ownerId', 'role', 'roles', 'rank', 'permissions',
  'overrides', 'active', 'status', 'plan', 'slug', 'settings', 'email', 'email_key', 'email_verified', 'emailVerifiedAt', 'name',
  'password', 'password_hash', 'superuser', 'is_superuser', 'created_at', 'createdAt', 'expires_at', 'inviter_id', 'invited_by',
  'token', 'token_hash', 'code', 'phase', 'seq', 'hash', 'actor', 'limit', 'credit', '__proto__', 'constructor',
]

/** How many events a request leaves in the workspace's log where it is not one. */
const EVENTS: Readonly<Record<string, number>> = {
  // These happen in no workspace; they are in the user's own log.
  'POST /workspaces/switch': 0,
  'POST /login': 0,
  'POST /logout': 0,
  // A question that has a body.
  'POST /workspaces/current/permissions/explain': 0,
}

it('has an example of every route', () => {
  expect(Object.keys(EXAMPLES).sort()).toEqual([...ROUTES.keys()].sort())
})

const inWorkspace = [...ROUTES].filter(([, route]) => route.headers).map(([key]) => key)

describe.each(STORAGES)('every route of the console on $storage', ({ makeStorage }) => {
  let world: World
  afterEach(() => world.close())

  it.each([...ROUTES.keys()])('%s answers what it declares, and writes exactly the events it should', async (key) => {
    world = await createWorld(makeStorage())
    const request = await example(world, key)
    world.events.length = 0
    const answer = await ask(world, key, request)
    expect(answer.status).toBe(ROUTES.get(key)?.status ?? 200)
    const inWorkspaces = world.events.filter(({ scope }) => 'tenantId' in scope)
    expect(inWorkspaces).toHaveLength(EVENTS[key] ?? (key.startsWith('GET ') ? 0 : 1))
    for (const event of inWorkspaces) {
      expect(event.actorId).toBe(request.as && world.people[request.as].id)
      expect(event.ip).toContain('127.0.0.1')
    }
  })

  it.each(inWorkspace)('%s refuses a workspace the caller is no member of, and falls back to no other', async (key) => {
    world = await createWorld(makeStorage())
    const request = await example(world, key)
    const before = await snapshot(world)
    const into = (workspace: string) =>
      ask(world, key, { ...request, headers: { ...request.headers, 'x-workspace-id': workspace } })
    const foreign = await into(world.globex)
    const unknown = await into('01900000-0000-7000-8000-000000000000')
    expect(foreign.body).toMatchObject({ code: 'workspace-not-found', status: 404 })
    expect(foreign.text).toBe(unknown.text)
    expect(await snapshot(world)).toEqual(before)
  })

  it.each(inWorkspace)('%s refuses a member who was removed a second ago', async (key) => {
    world = await createWorld(makeStorage())
    const remove = 'DELETE /workspaces/current/members/{member_id}'
    await ask(world, remove, { as: 'ann', params: { member_id: world.people.ada.id } })
    const request = await example(world, key)
    const headers = { 'x-workspace-id': world.acme }
    const answer = await ask(world, key, { ...request, as: 'ada', headers })
    expect(answer.body).toMatchObject({ code: 'workspace-not-found', status: 404 })
  })
})

describe('every route of the console', () => {
  let world: World
  afterEach(() => world.close())

  const signedIn = [...ROUTES].filter(([, route]) => !route.public).map(([key]) => key)

  it.each(signedIn)('%s refuses who is not signed in, and changes nothing', async (key) => {
    world = await createWorld(memoryStorage())
    const request = await example(world, key)
    const before = await snapshot(world)
    for (const headers of [{}, { authorization: 'Bearer dfoa_forged' }, { authorization: 'Basic YTpi' }]) {
      const answer = await ask(world, key, { ...request, as: null, headers: { ...request.headers, ...headers } })
      expect(answer.body).toEqual({ code: 'unauthorized', message: 'Sign in first', status: 401 })
    }
    expect(await snapshot(world)).toEqual(before)
  })

  const writing = [...ROUTES].filter(([key, route]) => !key.startsWith('GET ') && !route.upload).map(([key]) => key)

  it.each(writing)('%s refuses every field that it does not declare', async (key) => {
    world = await createWorld(memoryStorage())
    const request = await example(world, key)
    const declared = Object.keys((ROUTES.get(key)?.body as { shape?: object } | undefined)?.shape ?? {})
    const before = await snapshot(world)
    for (const column of COLUMNS.filter((name) => !declared.includes(name))) {
      // Written as text: in a literal `__proto__` would set the prototype.
      const body = JSON.parse(
        JSON.stringify(request.body ?? {})
          .replace(/\}$/, `,"${column}":"x"}`)
          .replace('{,', '{'),
      ) as unknown
      const answer = await ask(world, key, { ...request, body })
      expect(answer.body).toMatchObject({ code: 'invalid-param', params: column, status: 400 })
    }
    expect(await snapshot(world)).toEqual(before)
  })

  it.each(inWorkspace.filter((key) => key !== 'GET /workspaces'))('%s refuses who has no workspace', async (key) => {
    world = await createWorld(memoryStorage())
    const request = await example(world, key)
    const { headers: _, ...withoutHeader } = request
    const answer = await ask(world, key, { ...withoutHeader, as: 'otto' })
    expect(answer.body).toMatchObject({ code: 'workspace-not-found', status: 404 })
  })
})
