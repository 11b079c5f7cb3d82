import { constants, generateKeyPairSync, publicEncrypt } from 'node:crypto'
import { memoryStorage } from '@tenantry/core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { teamsRouter } from '@tenantry/express-router'
import { UNKNOWN } from '../../testing/every-route.js'
import { serve } from '../../testing/serve.js'
import { ask } from '../../testing/teams-client.js'
import { createScenario, givePassword, PASSWORD } from '../../testing/scenario.js'
import { snapshot } from '../../testing/snapshot.js'
import type { Person, Scenario } from '../../testing/scenario.js'

const CREATE = 'POST /user/create'
const UPDATE = 'PUT /user/update'
const DELETE = 'DELETE /user/delete'
const LOGIN = 'POST /user/login'
const REGISTER = 'POST /user/register'
const LIST = 'GET /user/list'

let scenario: Scenario
beforeEach(async () => void (scenario = await createScenario(memoryStorage())))
afterEach(() => scenario.close())

const nell = { nickname: 'Nell', email: 'nell@example.com', password: PASSWORD }
const login = (email: string, password: string) => ask(scenario, LOGIN, { as: null, body: { email, password } })

async function refused(status: number, code: number, key: string, request: Parameters<typeof ask>[2]) {
  const before = await everything()
  const response = await ask(scenario, key, request)
  expect({ status: response.status, ...response.body }).toMatchObject({ status, code, data: null })
  expect(await everything()).toEqual(before)
  return response
}

async function everything() {
  const users = await scenario.tenancy.as({ system: true }).users.list({ limit: 100 })
  return { ...((await snapshot(scenario)) as object), users }
}

describe('signing in', () => {
  it('returns the user, and the token in a header', async () => {
    await givePassword(scenario, 'vic')
    const { body, headers } = await login(scenario.people.vic.email, PASSWORD)
    const { id, email } = scenario.people.vic
    expect(body.data).toEqual({ id, email, nickname: '', is_superuser: false })
    const token = headers.get('authorization') ?? ''
    const me = await ask(scenario, 'GET /user/info', { as: null, token })
    expect(me.body.data).toEqual(body.data)
    expect(body).not.toMatchObject({ data: { token: expect.anything() } })
  })

  it('fails with the same error for a wrong password, an unknown address and an invalid address', async () => {
    await givePassword(scenario, 'vic')
    const texts = await Promise.all([
      login(scenario.people.vic.email, 'wrong password'),
      login('nobody@example.com', PASSWORD),
      login('no address', PASSWORD),
    ])
    expect(texts.map(({ status }) => status)).toEqual([401, 401, 401])
    expect(new Set(texts.map(({ text }) => text)).size).toBe(1)
  })
})

describe('encrypted passwords', () => {
  const encrypt = (key: string, password: string, oaepHash = 'sha256') =>
    publicEncrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash }, Buffer.from(password)).toString(
      'base64',
    )
  const publicKey = async () =>
    (await ask(scenario, 'GET /user/public-key', { as: null })).body.data.public_key as string

  it('are accepted wherever a password is', async () => {
    const key = await publicKey()
    expect(await publicKey()).toBe(key)
    await ask(scenario, CREATE, { as: 'opal', body: { ...nell, password: encrypt(key, 'pässword one') } })
    expect((await login(nell.email, 'pässword one')).status).toBe(200)
    const { headers } = await login(nell.email, encrypt(key, 'pässword one'))
    const token = headers.get('authorization') ?? ''
    const body = { email: nell.email, password: encrypt(key, 'password two') }
    expect((await ask(scenario, UPDATE, { as: null, token, body })).status).toBe(200)
    expect((await login(nell.email, 'password two')).status).toBe(200)
    const other = { ...nell, email: 'other@example.com', password: encrypt(key, 'password three') }
    expect((await ask(scenario, REGISTER, { as: null, body: other })).status).toBe(200)
    expect((await login(other.email, 'password three')).status).toBe(200)
  })

  it('with another key or padding are rejected, not used as plain text', async () => {
    const { publicKey: other } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const pem = other.export({ type: 'spki', format: 'pem' }).toString()
    for (const password of [encrypt(pem, PASSWORD), encrypt(await publicKey(), PASSWORD, 'sha1')]) {
      const response = await refused(400, 101, CREATE, { as: 'vic', body: { ...nell, password } })
      expect(response.body.message).toContain('password')
    }
    const short = encrypt(await publicKey(), 'short')
    await refused(400, 101, CREATE, { as: 'vic', body: { ...nell, password: short } })
  })

  it('are decrypted with the host’s own key', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 3072 })
    const passwordKey = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
    await givePassword(scenario, 'vic')
    for (const fixture of [passwordKey, privateKey]) {
      const server = await serve(teamsRouter({ tenancy: scenario.tenancy, passwordKey: fixture }))
      const { data } = (await (await fetch(`${server.url}/user/public-key`)).json()) as { data: { public_key: string } }
      const body = { email: scenario.people.vic.email, password: encrypt(data.public_key, PASSWORD) }
      const headers = { 'content-type': 'application/json' }
      const request = { method: 'POST', headers, body: JSON.stringify(body) }
      expect((await fetch(`${server.url}/user/login`, request)).status).toBe(200)
      await server.close()
    }
  })

  it('require a valid key', () => {
    const small = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const curve = generateKeyPairSync('ed25519').privateKey
    for (const passwordKey of ['no key', small, rsa.publicKey, curve]) {
      expect(() => teamsRouter({ tenancy: scenario.tenancy, passwordKey })).toThrow(TypeError)
    }
  })
})

