import { memoryStorage } from '@tenantry/core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ask } from '../testing/console-client.js'
import { startedTransfer, verifiedTransfer } from '../testing/console-examples.js'
import { STORAGES } from '../testing/storages.js'
import { createWorld, snapshot } from '../testing/world.js'
import type { Person, World } from '../testing/world.js'

const START = 'POST /workspaces/current/members/send-owner-transfer-confirm-email'
const CHECK = 'POST /workspaces/current/members/owner-transfer-check'
const COMPLETE = 'POST /workspaces/current/members/{member_id}/owner-transfer'
const MINUTE_MS = 60_000

describe.each(STORAGES)('handing a workspace over on $storage', ({ makeStorage }) => {
  let world: World
  beforeEach(async () => void (world = await createWorld(makeStorage())))
  afterEach(() => world.close())

  const check = (body: object) => ask(world, CHECK, { as: 'ann', body })
  const complete = (to: Person, token: string, as: Person = 'ann') =>
    ask(world, COMPLETE, { as, params: { member_id: world.people[to].id }, body: { token } })
  const wrong = (code: string) => (code === '000000' ? '000001' : '000000')
  const roleOf = async (as: Person) => (await ask(world, 'GET /workspaces/current/permissions', { as })).body.role

  it('makes a member the owner and the owner an admin, and tells both', async () => {
    const { token, code } = await startedTransfer(world)
    const checked = await check({ token, code })
    expect(checked.body).toMatchObject({ is_valid: true, email: world.people.ann.email })
    expect(checked.body.token).not.toBe(token)
    expect((await complete('bob', checked.body.token)).body).toEqual({ result: 'success' })
    expect([await roleOf('ann'), await roleOf('bob')]).toEqual(['admin', 'owner'])
    const told = (await world.deliver()).slice(-2).map(({ to }) => to)
    expect(told.sort()).toEqual([world.people.ann.email, world.people.bob.email].sort())
  })

  it('completes with the token that passed the check only, and once', async () => {
    const { token, code } = await startedTransfer(world)
    expect((await complete('bob', token)).body).toMatchObject({ code: 'invalid-token', status: 400 })
    const { body } = await check({ token, code })
    expect((await complete('bob', token)).body.code).toBe('invalid-token')
    expect((await check({ token, code })).body.code).toBe('invalid-token')
    expect((await complete('bob', body.token)).status).toBe(200)
    expect((await complete('ada', body.token)).body.code).toBe('forbidden')
    expect((await complete('ann', body.token, 'bob')).body.code).toBe('invalid-token')
  })

  it('refuses an expired code and an expired token', async () => {
    const started = await startedTransfer(world)
    world.clock.now += 5 * MINUTE_MS
    expect((await check(started)).body.code).toBe('invalid-token')
    const token = await verifiedTransfer(world)
    world.clock.now += 5 * MINUTE_MS
    expect((await complete('bob', token)).body.code).toBe('invalid-token')
  })

  it('is void once somebody else owns the workspace', async () => {
    const token = await verifiedTransfer(world)
    expect((await complete('bob', token)).status).toBe(200)
    expect((await complete('ed', token, 'bob')).body.code).toBe('invalid-token')
  })

  it('goes to an active member other than the owner', async () => {
    const token = await verifiedTransfer(world)
    const before = await snapshot(world)
    expect((await complete('ann', token)).body).toMatchObject({ code: 'cannot-operate-self', status: 400 })
    expect((await complete('otto', token)).body).toMatchObject({ code: 'member-not-found', status: 404 })
    expect((await complete('mo', token)).body).toMatchObject({ code: 'member-not-found', status: 404 })
    expect(await snapshot(world)).toEqual(before)
  })

  it('goes to one of two who are named at once', async () => {
    const token = await verifiedTransfer(world)
    const answers = await Promise.all([complete('bob', token), complete('ed', token)])
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    const { body } = await ask(world, 'GET /workspaces/current/members', { as: 'vic', query: { role: 'owner' } })
    expect(body.accounts).toHaveLength(1)
  })

  it('locks after six wrong codes, in parallel, too, and says for how long', async () => {
    const { token, code } = await startedTransfer(world)
    const guesses = await Promise.all(Array.from({ length: 10 }, () => check({ token, code: wrong(code) })))
    expect(guesses.filter(({ body }) => body.code === 'invalid-token')).toHaveLength(6)
    const locked = await check({ token, code })
    expect(locked.body).toMatchObject({ code: 'owner-transfer-limit', status: 400 })
    expect(locked.headers.get('retry-after')).toBe(String(24 * 3600))
    world.clock.now += MINUTE_MS
    expect((await ask(world, START, { as: 'ann' })).body.code).toBe('owner-transfer-limit')
  })

  it('sends an owner one mail a minute', async () => {
    await startedTransfer(world)
    const again = await ask(world, START, { as: 'ann' })
    expect(again.body).toMatchObject({ code: 'rate-limited', status: 429 })
    expect(again.headers.get('retry-after')).toBe('60')
  })

  it.each([[{ token: 1 }], [{ token: null }], [{}], [{ token: 'x', user_id: 'y' }]])(
    'refuses to complete with %j',
    async (body) => {
      const params = { member_id: world.people.bob.id }
      const answer = await ask(world, COMPLETE, { as: 'ann', params, body })
      expect(answer.body).toMatchObject({ code: 'invalid-param', status: 400 })
    },
  )
})

describe('the limit of mails from one network address', () => {
  it('is told as email-send-ip-limit, with how long to wait', async () => {
    const world = await createWorld(memoryStorage(), { tenancy: { limits: { mailsPerIp: 1 } } })
    await startedTransfer(world)
    const key = 'POST /workspaces/current/members/invite-email'
    const invited = await ask(world, key, { as: 'ann', body: { emails: ['a@example.com'], role: 'normal' } })
    expect(invited.body.invitation_results).toMatchObject([{ status: 'failed', code: 'email-send-ip-limit' }])
    const started = await ask(world, START, { as: 'ann' })
    expect(started.status).toBeGreaterThanOrEqual(400)
    expect(started.headers.get('retry-after')).not.toBeNull()
    const globex = await ask(world, START, { as: 'gil' })
    expect(globex.body).toMatchObject({ code: 'email-send-ip-limit', status: 400 })
    expect(Number(globex.headers.get('retry-after'))).toBeGreaterThan(0)
    await world.close()
  })
})
