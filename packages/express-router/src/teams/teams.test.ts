import { memoryStorage } from '@tenantry/core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { UNKNOWN } from '../testing/every-route.js'
import { ask } from '../testing/teams-client.js'
import { inviteOtto } from '../testing/teams-examples.js'
import { createWorld, snapshot } from '../testing/world.js'
import type { Person, World } from '../testing/world.js'

const CREATE = 'POST /tenant/create'
const UPDATE = 'PUT /tenant/{tenant_id}'
const ANSWER = 'PUT /tenant/update-request/{tenant_id}'
const ADD = 'POST /tenant/{tenant_id}/users/add'
const REMOVE = 'POST /tenant/{tenant_id}/user/remove'
const PROMOTE = 'POST /tenant/{tenant_id}/admin/{user_id}/promote'
const DEMOTE = 'POST /tenant/{tenant_id}/admin/{user_id}/demote'
const GET_PERMISSIONS = 'GET /tenant/{tenant_id}/users/{user_id}/permissions'
const SET_PERMISSIONS = 'PUT /tenant/{tenant_id}/users/{user_id}/permissions'

let world: World
beforeEach(async () => void (world = await createWorld(memoryStorage())))
afterEach(() => world.close())

const inAcme = () => ({ tenant_id: world.acme })
const on = (person: Person) => ({ ...inAcme(), user_id: world.people[person].id })
const roles = async (person: Person) =>
  (await world.tenancy.as({ userId: world.people[person].id }).in(world.acme).access()).roles

/** Sends a request that is refused so, and makes sure that it changed nothing. */
async function refused(status: number, code: number, key: string, request: Parameters<typeof ask>[2]) {
  const before = await snapshot(world)
  const answer = await ask(world, key, request)
  expect({ status: answer.status, ...answer.body }).toMatchObject({ status, code })
  expect(await snapshot(world)).toEqual(before)
  return answer
}

describe('making a team', () => {
  it('answers it with its owner, its models and its credit', async () => {
    const { body } = await ask(world, CREATE, { as: 'otto', body: { name: '  Initech ', llm_id: 'gpt' } })
    const { id: owner_id } = world.people.otto
    const none = { embd_id: null, asr_id: null, img2txt_id: null, rerank_id: null, tts_id: null, parser_ids: null }
    const team = { id: expect.any(String), name: 'Initech', owner_id, llm_id: 'gpt', ...none, credit: 512 }
    expect(body).toEqual({ code: 0, message: 'success', data: team })
    const listed = await ask(world, 'GET /tenant/list', { as: 'otto' })
    expect(listed.body.data).toEqual([{ ...body.data, role: 'owner' }])
  })

  it('for somebody else needs an operator, and somebody', async () => {
    const body = { name: 'Initech', user_id: world.people.otto.id }
    await refused(403, 403, CREATE, { as: 'vic', body })
    await refused(403, 403, CREATE, { as: 'vic', body: { ...body, user_id: UNKNOWN } })
    await refused(400, 102, CREATE, { as: 'opal', body: { ...body, user_id: UNKNOWN } })
    expect((await ask(world, CREATE, { as: 'otto', body })).status).toBe(200)
    const made = await ask(world, CREATE, { as: 'opal', body })
    expect(made.body.data.owner_id).toBe(world.people.otto.id)
  })

  it.each([
    {},
    { name: '' },
    { name: '   ' },
    { name: 'x'.repeat(101) },
    { name: 7 },
    { name: 'a\0b' },
    { name: 'Initech', credit: -1 },
    { name: 'Initech', credit: 1.5 },
    { name: 'Initech', credit: '512' },
    { name: 'Initech', llm_id: '' },
    { name: 'Initech', llm_id: 7 },
    { name: 'Initech', plan: 'gold' },
  ])('is refused with %j', async (body) => {
    await refused(400, 101, CREATE, { as: 'otto', body })
  })

  it('names only models that the host’s catalogue has for its owner', async () => {
    await world.close()
    const models = {
      has: ({ id, userId }: { id: string; userId: string }) => id === 'everybodys' || id === userId,
      defaults: { embd: 'usual' },
    }
    world = await createWorld(memoryStorage(), { teams: { models } })
    const answer = await refused(400, 102, CREATE, { as: 'otto', body: { name: 'Initech', llm_id: 'gpt' } })
    expect(answer.body.message).toContain('llm_id')
    await refused(400, 102, UPDATE, { as: 'ada', params: inAcme(), body: { tts_id: world.people.ann.id } })
    const mine = { name: 'Initech', llm_id: world.people.otto.id }
    const { data } = (await ask(world, CREATE, { as: 'otto', body: mine })).body
    expect(data).toMatchObject({ llm_id: world.people.otto.id, embd_id: 'usual' })
  })
})

