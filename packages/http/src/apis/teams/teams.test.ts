import { memoryStorage } from '@tenantry/core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { UNKNOWN } from '../../testing/every-route.js'
import { ask } from '../../testing/teams-client.js'
import { inviteOtto } from '../../testing/teams-examples.js'
import { createScenario } from '../../testing/scenario.js'
import { snapshot } from '../../testing/snapshot.js'
import type { Person, Scenario } from '../../testing/scenario.js'

const CREATE = 'POST /tenant/create'
const UPDATE = 'PUT /tenant/{tenant_id}'
const ANSWER = 'PUT /tenant/update-request/{tenant_id}'
const ADD = 'POST /tenant/{tenant_id}/users/add'
const REMOVE = 'POST /tenant/{tenant_id}/user/remove'
const PROMOTE = 'POST /tenant/{tenant_id}/admin/{user_id}/promote'
const DEMOTE = 'POST /tenant/{tenant_id}/admin/{user_id}/demote'
const GET_PERMISSIONS = 'GET /tenant/{tenant_id}/users/{user_id}/permissions'
const SET_PERMISSIONS = 'PUT /tenant/{tenant_id}/users/{user_id}/permissions'

let scenario: Scenario
beforeEach(async () => void (scenario = await createScenario(memoryStorage())))
afterEach(() => scenario.close())

const inAcme = () => ({ tenant_id: scenario.acme })
const on = (person: Person) => ({ ...inAcme(), user_id: scenario.people[person].id })
const roles = async (person: Person) =>
  (await scenario.tenancy.as({ userId: scenario.people[person].id }).in(scenario.acme).access()).roles

/** Sends a request that is refused so, and makes sure that it changed nothing. */
async function refused(status: number, code: number, key: string, request: Parameters<typeof ask>[2]) {
  const before = await snapshot(scenario)
  const response = await ask(scenario, key, request)
  expect({ status: response.status, ...response.body }).toMatchObject({ status, code })
  expect(await snapshot(scenario)).toEqual(before)
  return response
}

