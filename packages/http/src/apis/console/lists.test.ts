import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ask } from '../../testing/console-client.js'
import { STORAGES } from '../../testing/storages.js'
import { createScenario } from '../../testing/scenario.js'
import type { Scenario } from '../../testing/scenario.js'

const MEMBERS = 'GET /workspaces/current/members'
const LOG = 'GET /workspaces/current/audit-events'
const EXPLAIN = 'POST /workspaces/current/permissions/explain'

describe.each(STORAGES)('lists and permission checks on $storage', ({ makeStorage }) => {
  let scenario: Scenario
  beforeEach(async () => void (scenario = await createScenario(makeStorage())))
  afterEach(() => scenario.close())

  const emails = (accounts: readonly { email: string }[]) => accounts.map(({ email }) => email.split('@')[0])

  it('lists all members, oldest first, in pages', async () => {
    const all = await ask(scenario, MEMBERS, { as: 'vic' })
    expect(all.body).toMatchObject({ result: 'success', has_more: false, limit: 100, page: 1, total: 6 })
    expect(all.body.accounts).toHaveLength(6)
    const pages = await Promise.all(
      [1, 2, 3].map((page) => ask(scenario, MEMBERS, { as: 'vic', query: { page, limit: 4 } })),
    )
    expect(pages.map(({ body }) => body.accounts.length)).toEqual([4, 2, 0])
    expect(pages.flatMap(({ body }) => emails(body.accounts))).toEqual(emails(all.body.accounts))
    expect(pages.map(({ body }) => body.has_more)).toEqual([true, false, false])
  })

  it('filters members by role and by a part of their name or address', async () => {
    const find = async (query: Record<string, string>) =>
      emails((await ask(scenario, MEMBERS, { as: 'vic', query })).body.accounts)
    expect(await find({ keyword: 'DORA' })).toEqual(['dora'])
    expect(await find({ role: 'normal' })).toEqual(['bob'])
    expect(await find({ role: 'read_only' })).toEqual(['vic'])
    expect(await find({ role: 'nothing' })).toEqual([])
    expect(await find({ keyword: '' })).toHaveLength(6)
    const operators = await ask(scenario, 'GET /workspaces/current/dataset-operators', { as: 'vic' })
    expect(emails(operators.body.accounts)).toEqual(['dora'])
  })

  it('finds names regardless of case and Unicode composition', async () => {
    const [composed, decomposed] = ['Zo\u00eb \u01d6\u0323', 'Zoe\u0308 u\u0323\u0308\u0304']
    const dora = scenario.tenancy.as({ userId: scenario.people.dora.id })
    for (const name of [composed, decomposed, composed.toUpperCase()]) {
      await dora.users.update({ name })
      for (const keyword of [composed, decomposed, decomposed.toLowerCase(), composed.slice(0, 3), 'ZOE\u0308']) {
        const { accounts } = (await ask(scenario, MEMBERS, { as: 'vic', query: { keyword } })).body
        expect(emails(accounts), `${name} by ${keyword}`).toEqual(['dora'])
      }
    }
  })

  it.each(["' or 1=1 --", '%', '_', '\\', '";drop table x', '*', '('])(
    'takes the keyword %j for letters',
    async (keyword) => {
      expect((await ask(scenario, MEMBERS, { as: 'vic', query: { keyword } })).body.accounts).toEqual([])
      expect((await ask(scenario, MEMBERS, { as: 'vic' })).body.accounts).toHaveLength(6)
    },
  )

  it.each([
    ['page', '0'],
    ['page', '-1'],
    ['page', 'NaN'],
    ['page', '1.5'],
    ['page', '1e3'],
    ['page', '99999999999999999999'],
    ['page', ''],
    ['limit', '0'],
    ['limit', '101'],
    ['limit', '-5'],
    ['limit', ' 5'],
    ['limit', '0x10'],
    ['limit', 'Infinity'],
    ['role', 'member'],
    ['role', "' or 1=1"],
    ['sort', 'email'],
    ['tenant_id', 'x'],
  ])('refuses a list with %s=%j', async (name, value) => {
    const response = await ask(scenario, MEMBERS, { as: 'vic', query: { [name]: value } })
    expect(response.body).toMatchObject({ code: 'invalid-param', params: name, status: 400 })
  })

  it('returns no rows for a page far beyond the last', async () => {
    const { body } = await ask(scenario, MEMBERS, { as: 'vic', query: { page: 1_000_000, limit: 100 } })
    expect(body).toMatchObject({ accounts: [], has_more: false, total: 6 })
  })

  it('shows when a member was last active, and records a sign-in', async () => {
    const seen = async () => {
      const { body } = await ask(scenario, MEMBERS, { as: 'ann', query: { keyword: 'vic' } })
      return body.accounts[0]
    }
    expect((await seen()).last_active_at).toBeNull()
    await ask(scenario, 'GET /workspaces/current', { as: 'vic' })
    expect((await seen()).last_active_at).toBe(scenario.clock.now / 1000)
  })

  it('returns the audit log in pages by cursor', async () => {
    const ids: string[] = []
    let cursor: string | undefined
    do {
      const { body } = await ask(scenario, LOG, {
        as: 'ada',
        query: { limit: 2, ...(cursor === undefined ? {} : { cursor }) },
      })
      ids.push(...body.data.map(({ id }: { id: string }) => id))
      cursor = body.next_cursor ?? undefined
    } while (cursor !== undefined)
    const { body } = await ask(scenario, LOG, { as: 'ada', query: { limit: 100 } })
    expect(ids).toEqual(body.data.map(({ id }: { id: string }) => id))
    expect(body.data.at(-1)).toMatchObject({ type: 'tenant.created', actor: scenario.people.ann.id })
    const joined = await ask(scenario, LOG, { as: 'ada', query: { type: 'member.joined' } })
    expect(joined.body.data).toHaveLength(5)
  })

  it('filters the audit log by actor, by target, and by both with a type', async () => {
    const { ann, bob, vic } = scenario.people
    const events = async (query: Record<string, string>) => (await ask(scenario, LOG, { as: 'ada', query })).body.data
    const caused = await events({ actor: ann.id, limit: '100' })
    expect(new Set(caused.map(({ actor }: { actor: string }) => actor))).toEqual(new Set([ann.id]))
    const [joined] = await events({ target: `member:${bob.id}` })
    expect(joined).toMatchObject({ type: 'member.joined', target: { type: 'member', id: bob.id } })
    expect(await events({ target: `member:${bob.id}`, actor: vic.id })).toEqual([])
    expect(await events({ target: `member:${bob.id}`, actor: bob.id, type: 'member.joined' })).toEqual([joined])
    for (const [query, params] of [
      [{ actor: 'a b' }, 'actor'],
      [{ target: 'bob' }, 'target'],
      [{ target: 'wizard:bob' }, 'target'],
      [{ target: 'member:a b' }, 'target'],
    ] as const) {
      const { body } = await ask(scenario, LOG, { as: 'ada', query })
      expect(body).toMatchObject({ code: 'invalid-param', params, status: 400 })
    }
  })

  it.each(['-1', '0', 'x', '1 or 1=1', '9'.repeat(30), ''])('refuses the cursor %j', async (cursor) => {
    const response = await ask(scenario, LOG, { as: 'ada', query: { cursor } })
    expect(response.body).toMatchObject({ code: 'invalid-param', params: 'cursor', status: 400 })
  })

  it('lists the caller’s permissions', async () => {
    const { body } = await ask(scenario, 'GET /workspaces/current/permissions', { as: 'bob' })
    expect(body).toEqual({
      role: 'normal',
      roles: ['normal'],
      permissions: [
        ...['tenant:read', 'member:read', 'role:read', 'invoice:read', 'dataset:read'],
        ...['process:read', 'canvas:read'],
        ...['protocol:create', 'protocol:read', 'protocol:update', 'protocol:comment'],
      ],
    })
  })

  it('explains a decision about a member', async () => {
    const explain = (body: object) =>
      ask(scenario, EXPLAIN, { as: 'ada', body: { user_id: scenario.people.vic.id, ...body } })
    expect((await explain({ permission: 'invoice:read' })).body).toEqual({ allowed: true, reason: null, rule: 'role' })
    expect((await explain({ permission: 'invoice:approve' })).body).toEqual({
      allowed: false,
      reason: 'not_granted',
      rule: null,
    })
    const resource = { visibility: 'private', owner_id: scenario.people.vic.id }
    expect((await explain({ permission: 'invoice:read', resource })).body).toEqual({
      allowed: true,
      reason: null,
      rule: 'resource_owner',
    })
    expect((await explain({ permission: 'invoice:approve', resource })).body).toEqual({
      allowed: false,
      reason: 'not_granted',
      rule: null,
    })
    const hidden = { permission: 'invoice:read', resource: { visibility: 'private', owner_id: scenario.people.ann.id } }
    expect((await explain(hidden)).body).toEqual({ allowed: false, reason: 'private_resource', rule: null })
    const foreign = {
      permission: 'invoice:read',
      resource: { tenant_id: 'elsewhere', owner_id: scenario.people.vic.id },
    }
    expect((await explain(foreign)).body).toEqual({ allowed: false, reason: 'other_tenant', rule: null })
    const shared = { permission: 'invoice:read', resource: { shared_tenant_id: 'elsewhere' } }
    expect((await explain(shared)).body).toEqual({ allowed: false, reason: 'shared_elsewhere', rule: null })
    for (const permission of ['*', 'invoice:*', '__proto__', 'constructor', 'invoice', '']) {
      expect((await explain({ permission })).body).toEqual({ allowed: false, reason: 'unknown_permission', rule: null })
    }
  })

  it.each([
    [{ permission: null }, 'permission'],
    [{ permission: ['invoice:read'] }, 'permission'],
    [{ permission: 'invoice:read', resource: { visibility: 'everyone' } }, 'resource.visibility'],
    [{ permission: 'invoice:read', resource: { tenant_id: 7 } }, 'resource.tenant_id'],
    [{ permission: 'invoice:read', resource: { role: 'owner' } }, 'resource.role'],
    [{ permission: 'invoice:read', resource: [] }, 'resource'],
    [{ permission: 'invoice:read', role: 'owner' }, 'role'],
  ])('refuses to explain %j', async (body, params) => {
    const response = await ask(scenario, EXPLAIN, { as: 'ada', body: { user_id: scenario.people.vic.id, ...body } })
    expect(response.body).toMatchObject({ code: 'invalid-param', params, status: 400 })
  })

  it('lets a member check their own permissions', async () => {
    const body = { user_id: scenario.people.vic.id, permission: 'invoice:read' }
    expect((await ask(scenario, EXPLAIN, { as: 'vic', body })).status).toBe(200)
  })
})