describe('signing up', () => {
  it('returns the user, signed in', async () => {
    const { body, headers } = await ask(scenario, REGISTER, { as: null, body: nell })
    expect(body.data).toEqual({ id: expect.any(String), email: nell.email, nickname: 'Nell', is_superuser: false })
    const token = headers.get('authorization') ?? ''
    expect((await ask(scenario, 'GET /user/info', { as: null, token })).status).toBe(200)
    await refused(400, 103, REGISTER, { as: null, body: nell })
    await refused(400, 103, REGISTER, { as: null, body: { ...nell, email: 'no address' } })
    await refused(400, 101, REGISTER, { as: null, body: { ...nell, email: 'x@example.com', is_superuser: true } })
  })

  it('is rejected if the host has disabled it', async () => {
    await scenario.close()
    scenario = await createScenario(memoryStorage(), { tenancy: { allowSignUp: false } })
    await refused(403, 403, REGISTER, { as: null, body: nell })
  })

  it('is not available with external accounts', async () => {
    const server = await serve(teamsRouter({ tenancy: scenario.tenancy, userManagement: 'external' }))
    for (const path of ['/user/login', '/user/register', '/user/create', '/user/public-key']) {
      expect((await fetch(`${server.url}${path}`, { method: 'POST' })).status).toBe(404)
    }
    await server.close()
  })
})

describe('creating an account', () => {
  it('requires a signed-in user', async () => {
    const { body } = await ask(scenario, CREATE, { as: 'vic', body: nell })
    expect(body).toMatchObject({ code: 0, data: { email: nell.email, nickname: 'Nell', is_superuser: false } })
    expect((await login(nell.email, PASSWORD)).status).toBe(200)
  })

  it('of an operator requires an operator', async () => {
    await refused(403, 403, CREATE, { as: 'vic', body: { ...nell, is_superuser: true } })
    const { body } = await ask(scenario, CREATE, { as: 'opal', body: { ...nell, is_superuser: true } })
    expect(body.data.is_superuser).toBe(true)
  })

  it('requires an operator if the host has configured it', async () => {
    await scenario.close()
    scenario = await createScenario(memoryStorage(), { tenancy: { userCreation: 'operators' } })
    await refused(403, 403, CREATE, { as: 'vic', body: nell })
    expect((await ask(scenario, CREATE, { as: 'opal', body: nell })).status).toBe(200)
  })

  it('by an operator verifies the address, which can then accept invitations', async () => {
    for (const [as, status] of [
      ['vic', 404],
      ['opal', 200],
    ] as const) {
      const body = { ...nell, email: `${as}s@example.com` }
      await ask(scenario, CREATE, { as, body })
      const users = [{ email: body.email, role: 'invite' }]
      const params = { tenant_id: scenario.acme }
      await ask(scenario, 'POST /tenant/{tenant_id}/users/add', { as: 'ann', params, body: { users } })
      const token = (await login(body.email, PASSWORD)).headers.get('authorization') ?? ''
      const key = 'PUT /tenant/update-request/{tenant_id}'
      expect((await ask(scenario, key, { as: null, token, params, body: { accept: true } })).status).toBe(status)
    }
  })

  it('is rejected for a taken or invalid address, and for invalid fields', async () => {
    await refused(400, 103, CREATE, { as: 'vic', body: { ...nell, email: 'ANN@example.com' } })
    await refused(400, 103, CREATE, { as: 'vic', body: { ...nell, email: 'no address' } })
    for (const wrong of [
      ...[{ email: undefined }, { email: null }, { password: 'short' }, { password: '' }],
      ...[{ nickname: undefined }, { nickname: null }, { is_superuser: 'true' }],
    ]) {
      await refused(400, 101, CREATE, { as: 'vic', body: { ...nell, ...wrong } })
    }
    await refused(400, 103, CREATE, { as: 'vic', body: { ...nell, email: '' } })
  })
})