describe('creating a team', () => {
  it('returns the team with its owner, models and credit', async () => {
    const { body } = await ask(scenario, CREATE, { as: 'otto', body: { name: '  Initech ', llm_id: 'gpt' } })
    const { id: owner_id } = scenario.people.otto
    const none = { embd_id: null, asr_id: null, img2txt_id: null, rerank_id: null, tts_id: null, parser_ids: null }
    const team = { id: expect.any(String), name: 'Initech', owner_id, llm_id: 'gpt', ...none, credit: 512 }
    expect(body).toEqual({ code: 0, message: 'success', data: team })
    const listed = await ask(scenario, 'GET /tenant/list', { as: 'otto' })
    expect(listed.body.data).toEqual([{ ...body.data, role: 'owner' }])
  })

  it('for another user requires an operator and an existing user', async () => {
    const body = { name: 'Initech', user_id: scenario.people.otto.id }
    await refused(403, 403, CREATE, { as: 'vic', body })
    await refused(403, 403, CREATE, { as: 'vic', body: { ...body, user_id: UNKNOWN } })
    await refused(400, 102, CREATE, { as: 'opal', body: { ...body, user_id: UNKNOWN } })
    expect((await ask(scenario, CREATE, { as: 'otto', body })).status).toBe(200)
    const made = await ask(scenario, CREATE, { as: 'opal', body })
    expect(made.body.data.owner_id).toBe(scenario.people.otto.id)
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

  it('accepts only models that the host’s catalog offers to the owner', async () => {
    await scenario.close()
    const models = {
      has: ({ id, userId }: { id: string; userId: string }) => id === 'everybodys' || id === userId,
      defaults: { embd: 'usual' },
    }
    scenario = await createScenario(memoryStorage(), { teams: { models } })
    const response = await refused(400, 102, CREATE, { as: 'otto', body: { name: 'Initech', llm_id: 'gpt' } })
    expect(response.body.message).toContain('llm_id')
    await refused(400, 102, UPDATE, { as: 'ada', params: inAcme(), body: { tts_id: scenario.people.ann.id } })
    const mine = { name: 'Initech', llm_id: scenario.people.otto.id }
    const { data } = (await ask(scenario, CREATE, { as: 'otto', body: mine })).body
    expect(data).toMatchObject({ llm_id: scenario.people.otto.id, embd_id: 'usual' })
  })
})

describe('changing a team', () => {
  it('changes only the named fields', async () => {
    const changes = { llm_id: 'a', rerank_id: 'b', parser_ids: 'naive:General', credit: 0 }
    await ask(scenario, UPDATE, { as: 'ada', params: inAcme(), body: changes })
    const { body } = await ask(scenario, UPDATE, { as: 'ann', params: inAcme(), body: { name: 'New', tts_id: 'c' } })
    expect(body.data).toMatchObject({ ...changes, name: 'New', tts_id: 'c', asr_id: null })
  })

  it('requires the owner or an admin, and at least one field', async () => {
    for (const as of ['ed', 'bob', 'vic'] as const) {
      await refused(403, 108, UPDATE, { as, params: inAcme(), body: { name: 'New' } })
    }
    for (const body of [{}, { name: '' }, { name: '  ' }, { credit: -1 }, { owner_id: 'x' }]) {
      await refused(400, 101, UPDATE, { as: 'ann', params: inAcme(), body })
    }
    await refused(404, 102, UPDATE, { as: 'ann', params: { tenant_id: scenario.globex }, body: { name: 'New' } })
  })
})

describe('responding to an invitation', () => {
  const response = (body: object) => ({ as: 'otto' as const, params: inAcme(), body })

  it('joins as a normal member unless the invitation offers admin and the user requests it', async () => {
    await inviteOtto(scenario, 'admin')
    const { body } = await ask(scenario, ANSWER, response({ accept: true }))
    expect(body).toEqual({ code: 0, message: 'Joined the team as normal', data: true })
    expect(await roles('otto')).toEqual(['member'])
  })

  it('joins as an admin if the user was invited as one', async () => {
    const users = [{ email: scenario.people.otto.email, role: 'invite', invited_role: 'admin' }]
    await ask(scenario, ADD, { as: 'ann', params: inAcme(), body: { users } })
    const { body } = await ask(scenario, ANSWER, response({ accept: true, role: 'admin' }))
    expect(body.message).toBe('Joined the team as admin')
    expect(await roles('otto')).toEqual(['admin'])
  })

  it('rejects the admin role if the invitation does not offer it', async () => {
    const users = [{ email: scenario.people.otto.email, role: 'invite' }]
    await ask(scenario, ADD, { as: 'ann', params: inAcme(), body: { users } })
    await refused(403, 108, ANSWER, response({ accept: true, role: 'admin' }))
    expect((await ask(scenario, ANSWER, response({ accept: true, role: 'normal' }))).status).toBe(200)
  })

  it('can decline once, and gives no access before it is accepted', async () => {
    await inviteOtto(scenario)
    await refused(404, 102, UPDATE, { as: 'otto', params: inAcme(), body: { name: 'New' } })
    await refused(404, 102, GET_PERMISSIONS, { as: 'ann', params: on('otto') })
    expect((await ask(scenario, ANSWER, response({ accept: false }))).body).toMatchObject({ code: 0, data: true })
    await refused(404, 102, ANSWER, response({ accept: true }))
    await refused(404, 102, ANSWER, response({ accept: false }))
  })

  it('requires an invitation to a verified address', async () => {
    await refused(404, 102, ANSWER, response({ accept: true }))
    await refused(404, 102, ANSWER, { ...response({ accept: true }), params: { tenant_id: UNKNOWN } })
    await inviteOtto(scenario)
    for (const body of [{}, { accept: 'true' }, { accept: 1 }, { accept: true, role: 'owner' }, { role: 'normal' }]) {
      await refused(400, 101, ANSWER, response(body))
    }
    await scenario.tenancy.as({ system: true }).users.update({ userId: scenario.people.otto.id, emailVerified: false })
    await refused(404, 102, ANSWER, response({ accept: true }))
  })
})

describe('the list of the caller’s teams', () => {
  const list = async () => (await ask(scenario, 'GET /tenant/list', { as: 'otto' })).body.data

  it('includes teams that have invited the caller, with only the data of the invitation', async () => {
    expect(await list()).toEqual([])
    await inviteOtto(scenario, 'admin')
    const invited = { id: scenario.acme, name: 'Acme', role: 'invite' }
    expect(await list()).toEqual([{ ...invited, invited_role: 'admin' }])
    const users = [{ email: scenario.people.otto.email, role: 'invite' }]
    await ask(scenario, ADD, { as: 'ann', params: inAcme(), body: { users } })
    expect(await list()).toEqual([{ ...invited, invited_role: 'normal' }])
    const [{ id: tenant_id }] = await list()
    await ask(scenario, ANSWER, { as: 'otto', params: { tenant_id }, body: { accept: true } })
    expect(await list()).toMatchObject([{ id: scenario.acme, role: 'normal', credit: 512 }])
  })

  it('excludes invitations to an unverified address', async () => {
    await inviteOtto(scenario)
    await scenario.tenancy.as({ system: true }).users.update({ userId: scenario.people.otto.id, emailVerified: false })
    expect(await list()).toEqual([])
  })
})

describe('adding users', () => {
  const add = (users: unknown, as: Person = 'ada') => ({ as, params: inAcme(), body: { users } })

  it('adds, invites or rejects each user independently', async () => {
    const { otto, olga, opal, vic } = scenario.people
    const response = await ask(
      scenario,
      ADD,
      add([
        ...[otto.email, { email: olga.email, role: 'INVITE', invited_role: 'Admin' }, { email: vic.email }],
        ...['no address', 'nell@example.com', { email: 'nora@example.com', role: 'invite' }],
        ...[
          { email: opal.email, role: 'king' },
          { email: scenario.people.gil.email, role: null },
        ],
      ]),
    )
    expect(response.body).toMatchObject({ code: 0, message: '5 could not be added' })
    const [role, account] = ['The role must be normal, admin or invite', 'No account has this address']
    expect(response.body.data).toEqual({
      added: [
        { id: otto.id, email: otto.email, nickname: '', avatar: '', role: 'normal' },
        { id: olga.id, email: olga.email, nickname: '', avatar: '', role: 'invite' },
        { id: scenario.people.gil.id, email: scenario.people.gil.email, nickname: '', avatar: '', role: 'normal' },
      ],
      failed: [
        { email: vic.email, error: expect.any(String) },
        { email: 'no address', error: 'Invalid email address' },
        { email: 'nell@example.com', error: account },
        { email: 'nora@example.com', error: account },
        { email: opal.email, error: role },
      ],
    })
    expect((await scenario.tenancy.as({ userId: olga.id }).invitations.listMine()).map((one) => one.role)).toEqual([
      'admin',
    ])
    const { body } = await ask(scenario, GET_PERMISSIONS, { as: 'ada', params: on('otto') })
    const only = { create: false, read: true, update: false, delete: false }
    expect(body.data).toEqual({ dataset: only, canvas: only })
  })

  it('can add an admin, but no higher role', async () => {
    const users = [{ email: scenario.people.otto.email, role: 'ADMIN' }]
    expect((await ask(scenario, ADD, add(users))).body.data.added).toMatchObject([{ role: 'admin' }])
    expect(await roles('otto')).toEqual(['admin'])
    for (const role of ['owner', 'member', 'viewer', '', 'constructor'])
      await refused(400, 102, ADD, add([{ email: scenario.people.olga.email, role }]))
  })

  it('fails as a whole with the reasons if every row fails', async () => {
    const { body } = await refused(400, 102, ADD, add(['no address', scenario.people.vic.email]))
    expect(body.data).toEqual({
      added: [],
      failed: [
        { email: 'no address', error: expect.any(String) },
        { email: scenario.people.vic.email, error: expect.any(String) },
      ],
    })
  })

  it('requires the owner or an admin, and 1 to 100 rows', async () => {
    for (const as of ['ed', 'bob', 'vic'] as const) await refused(403, 108, ADD, add(['nell@example.com'], as))
    const tooMany = Array.from({ length: 101 }, (_, at) => `${at}@example.com`)
    for (const users of [[], tooMany, 'nell@example.com', [{}], [null]]) await refused(400, 101, ADD, add(users))
    for (const [wrong, field] of [
      [{ email: 'a@example.com', invited_role: 'admin' }, 'users.1.invited_role'],
      [{ email: 'a@example.com', role: 7 }, 'users.1.role'],
      [{ email: 'a@example.com', superuser: true }, 'users.1.superuser'],
      [7, 'users.1'],
    ] as const) {
      const { body } = await refused(400, 101, ADD, add([scenario.people.otto.email, wrong]))
      expect(body.message).toMatch(new RegExp(`^${field}: `))
    }
  })

  it('invites instead if direct adds are disabled', async () => {
    await scenario.close()
    scenario = await createScenario(memoryStorage(), { tenancy: { allowDirectAdd: false } })
    const { body } = await ask(scenario, ADD, add([scenario.people.otto.email]))
    expect(body.data.added).toMatchObject([{ role: 'invite' }])
    await refused(404, 102, GET_PERMISSIONS, { as: 'ada', params: on('otto') })
  })
})

describe('removing a user', () => {
  const remove = (as: Person, user_id: string) => ({ as, params: inAcme(), body: { user_id } })

  it('returns the removed user, and lets a member leave', async () => {
    const { vic, ada } = scenario.people
    const { body } = await ask(scenario, REMOVE, remove('ada', vic.id))
    expect(body.data).toEqual({ user_id: vic.id, email: vic.email })
    expect((await ask(scenario, REMOVE, remove('ada', ada.id))).status).toBe(200)
    await refused(404, 102, UPDATE, { as: 'ada', params: inAcme(), body: { name: 'New' } })
  })

  it('revokes the invitation of an invited user, once', async () => {
    const { otto } = scenario.people
    const { body } = await ask(scenario, ADD, {
      as: 'ada',
      params: inAcme(),
      body: { users: [{ email: otto.email, role: 'invite' }] },
    })
    const [{ id }] = body.data.added
    const removed = await ask(scenario, REMOVE, remove('ada', id.toUpperCase().replaceAll('-', '')))
    expect(removed.body.data).toEqual({ user_id: otto.id, email: otto.email })
    expect(scenario.events.at(-1)).toMatchObject({ type: 'invitation.revoked', data: { email: otto.email } })
    await refused(404, 102, ANSWER, { as: 'otto', params: inAcme(), body: { accept: true } })
    await refused(400, 102, REMOVE, remove('ada', otto.id))
    await inviteOtto(scenario)
    for (const as of ['ed', 'bob', 'vic'] as const) await refused(403, 108, REMOVE, remove(as, otto.id))
  })

  it('rejects the owner and users outside the team', async () => {
    await refused(400, 102, REMOVE, remove('ada', scenario.people.ann.id))
    await refused(400, 102, REMOVE, remove('ann', scenario.people.ann.id))
    await refused(400, 102, REMOVE, remove('ann', scenario.people.mo.id))
    await refused(400, 101, REMOVE, { as: 'ann', params: inAcme(), body: {} })
    for (const as of ['ed', 'bob', 'vic'] as const) {
      await refused(403, 108, REMOVE, remove(as, scenario.people.bob.id))
      await refused(403, 108, REMOVE, remove(as, UNKNOWN))
    }
  })
})

describe('admins', () => {
  it('are promoted and demoted by the owner', async () => {
    expect((await ask(scenario, PROMOTE, { as: 'ann', params: on('bob') })).body.data).toBe(true)
    expect((await ask(scenario, PROMOTE, { as: 'ann', params: on('bob') })).body.data).toBe(true)
    expect(await roles('bob')).toEqual(['admin'])
    expect((await ask(scenario, DEMOTE, { as: 'ann', params: on('bob') })).body.data).toBe(true)
    expect(await roles('bob')).toEqual(['member'])
  })

  it.each([PROMOTE, DEMOTE])(
    '%s is rejected for other callers, for the owner as target, and for users outside the team',
    async (key) => {
      for (const as of ['ada', 'ed', 'bob', 'vic'] as const) {
        for (const person of ['bob', 'ada', 'ann', 'mo'] as const) {
          await refused(403, 108, key, { as, params: on(person) })
        }
      }
      await refused(400, 102, key, { as: 'ann', params: on('ann') })
      await refused(404, 102, key, { as: 'ann', params: on('mo') })
    },
  )

  it('are the only members that can be demoted', async () => {
    await refused(404, 102, DEMOTE, { as: 'ann', params: on('bob') })
  })
})

describe('permissions', () => {
  const set = (permissions: unknown, person: Person = 'bob', as: Person = 'ada') => ({
    as,
    params: on(person),
    body: { permissions },
  })
  const get = async (person: Person) =>
    (await ask(scenario, GET_PERMISSIONS, { as: 'ann', params: on(person) })).body.data

  it('are changed individually and returned completely', async () => {
    const { body } = await ask(scenario, SET_PERMISSIONS, set({ canvas: { create: true, read: false } }))
    const data = {
      dataset: { create: false, read: true, update: false, delete: false },
      canvas: { create: true, read: false, update: false, delete: false },
    }
    expect(body.data).toEqual(data)
    expect(await get('bob')).toEqual(data)
    await ask(scenario, SET_PERMISSIONS, set({ canvas: { read: true } }))
    expect((await get('bob')).canvas).toEqual({ create: true, read: true, update: false, delete: false })
  })

  it('of owner and admins are complete and cannot be restricted; earlier overrides apply again after demotion', async () => {
    const all = { create: true, read: true, update: true, delete: true }
    await ask(scenario, SET_PERMISSIONS, set({ dataset: { read: false } }))
    await ask(scenario, PROMOTE, { as: 'ann', params: on('bob') })
    for (const person of ['ann', 'ada', 'bob'] as const) {
      expect(await get(person)).toEqual({ dataset: all, canvas: all })
      await refused(403, 108, SET_PERMISSIONS, set({ canvas: { read: false } }, person, 'ann'))
      await refused(403, 108, SET_PERMISSIONS, set({ canvas: { read: false } }, person, 'ada'))
    }
    await ask(scenario, DEMOTE, { as: 'ann', params: on('bob') })
    expect((await get('bob')).dataset.read).toBe(false)
  })

  it('can only be read and changed by owner and admins', async () => {
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
  it('are accepted without dashes and in any case, and returned in their original form', async () => {
    const { acme, people } = scenario
    const forms = (id: string) => [id, id.replaceAll('-', ''), id.toUpperCase(), id.replaceAll('-', '').toUpperCase()]
    for (const tenant_id of forms(acme)) {
      for (const user_id of forms(people.vic.id)) {
        const { status } = await ask(scenario, GET_PERMISSIONS, { as: 'ann', params: { tenant_id, user_id } })
        expect(status).toBe(200)
      }
    }
    const user_id = people.vic.id.replaceAll('-', '').toUpperCase()
    const { body } = await ask(scenario, REMOVE, { as: 'ann', params: inAcme(), body: { user_id } })
    expect(body.data.user_id).toBe(people.vic.id)
  })

  it('in a format of the host are accepted unchanged', async () => {
    await scenario.close()
    let count = 0
    const newId = () => `${'ab12'.repeat(7)}${String(++count).padStart(4, '0')}`
    scenario = await createScenario(memoryStorage(), { tenancy: { newId } })
    const dashed = (id: string) => id.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-').toUpperCase()
    const named = { tenant_id: dashed(scenario.acme), user_id: dashed(scenario.people.vic.id) }
    const { body } = await ask(scenario, REMOVE, {
      as: 'ann',
      params: { tenant_id: named.tenant_id },
      body: { user_id: named.user_id },
    })
    expect(body.data.user_id).toBe(scenario.people.vic.id)
  })

  it.each(['', 'Bearer ', 'bearer ', 'BEARER   '])('are accepted after "%s"', async (scheme) => {
    const headers = { authorization: `${scheme}${scenario.people.vic.token}` }
    expect((await ask(scenario, 'GET /user/info', { as: null, headers })).status).toBe(200)
  })

  it.each(['', 'Basic ', 'Bearer Bearer ', 'Bearer, '])(
    'are rejected after "%s" when they are invalid',
    async (scheme) => {
      const token = scheme === '' ? 'dfoa_forged' : scenario.people.vic.token
      const response = await ask(scenario, 'GET /user/info', {
        as: null,
        headers: { authorization: `${scheme}${token}` },
      })
      expect(response.status).toBe(401)
    },
  )
})