describe('changing a team', () => {
  it('changes what is named and leaves the rest', async () => {
    const changes = { llm_id: 'a', rerank_id: 'b', parser_ids: 'naive:General', credit: 0 }
    await ask(world, UPDATE, { as: 'ada', params: inAcme(), body: changes })
    const { body } = await ask(world, UPDATE, { as: 'ann', params: inAcme(), body: { name: 'New', tts_id: 'c' } })
    expect(body.data).toMatchObject({ ...changes, name: 'New', tts_id: 'c', asr_id: null })
  })

  it('is for its owner and admins, and needs something to change', async () => {
    for (const as of ['ed', 'bob', 'vic'] as const) {
      await refused(403, 108, UPDATE, { as, params: inAcme(), body: { name: 'New' } })
    }
    for (const body of [{}, { name: '' }, { name: '  ' }, { credit: -1 }, { owner_id: 'x' }]) {
      await refused(400, 101, UPDATE, { as: 'ann', params: inAcme(), body })
    }
    await refused(404, 102, UPDATE, { as: 'ann', params: { tenant_id: world.globex }, body: { name: 'New' } })
  })
})

describe('answering an invitation', () => {
  const answer = (body: object) => ({ as: 'otto' as const, params: inAcme(), body })

  it('joins as a normal member unless an admin’s place was offered and is asked for', async () => {
    await inviteOtto(world, 'admin')
    const { body } = await ask(world, ANSWER, answer({ accept: true }))
    expect(body).toEqual({ code: 0, message: 'Joined the team as normal', data: true })
    expect(await roles('otto')).toEqual(['member'])
  })

  it('joins as an admin who was invited as one', async () => {
    const users = [{ email: world.people.otto.email, role: 'invite', invited_role: 'admin' }]
    await ask(world, ADD, { as: 'ann', params: inAcme(), body: { users } })
    const { body } = await ask(world, ANSWER, answer({ accept: true, role: 'admin' }))
    expect(body.message).toBe('Joined the team as admin')
    expect(await roles('otto')).toEqual(['admin'])
  })

  it('makes no admin of whoever was not invited as one', async () => {
    const users = [{ email: world.people.otto.email, role: 'invite' }]
    await ask(world, ADD, { as: 'ann', params: inAcme(), body: { users } })
    await refused(403, 108, ANSWER, answer({ accept: true, role: 'admin' }))
    expect((await ask(world, ANSWER, answer({ accept: true, role: 'normal' }))).status).toBe(200)
  })

  it('can be a no, once, and counts for nothing until it is a yes', async () => {
    await inviteOtto(world)
    await refused(404, 102, UPDATE, { as: 'otto', params: inAcme(), body: { name: 'New' } })
    await refused(404, 102, GET_PERMISSIONS, { as: 'ann', params: on('otto') })
    expect((await ask(world, ANSWER, answer({ accept: false }))).body).toMatchObject({ code: 0, data: true })
    await refused(404, 102, ANSWER, answer({ accept: true }))
    await refused(404, 102, ANSWER, answer({ accept: false }))
  })

  it('needs one, to an address that is proven', async () => {
    await refused(404, 102, ANSWER, answer({ accept: true }))
    await refused(404, 102, ANSWER, { ...answer({ accept: true }), params: { tenant_id: UNKNOWN } })
    await inviteOtto(world)
    for (const body of [{}, { accept: 'true' }, { accept: 1 }, { accept: true, role: 'owner' }, { role: 'normal' }]) {
      await refused(400, 101, ANSWER, answer(body))
    }
    await world.tenancy.as({ system: true }).users.update({ userId: world.people.otto.id, emailVerified: false })
    await refused(404, 102, ANSWER, answer({ accept: true }))
  })
})