it('accepts an empty nickname, and creates no operator by default', async () => {
  const made = await ask(scenario, CREATE, { as: 'vic', body: { ...nell, nickname: '', is_superuser: null } })
  expect(made.body.data).toMatchObject({ nickname: '', is_superuser: false })
  const { id } = scenario.people.vic
  await ask(scenario, UPDATE, { as: 'vic', body: { user_id: id, nickname: 'Victor', is_superuser: false } })
  const emptied = { user_id: id, email: null, new_email: null, nickname: '', password: null, is_superuser: false }
  const { body } = await ask(scenario, UPDATE, { as: 'vic', body: emptied })
  expect(body.data).toEqual({ id, email: scenario.people.vic.email, nickname: '', is_superuser: false })
  await refused(403, 403, UPDATE, { as: 'vic', body: { user_id: scenario.people.ann.id, is_superuser: false } })
  expect((await ask(scenario, UPDATE, { as: 'vic', body: { user_id: id, is_superuser: false } })).status).toBe(200)
})

describe('changing an account', () => {
  it('finds the account by ID or address and returns it', async () => {
    const { vic } = scenario.people
    const byId = await ask(scenario, UPDATE, { as: 'vic', body: { user_id: vic.id, nickname: 'Victor' } })
    expect(byId.body.data).toEqual({ id: vic.id, email: vic.email, nickname: 'Victor', is_superuser: false })
    const byAddress = { email: vic.email.toUpperCase(), new_email: 'victor@example.com' }
    expect((await ask(scenario, UPDATE, { as: 'vic', body: byAddress })).body.data.email).toBe('victor@example.com')
    const upper = vic.id.toUpperCase().replaceAll('-', '')
    const moved = await ask(scenario, UPDATE, { as: 'vic', body: { user_id: upper, email: 'vic2@example.com' } })
    expect(moved.body.data.email).toBe('vic2@example.com')
  })

  it('of another user, existing or not, is rejected unless the caller is an operator', async () => {
    const { ann } = scenario.people
    const texts = []
    for (const named of [{ user_id: ann.id }, { user_id: UNKNOWN }, { email: ann.email }, { email: 'x@example.com' }]) {
      texts.push((await refused(403, 403, UPDATE, { as: 'vic', body: { ...named, nickname: 'X' } })).text)
    }
    expect(new Set(texts).size).toBe(1)
    await refused(400, 102, UPDATE, { as: 'opal', body: { user_id: UNKNOWN, nickname: 'X' } })
    await refused(400, 102, UPDATE, { as: 'opal', body: { email: 'x@example.com', nickname: 'X' } })
    const body = { email: ann.email, is_superuser: true }
    expect((await ask(scenario, UPDATE, { as: 'opal', body })).body.data.is_superuser).toBe(true)
  })

  it('lets only operators create operators, and requires at least one field', async () => {
    const { id } = scenario.people.vic
    await refused(403, 403, UPDATE, { as: 'vic', body: { user_id: id, is_superuser: true } })
    await refused(400, 103, UPDATE, { as: 'vic', body: { user_id: id, new_email: 'ann@example.com' } })
    for (const body of [
      { user_id: id },
      { nickname: 'X' },
      { user_id: id, password: 'short' },
      { user_id: id, email: 'a@example.com', new_email: 'b@example.com' },
    ]) {
      await refused(400, 101, UPDATE, { as: 'vic', body })
    }
  })
})

