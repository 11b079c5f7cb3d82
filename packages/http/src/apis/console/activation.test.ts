import { SYSTEM } from '@tenantry/core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ask } from '../../testing/console-client.js'
import { invite, pendingInvitationId } from '../../testing/console-examples.js'
import { STORAGES } from '../../testing/storages.js'
import { createScenario, givePassword, PASSWORD, tokenIn } from '../../testing/scenario.js'
import { snapshot } from '../../testing/snapshot.js'
import type { Person, Scenario } from '../../testing/scenario.js'

const INVITE = 'POST /workspaces/current/members/invite-email'
const REVOKE = 'DELETE /workspaces/current/invitations/{invitation_id}'
const RESEND = 'POST /workspaces/current/invitations/{invitation_id}/resend'
const HOUR_MS = 3_600_000

describe.each(STORAGES)('invitation and activation on $storage', ({ makeStorage }) => {
  let scenario: Scenario
  beforeEach(async () => void (scenario = await createScenario(makeStorage())))
  afterEach(() => scenario.close())

  const activate = (as: Person | null, token: string, more: object = {}) =>
    ask(scenario, 'POST /activate', { as, body: { token, ...more } })
  const sendInvitations = (emails: readonly unknown[], more: object = {}, as: Person = 'ann') =>
    ask(scenario, INVITE, { as, body: { emails, role: 'normal', ...more } })

  it('creates an account and a membership for a new address, and reveals only the invitation’s data', async () => {
    const token = await invite(scenario, 'New.Person@Example.com', 'editor')
    const check = await ask(scenario, 'GET /activate/check', { as: null, query: { token } })
    const data = { workspace_name: 'Acme', workspace_id: scenario.acme, email: 'New.Person@Example.com' }
    expect(check.body).toEqual({ is_valid: true, data })
    const response = await activate(null, token, { name: 'New', password: PASSWORD, timezone: 'Europe/Berlin' })
    const authorization = `Bearer ${response.body.data.access_token}`
    const current = await ask(scenario, 'GET /workspaces/current', { as: null, headers: { authorization } })
    expect(current.body).toMatchObject({ id: scenario.acme, role: 'editor' })
    const login = await ask(scenario, 'POST /login', {
      as: null,
      body: { email: 'new.person@example.COM', password: PASSWORD },
    })
    expect(login.status).toBe(200)
    expect((await ask(scenario, 'GET /activate/check', { as: null, query: { token } })).body).toEqual({
      is_valid: false,
    })
  })

  it('requires an existing user to accept signed in as the invitee', async () => {
    const token = await invite(scenario, 'OTTO@example.com', 'editor')
    const before = await snapshot(scenario)
    expect((await activate(null, token, { name: 'Thief', password: 'another password' })).body.code).toBe(
      'unauthorized',
    )
    expect((await activate('gil', token)).body.code).toBe('forbidden')
    expect(await snapshot(scenario)).toEqual(before)
    const otto = await scenario.tenancy.as({ userId: scenario.people.otto.id }).users.me()
    expect(otto.name).toBeNull()
    const response = await activate('otto', token, { name: 'Not taken over' })
    expect(response.body.data.access_token).toMatch(/^dfoa_/)
    expect(await scenario.tenancy.as({ userId: scenario.people.otto.id }).users.me()).toEqual(otto)
    expect((await ask(scenario, 'GET /workspaces/current', { as: 'otto' })).body).toMatchObject({
      id: scenario.acme,
      role: 'editor',
    })
  })

  /** The token that a workspace mails, which its inviter does not see. */
  const mailed = async (tenantId: string, inviter: Person, email: string) => {
    await scenario.tenancy
      .as({ userId: scenario.people[inviter].id })
      .in(tenantId)
      .members.invite({ email, role: 'viewer' })
    return tokenIn((await scenario.deliver()).findLast(({ to }) => to === email)?.text)
  }

  it('gives an account without an address the one that the emailed token verifies, with its pending invitations', async () => {
    const [id, email] = ['host-7', 'nora@example.com']
    const gil = scenario.tenancy.as({ userId: scenario.people.gil.id })
    await gil.in(scenario.globex).members.add({ email, role: 'editor' })
    const system = scenario.tenancy.as(SYSTEM)
    await system.users.ensure({ id, email })
    const { accessToken } = await system.accessTokens.create({ userId: id })
    const headers = { authorization: `Bearer ${accessToken}` }
    const token = await mailed(scenario.acme, 'ann', email)
    expect((await ask(scenario, 'POST /activate', { as: null, headers, body: { token } })).status).toBe(200)
    expect(await system.users.ensure({ id, email })).toMatchObject({ email, emailVerifiedAt: scenario.clock.now })
    const { body } = await ask(scenario, 'GET /workspaces', { as: null, headers })
    expect(body.workspaces.map((one: { id: string; role: string }) => [one.id, one.role]).toSorted()).toEqual(
      [
        [scenario.acme, 'read_only'],
        [scenario.globex, 'editor'],
      ].toSorted(),
    )
  })

  it('keeps the overrides of a pending account in a workspace when it is activated', async () => {
    const [id, email] = ['host-7', 'nora@example.com']
    const { members } = scenario.tenancy.as({ userId: scenario.people.gil.id }).in(scenario.globex)
    for (const role of ['editor', 'viewer']) {
      const added = await members.add({ email, role })
      if (added.status !== 'added') throw new Error(added.status)
      await members.setOverrides({ userId: added.member.userId, overrides: { 'invoice:read': false } })
      await members.remove({ userId: added.member.userId })
    }
    await scenario.tenancy.as(SYSTEM).users.ensure({ id, email, emailVerified: true })
    await scenario.tenancy.as({ userId: scenario.people.gil.id }).in(scenario.globex).update({ joinPolicy: 'open' })
    const join = () => scenario.tenancy.as({ userId: id }).tenants.join({ tenantId: scenario.globex })
    await expect(join()).rejects.toMatchObject({ code: 'join_not_allowed' })
  })

  it('sets the first password of an account with an emailed token, and signs in with it', async () => {
    const email = 'nora@example.com'
    const first = await activate(null, await mailed(scenario.acme, 'ann', email), { name: 'Nora' })
    scenario.clock.now += 15 * 24 * HOUR_MS
    const headers = { authorization: `Bearer ${first.body.data.access_token}` }
    expect((await ask(scenario, 'GET /workspaces', { as: null, headers })).status).toBe(401)
    const token = await mailed(scenario.globex, 'gil', email)
    expect((await activate(null, token)).body.code).toBe('unauthorized')
    expect((await activate(null, token, { password: PASSWORD })).status).toBe(200)
    const login = await ask(scenario, 'POST /login', { as: null, body: { email, password: PASSWORD } })
    expect(login.status).toBe(200)
  })

  it('rejects an account whose address is not verified', async () => {
    const token = await invite(scenario, 'otto@example.com')
    await scenario.tenancy.as(SYSTEM).users.update({ userId: scenario.people.otto.id, emailVerified: false })
    expect((await activate('otto', token)).body.code).toBe('forbidden')
  })

  it.each([
    ['otto@example.com', 'full-width ＠', 'otto＠example.com'],
    ['otto@example.com', 'other case and spaces', '  OTTO@Example.COM '],
    ['otto@example.com', 'compatibility letters in its domain', 'otto@ｅｘａｍｐｌｅ.com'],
  ])('takes %s and its spelling with %s for one address', async (email, _, spelling) => {
    const { body } = await sendInvitations([email, spelling])
    expect(body.invitation_results).toHaveLength(1)
    expect((await activate('otto', tokenIn(body.invitation_results[0].url))).status).toBe(200)
  })

  it('treats an address with a plus tag as a different address', async () => {
    expect((await activate('otto', await invite(scenario, 'otto+work@example.com'))).body.code).toBe('forbidden')
  })

  it.each([
    'revoked',
    'declined',
    'expired',
    'replaced',
    'resent',
    'forged',
    'cut',
    'of an archived workspace',
    'of a removed inviter',
    'of a demoted inviter',
  ])('refuses a token that is %s', async (end) => {
    const { body } = await sendInvitations(['otto@example.com'], {}, 'ada')
    const token = tokenIn(body.invitation_results[0].url)
    const list = await ask(scenario, 'GET /workspaces/current/invitations', { as: 'ann', query: { status: 'pending' } })
    const params = { invitation_id: list.body.data[0].id }
    const member = { member_id: scenario.people.ada.id }
    const ends: Record<string, () => Promise<unknown>> = {
      revoked: () => ask(scenario, REVOKE, { as: 'ann', params }),
      declined: () => ask(scenario, 'POST /invitations/decline', { as: null, body: { token } }),
      expired: async () => (scenario.clock.now += 72 * HOUR_MS),
      replaced: () => sendInvitations(['otto@example.com']),
      resent: () => ask(scenario, RESEND, { as: 'ann', params }),
      'of an archived workspace': () => ask(scenario, 'POST /workspaces/archive', { as: 'ann' }),
      'of a removed inviter': () =>
        ask(scenario, 'DELETE /workspaces/current/members/{member_id}', { as: 'ann', params: member }),
      'of a demoted inviter': () =>
        ask(scenario, 'PUT /workspaces/current/members/{member_id}/update-role', {
          as: 'ann',
          params: member,
          body: { role: 'normal' },
        }),
    }
    await ends[end]?.()
    const sent = { forged: token.replace(/.$/, token.endsWith('A') ? 'B' : 'A'), cut: token.slice(0, -1) }[end] ?? token
    const before = await snapshot(scenario)
    expect((await ask(scenario, 'GET /activate/check', { as: null, query: { token: sent } })).body).toEqual({
      is_valid: false,
    })
    expect((await activate('otto', sent)).body).toMatchObject({ code: 'invalid-token', status: 400 })
    expect((await activate(null, sent)).body).toMatchObject({ code: 'invalid-token', status: 400 })
    expect((await ask(scenario, 'POST /invitations/decline', { as: null, body: { token: sent } })).body.code).toBe(
      'invalid-token',
    )
    expect(await snapshot(scenario)).toEqual(before)
  })

  it('accepts an invitation once, however many concurrent requests there are', async () => {
    const token = await invite(scenario, 'otto@example.com')
    scenario.events.length = 0
    const responses = await Promise.all(Array.from({ length: 10 }, () => activate('otto', token)))
    expect(responses.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(responses.filter(({ body }) => ['invalid-token', 'already-member'].includes(body.code))).toHaveLength(9)
    expect(scenario.events.filter(({ type }) => type === 'member.joined')).toHaveLength(1)
  })

  it('lets a user accept invitations of two workspaces concurrently', async () => {
    const inGlobex = scenario.tenancy.as({ userId: scenario.people.gil.id }).in(scenario.globex)
    const { link } = await inGlobex.members.invite({ email: 'otto@example.com', role: 'viewer' })
    const tokens = [await invite(scenario, 'otto@example.com', 'editor'), tokenIn(link)]
    const responses = await Promise.all(tokens.map((token) => activate('otto', token)))
    expect(responses.map(({ status }) => status)).toEqual([200, 200])
    const { body } = await ask(scenario, 'GET /workspaces', { as: 'otto' })
    const roles = body.workspaces.map(({ id, role }: { id: string; role: string }) => [id, role])
    expect(new Map(roles)).toEqual(
      new Map([
        [scenario.acme, 'editor'],
        [scenario.globex, 'read_only'],
      ]),
    )
  })

  it.each(['role', 'tenant_id', 'email', 'status', 'is_superuser', '__proto__'])(
    'refuses the field %s when accepting',
    async (field) => {
      const token = await invite(scenario, 'otto@example.com')
      const body = JSON.parse(`{"token":"${token}","${field}":"owner"}`) as unknown
      const response = await ask(scenario, 'POST /activate', { as: 'otto', body })
      expect(response.body).toMatchObject({ code: 'invalid-param', params: field, status: 400 })
    },
  )

  it('invites several addresses, and rejects only the invalid ones', async () => {
    const emails = ['a@example.com', 'A@example.com', 'no address', 'bob@example.com', 'b@example.com']
    const { status, body } = await sendInvitations(emails)
    expect(status).toBe(201)
    expect(body).toMatchObject({ result: 'success', tenant_id: scenario.acme })
    expect(body.invitation_results).toMatchObject([
      {
        status: 'success',
        email: 'a@example.com',
        url: expect.stringMatching(/^https:\/\/app\.example\.com\/activate\?token=[\w-]{43}$/),
      },
      { status: 'failed', email: 'no address', code: 'invalid-email' },
      { status: 'failed', email: 'bob@example.com', code: 'already-member' },
      { status: 'success', email: 'b@example.com' },
    ])
  })

  it('returns the same response for addresses with and without an account', async () => {
    const { body } = await sendInvitations(['otto@example.com', 'nobody@example.com'])
    const shapes = body.invitation_results.map((one: object) => Object.keys(one).sort())
    expect(shapes[0]).toEqual(shapes[1])
    expect(body.invitation_results).toMatchObject([{ status: 'success' }, { status: 'success' }])
  })

  it.each([
    [{ emails: [] }, 'emails'],
    [{ emails: 'a@example.com' }, 'emails'],
    [{ emails: [1] }, 'emails.0'],
    [{ emails: Array.from({ length: 51 }, (_, at) => `${at}@example.com`) }, 'emails'],
    [{ emails: ['a@example.com'], language: 'no language' }, 'language'],
    [{ emails: ['a@example.com'], tenant_id: 'x' }, 'tenant_id'],
  ])('refuses to invite with %j', async (more, field) => {
    const response = await sendInvitations(['a@example.com'], more)
    expect(response.body).toMatchObject({ code: 'invalid-param', params: field, status: 400 })
  })

  it('returns a token once, and never in lists, events or errors', async () => {
    const token = await invite(scenario, 'new@example.com')
    const list = await ask(scenario, 'GET /workspaces/current/invitations', { as: 'ann' })
    const log = await ask(scenario, 'GET /workspaces/current/audit-events', { as: 'ann' })
    const refused = await activate('gil', token)
    for (const { text } of [list, log, refused]) expect(text).not.toContain(token)
  })

  it('lists invitations in pages, newest first, and resends one', async () => {
    for (const email of ['a@example.com', 'b@example.com', 'c@example.com']) {
      scenario.clock.now += 1000
      await invite(scenario, email)
    }
    const page = (number: number) =>
      ask(scenario, 'GET /workspaces/current/invitations', {
        as: 'ada',
        query: { page: number, limit: 2, status: 'pending' },
      })
    const [first, second] = [await page(1), await page(2)]
    expect(first.body).toMatchObject({ has_more: true, limit: 2, page: 1, total: 3 })
    expect(first.body.data.map(({ email }: { email: string }) => email)).toEqual(['c@example.com', 'b@example.com'])
    expect(second.body).toMatchObject({ has_more: false, page: 2, data: [{ email: 'a@example.com', role: 'normal' }] })
    const { id, expires_at } = second.body.data[0]
    scenario.clock.now += HOUR_MS
    expect((await ask(scenario, RESEND, { as: 'ada', params: { invitation_id: id } })).body).toEqual({
      result: 'success',
    })
    expect((await page(2)).body.data[0]).toMatchObject({
      id,
      expires_at: expires_at + 3602,
      invited_by: scenario.people.ada.id,
    })
  })

  it('resolves an invitation once', async () => {
    const params = { invitation_id: await pendingInvitationId(scenario) }
    expect((await ask(scenario, REVOKE, { as: 'ann', params })).status).toBe(200)
    expect((await ask(scenario, REVOKE, { as: 'ann', params })).body).toMatchObject({ code: 'conflict', status: 409 })
    expect((await ask(scenario, RESEND, { as: 'ann', params })).body).toMatchObject({ code: 'conflict', status: 409 })
  })

  it('returns the same sign-in error for an unknown address and a wrong password, and limits guesses', async () => {
    await givePassword(scenario, 'bob')
    const login = (email: string, password: string) =>
      ask(scenario, 'POST /login', { as: null, body: { email, password } })
    const [unknown, wrong] = [await login('nobody@example.com', 'x'), await login('bob@example.com', 'x')]
    expect(wrong.body).toMatchObject({ code: 'invalid-credentials', status: 401 })
    expect(wrong.text).toBe(unknown.text)
    for (let tries = 1; tries < 10; tries++) await login('bob@example.com', 'x')
    expect((await login('BOB@example.com', PASSWORD)).body).toMatchObject({ code: 'rate-limited', status: 429 })
  })

  it('invalidates the token immediately on sign-out', async () => {
    expect((await ask(scenario, 'POST /logout', { as: 'vic' })).body).toEqual({ result: 'success' })
    expect((await ask(scenario, 'GET /workspaces', { as: 'vic' })).status).toBe(401)
    expect((await ask(scenario, 'POST /logout', { as: 'vic' })).status).toBe(401)
    expect((await ask(scenario, 'POST /logout', { as: null })).status).toBe(401)
  })

  it('limits guesses of invitation tokens', async () => {
    const guess = () => ask(scenario, 'GET /activate/check', { as: null, query: { token: 'x' } })
    for (let tries = 0; tries < 30; tries++) expect((await guess()).body).toEqual({ is_valid: false })
    expect((await guess()).body).toMatchObject({ code: 'rate-limited', status: 429 })
  })
})