describe('the list of one’s teams', () => {
  const list = async () => (await ask(world, 'GET /tenant/list', { as: 'otto' })).body.data

  it('has those that have invited one, and tells of them what the invitation says', async () => {
    expect(await list()).toEqual([])
    await inviteOtto(world, 'admin')
    const invited = { id: world.acme, name: 'Acme', role: 'invite' }
    expect(await list()).toEqual([{ ...invited, invited_role: 'admin' }])
    const users = [{ email: world.people.otto.email, role: 'invite' }]
    await ask(world, ADD, { as: 'ann', params: inAcme(), body: { users } })
    expect(await list()).toEqual([{ ...invited, invited_role: 'normal' }])
    const [{ id: tenant_id }] = await list()
    await ask(world, ANSWER, { as: 'otto', params: { tenant_id }, body: { accept: true } })
    expect(await list()).toMatchObject([{ id: world.acme, role: 'normal', credit: 512 }])
  })

  it('has none to an address that is not proven', async () => {
    await inviteOtto(world)
    await world.tenancy.as({ system: true }).users.update({ userId: world.people.otto.id, emailVerified: false })
    expect(await list()).toEqual([])
  })
})

describe('adding users', () => {
  const add = (users: unknown, as: Person = 'ada') => ({ as, params: inAcme(), body: { users } })

  it('adds, invites and refuses each by itself', async () => {
    const { otto, olga, opal, vic } = world.people
    const answer = await ask(
      world,
      ADD,
      add([
        ...[otto.email, { email: olga.email, role: 'INVITE', invited_role: 'Admin' }, { email: vic.email }],
        ...['no address', 'nell@example.com', { email: 'nora@example.com', role: 'invite' }],
        ...[
          { email: opal.email, role: 'king' },
          { email: world.people.gil.email, role: null },
        ],
      ]),
    )
    expect(answer.body).toMatchObject({ code: 0, message: '5 could not be added' })
    const [role, account] = ['The role must be normal, admin or invite', 'No account has this address']
    expect(answer.body.data).toEqual({
      added: [
        { id: otto.id, email: otto.email, nickname: '', avatar: '', role: 'normal' },
        { id: olga.id, email: olga.email, nickname: '', avatar: '', role: 'invite' },
        { id: world.people.gil.id, email: world.people.gil.email, nickname: '', avatar: '', role: 'normal' },
      ],
      failed: [
        { email: vic.email, error: expect.any(String) },
        { email: 'no address', error: 'This is no email address' },
        { email: 'nell@example.com', error: account },
        { email: 'nora@example.com', error: account },
        { email: opal.email, error: role },
      ],
    })
    expect((await world.tenancy.as({ userId: olga.id }).invitations.listOwn()).map((one) => one.role)).toEqual([
      'admin',
    ])
    const { body } = await ask(world, GET_PERMISSIONS, { as: 'ada', params: on('otto') })
    const only = { create: false, read: true, update: false, delete: false }
    expect(body.data).toEqual({ dataset: only, canvas: only })
  })

  it('adds an admin, too, and nobody above', async () => {
    const users = [{ email: world.people.otto.email, role: 'ADMIN' }]
    expect((await ask(world, ADD, add(users))).body.data.added).toMatchObject([{ role: 'admin' }])
    expect(await roles('otto')).toEqual(['admin'])
    for (const role of ['owner', 'member', 'viewer', '', 'constructor'])
      await refused(400, 102, ADD, add([{ email: world.people.olga.email, role }]))
  })

  it('is refused as a whole when each is, and says why', async () => {
    const { body } = await refused(400, 102, ADD, add(['no address', world.people.vic.email]))
    expect(body.data).toEqual({
      added: [],
      failed: [
        { email: 'no address', error: expect.any(String) },
        { email: world.people.vic.email, error: expect.any(String) },
      ],
    })
  })

  it('is for owner and admins, of lists of 1 to 100', async () => {
    for (const as of ['ed', 'bob', 'vic'] as const) await refused(403, 108, ADD, add(['nell@example.com'], as))
    const tooMany = Array.from({ length: 101 }, (_, at) => `${at}@example.com`)
    for (const users of [[], tooMany, 'nell@example.com', [{}], [null]]) await refused(400, 101, ADD, add(users))
    for (const [wrong, field] of [
      [{ email: 'a@example.com', invited_role: 'admin' }, 'users.1.invited_role'],
      [{ email: 'a@example.com', role: 7 }, 'users.1.role'],
      [{ email: 'a@example.com', superuser: true }, 'users.1.superuser'],
      [7, 'users.1'],
    ] as const) {
      const { body } = await refused(400, 101, ADD, add([world.people.otto.email, wrong]))
      expect(body.message).toMatch(new RegExp(`^${field}: `))
    }
  })

  it('invites instead where nobody becomes a member unasked', async () => {
    await world.close()
    world = await createWorld(memoryStorage(), { tenancy: { directAdd: false } })
    const { body } = await ask(world, ADD, add([world.people.otto.email]))
    expect(body.data.added).toMatchObject([{ role: 'invite' }])
    await refused(404, 102, GET_PERMISSIONS, { as: 'ada', params: on('otto') })
  })
})