describe('I14 a stolen token', () => {
  it('cannot change password or address or delete the account; the owner can with the current password, and stays signed in', async () => {
    const { vic } = scenario.people
    await givePassword(scenario, 'vic')
    const [own, stolen] = [await login(vic.email, PASSWORD), await login(vic.email, PASSWORD)].map(({ headers }) =>
      headers.get('authorization'),
    ) as [string, string]
    scenario.clock.now += 11 * 60_000
    for (const change of [{ password: 'a password of mine' }, { new_email: 'mallory@example.com' }]) {
      const body = { user_id: vic.id, ...change }
      await refused(403, 103, UPDATE, { as: null, token: stolen, body })
      await refused(403, 103, UPDATE, { as: null, token: stolen, body: { ...body, current_password: 'a guess' } })
    }
    for (const current_password of [undefined, 'a guess'])
      await refused(403, 103, DELETE, { as: null, token: stolen, body: { user_id: vic.id, current_password } })
    const body = { user_id: vic.id, password: 'a new password', current_password: PASSWORD }
    expect((await ask(scenario, UPDATE, { as: null, token: own, body })).status).toBe(200)
    expect((await ask(scenario, 'GET /user/info', { as: null, token: own })).status).toBe(200)
    expect((await ask(scenario, 'GET /user/info', { as: null, token: stolen })).status).toBe(401)
    const [mail] = (await scenario.deliver()).slice(-1)
    expect(mail?.to).toBe(vic.email)
    expect(mail?.text).toContain('The password of your account')
    scenario.clock.now += 11 * 60_000
    const ended = { user_id: vic.id, current_password: 'a new password' }
    expect((await ask(scenario, DELETE, { as: null, token: own, body: ended })).status).toBe(200)
  })
})

describe('the directory', () => {
  const names = async (as: Person, query = {}) => {
    const { data, total } = (await ask(scenario, LIST, { as, query })).body
    const emails = data.map(({ email }: { email: string }) => email.split('@')[0])
    return [emails.sort(), total]
  }

  it('contains users in shared teams and users the caller created; operators see all', async () => {
    expect(await names('mo')).toEqual([['gil', 'mo'], 2])
    await ask(scenario, CREATE, { as: 'mo', body: nell })
    expect(await names('mo')).toEqual([['gil', 'mo', 'nell'], 3])
    expect(await names('otto')).toEqual([['otto'], 1])
    expect(await names('opal', { email: 'OTTO@example.com' })).toEqual([['otto'], 1])
    expect(await names('opal', { email: 'o@example.com' })).toEqual([[], 0])
    expect(await names('mo', { email: 'ann@example.com' })).toEqual([[], 0])
  })

  it('contains all users if the host has configured it', async () => {
    await scenario.close()
    scenario = await createScenario(memoryStorage(), { tenancy: { userVisibility: 'all' } })
    expect((await names('otto'))[1]).toBe(Object.keys(scenario.people).length)
  })

  it('is paginated', async () => {
    const total = Object.keys(scenario.people).length
    expect(await names('opal', { page: total, page_size: 1 })).toEqual([[expect.any(String)], total])
    expect(await names('opal', { page: total + 1, page_size: 1 })).toEqual([[], total])
    for (const query of [
      { page: 0 },
      { page: 'x' },
      { page_size: 101 },
      { page_size: -1 },
      { sort: 'email' },
      { email: 'otto' },
      { email: '' },
    ]) {
      await refused(400, 101, LIST, { as: 'opal', query })
    }
  })
})

describe('deleting an account', () => {
  it('is limited to the user and operators, and rejected while the user owns a team with other members', async () => {
    await refused(400, 103, DELETE, { as: 'ann', body: { email: scenario.people.ann.email } })
    await refused(403, 403, DELETE, { as: 'vic', body: { user_id: scenario.people.bob.id } })
    await refused(403, 403, DELETE, { as: 'vic', body: { email: 'x@example.com' } })
    await refused(400, 102, DELETE, { as: 'opal', body: { user_id: UNKNOWN } })
    await refused(400, 101, DELETE, { as: 'vic', body: {} })
    const { id, email } = scenario.people.vic
    await refused(400, 101, DELETE, { as: 'vic', body: { user_id: id, email } })
    const body = { user_id: id.replaceAll('-', '').toUpperCase() }
    expect((await ask(scenario, DELETE, { as: 'vic', body })).body).toMatchObject({ code: 0, data: true })
    expect((await ask(scenario, 'GET /user/info', { as: 'vic' })).status).toBe(401)
    expect((await ask(scenario, DELETE, { as: 'opal', body: { email: scenario.people.bob.email } })).status).toBe(200)
  })
})