describe('removing a user', () => {
  const remove = (as: Person, user_id: string) => ({ as, params: inAcme(), body: { user_id } })

  it('answers who it was, and takes oneself, too', async () => {
    const { vic, ada } = world.people
    const { body } = await ask(world, REMOVE, remove('ada', vic.id))
    expect(body.data).toEqual({ user_id: vic.id, email: vic.email })
    expect((await ask(world, REMOVE, remove('ada', ada.id))).status).toBe(200)
    await refused(404, 102, UPDATE, { as: 'ada', params: inAcme(), body: { name: 'New' } })
  })

  it('withdraws the invitation of somebody who is only invited, once', async () => {
    const { otto } = world.people
    const { body } = await ask(world, ADD, {
      as: 'ada',
      params: inAcme(),
      body: { users: [{ email: otto.email, role: 'invite' }] },
    })
    const [{ id }] = body.data.added
    const removed = await ask(world, REMOVE, remove('ada', id.toUpperCase().replaceAll('-', '')))
    expect(removed.body.data).toEqual({ user_id: otto.id, email: otto.email })
    expect(world.events.at(-1)).toMatchObject({ type: 'invitation.revoked', data: { email: otto.email } })
    await refused(404, 102, ANSWER, { as: 'otto', params: inAcme(), body: { accept: true } })
    await refused(400, 102, REMOVE, remove('ada', otto.id))
    await inviteOtto(world)
    for (const as of ['ed', 'bob', 'vic'] as const) await refused(403, 108, REMOVE, remove(as, otto.id))
  })

  it('never takes the owner, and knows no outsiders', async () => {
    await refused(400, 102, REMOVE, remove('ada', world.people.ann.id))
    await refused(400, 102, REMOVE, remove('ann', world.people.ann.id))
    await refused(400, 102, REMOVE, remove('ann', world.people.mo.id))
    await refused(400, 101, REMOVE, { as: 'ann', params: inAcme(), body: {} })
    for (const as of ['ed', 'bob', 'vic'] as const) {
      await refused(403, 108, REMOVE, remove(as, world.people.bob.id))
      await refused(403, 108, REMOVE, remove(as, UNKNOWN))
    }
  })
})

describe('admins', () => {
  it('are made and unmade by the owner', async () => {
    expect((await ask(world, PROMOTE, { as: 'ann', params: on('bob') })).body.data).toBe(true)
    expect((await ask(world, PROMOTE, { as: 'ann', params: on('bob') })).body.data).toBe(true)
    expect(await roles('bob')).toEqual(['admin'])
    expect((await ask(world, DEMOTE, { as: 'ann', params: on('bob') })).body.data).toBe(true)
    expect(await roles('bob')).toEqual(['member'])
  })

  it.each([PROMOTE, DEMOTE])('%s is refused to others, on the owner, and of outsiders', async (key) => {
    for (const as of ['ada', 'ed', 'bob', 'vic'] as const) {
      for (const person of ['bob', 'ada', 'ann', 'mo'] as const) {
        await refused(403, 108, key, { as, params: on(person) })
      }
    }
    await refused(400, 102, key, { as: 'ann', params: on('ann') })
    await refused(404, 102, key, { as: 'ann', params: on('mo') })
  })

  it('cannot be unmade who is none', async () => {
    await refused(404, 102, DEMOTE, { as: 'ann', params: on('bob') })
  })
})

describe('permissions', () => {
  const set = (permissions: unknown, person: Person = 'bob', as: Person = 'ada') => ({
    as,
    params: on(person),
    body: { permissions },
  })
  const get = async (person: Person) => (await ask(world, GET_PERMISSIONS, { as: 'ann', params: on(person) })).body.data

  it('are changed one by one, and answered as a whole', async () => {
    const { body } = await ask(world, SET_PERMISSIONS, set({ canvas: { create: true, read: false } }))
    const data = {
      dataset: { create: false, read: true, update: false, delete: false },
      canvas: { create: true, read: false, update: false, delete: false },
    }
    expect(body.data).toEqual(data)
    expect(await get('bob')).toEqual(data)
    await ask(world, SET_PERMISSIONS, set({ canvas: { read: true } }))
    expect((await get('bob')).canvas).toEqual({ create: true, read: true, update: false, delete: false })
  })

  it('of owner and admins are full, cannot be restricted, and come back as they were', async () => {
    const all = { create: true, read: true, update: true, delete: true }
    await ask(world, SET_PERMISSIONS, set({ dataset: { read: false } }))
    await ask(world, PROMOTE, { as: 'ann', params: on('bob') })
    for (const person of ['ann', 'ada', 'bob'] as const) {
      expect(await get(person)).toEqual({ dataset: all, canvas: all })
      await refused(403, 108, SET_PERMISSIONS, set({ canvas: { read: false } }, person, 'ann'))
      await refused(403, 108, SET_PERMISSIONS, set({ canvas: { read: false } }, person, 'ada'))
    }
    await ask(world, DEMOTE, { as: 'ann', params: on('bob') })
    expect((await get('bob')).dataset.read).toBe(false)
  })

  it('are seen and set by owner and admins only', async () => {
    for (const as of ['ed', 'bob', 'vic'] as const) {
      await refused(403, 108, GET_PERMISSIONS, { as, params: on('bob') })
      await refused(403, 108, SET_PERMISSIONS, set({ canvas: { create: true } }, 'bob', as))
    }
    await refused(404, 102, GET_PERMISSIONS, { as: 'ann', params: on('mo') })
  })

  it.each([
    {},
    { canvas: {} },
    { canvas: null },
    { canvas: [] },
    { canvas: { read: 'true' } },
    { canvas: { read: 1 } },
    { canvas: { read: null } },
    { canvas: { run: true } },
    { canvas: { '*': true } },
    { '*': { read: true } },
    { invoice: { approve: true } },
    { tenant: { update: true } },
    JSON.parse('{"__proto__":{"read":true}}'),
    JSON.parse('{"canvas":{"__proto__":true}}'),
    [],
    null,
    'all',
  ])('are refused as %j', async (permissions) => {
    await refused(400, 101, SET_PERMISSIONS, set(permissions))
  })
})

describe('ids and tokens', () => {
  it('are known without dashes and in any case, and answered as they were made', async () => {
    const { acme, people } = world
    const forms = (id: string) => [id, id.replaceAll('-', ''), id.toUpperCase(), id.replaceAll('-', '').toUpperCase()]
    for (const tenant_id of forms(acme)) {
      for (const user_id of forms(people.vic.id)) {
        const { status } = await ask(world, GET_PERMISSIONS, { as: 'ann', params: { tenant_id, user_id } })
        expect(status).toBe(200)
      }
    }
    const user_id = people.vic.id.replaceAll('-', '').toUpperCase()
    const { body } = await ask(world, REMOVE, { as: 'ann', params: inAcme(), body: { user_id } })
    expect(body.data.user_id).toBe(people.vic.id)
  })

  it('that a host makes in its own way are known as they are', async () => {
    await world.close()
    let count = 0
    const newId = () => `${'ab12'.repeat(7)}${String(++count).padStart(4, '0')}`
    world = await createWorld(memoryStorage(), { tenancy: { newId } })
    const dashed = (id: string) => id.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-').toUpperCase()
    const named = { tenant_id: dashed(world.acme), user_id: dashed(world.people.vic.id) }
    const { body } = await ask(world, REMOVE, {
      as: 'ann',
      params: { tenant_id: named.tenant_id },
      body: { user_id: named.user_id },
    })
    expect(body.data.user_id).toBe(world.people.vic.id)
  })

  it.each(['', 'Bearer ', 'bearer ', 'BEARER   '])('are taken after "%s"', async (scheme) => {
    const headers = { authorization: `${scheme}${world.people.vic.token}` }
    expect((await ask(world, 'GET /user/info', { as: null, headers })).status).toBe(200)
  })

  it.each(['', 'Basic ', 'Bearer Bearer ', 'Bearer, '])('are refused after "%s" when they are none', async (scheme) => {
    const token = scheme === '' ? 'dfoa_forged' : world.people.vic.token
    const answer = await ask(world, 'GET /user/info', { as: null, headers: { authorization: `${scheme}${token}` } })
    expect(answer.status).toBe(401)
  })
})
