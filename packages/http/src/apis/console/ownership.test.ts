import { memoryStorage } from '@tenantry/core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ask } from '../../testing/console-client.js'
import { startedTransfer, verifiedTransfer } from '../../testing/console-examples.js'
import { STORAGES } from '../../testing/storages.js'
import { createScenario } from '../../testing/scenario.js'
import { snapshot } from '../../testing/snapshot.js'
import type { Person, Scenario } from '../../testing/scenario.js'

const START = 'POST /workspaces/current/members/send-owner-transfer-confirm-email'
const CHECK = 'POST /workspaces/current/members/owner-transfer-check'
const COMPLETE = 'POST /workspaces/current/members/{member_id}/owner-transfer'
const MINUTE_MS = 60_000

describe.each(STORAGES)('ownership transfer on $storage', ({ makeStorage }) => {
  let scenario: Scenario
  beforeEach(async () => void (scenario = await createScenario(makeStorage())))
  afterEach(() => scenario.close())

  const check = (body: object) => ask(scenario, CHECK, { as: 'ann', body })
  const complete = (to: Person, token: string, as: Person = 'ann') =>
    ask(scenario, COMPLETE, { as, params: { member_id: scenario.people[to].id }, body: { token } })
  const wrong = (code: string) => (code === '000000' ? '000001' : '000000')
  const roleOf = async (as: Person) => (await ask(scenario, 'GET /workspaces/current/permissions', { as })).body.role

  it('makes the member the owner and the owner an admin, and emails both', async () => {
    const { token, code } = await startedTransfer(scenario)
    const checked = await check({ token, code })
    expect(checked.body).toMatchObject({ is_valid: true, email: scenario.people.ann.email })
    expect(checked.body.token).not.toBe(token)
    expect((await complete('bob', checked.body.token)).body).toEqual({ result: 'success' })
    expect([await roleOf('ann'), await roleOf('bob')]).toEqual(['admin', 'owner'])
    const notified = (await scenario.deliver()).slice(-2).map(({ to }) => to)
    expect(notified.sort()).toEqual([scenario.people.ann.email, scenario.people.bob.email].sort())
  })

  it('completes only once, and only with the token from the verification', async () => {
    const { token, code } = await startedTransfer(scenario)
    expect((await complete('bob', token)).body).toMatchObject({ code: 'invalid-token', status: 400 })
    const { body } = await check({ token, code })
    expect((await complete('bob', token)).body.code).toBe('invalid-token')
    expect((await check({ token, code })).body.code).toBe('invalid-token')
    expect((await complete('bob', body.token)).status).toBe(200)
    expect((await complete('ada', body.token)).body.code).toBe('forbidden')
    expect((await complete('ann', body.token, 'bob')).body.code).toBe('invalid-token')
  })

  it('rejects an expired code and an expired token', async () => {
    const started = await startedTransfer(scenario)
    scenario.clock.now += 5 * MINUTE_MS
    expect((await check(started)).body.code).toBe('invalid-token')
    const token = await verifiedTransfer(scenario)
    scenario.clock.now += 5 * MINUTE_MS
    expect((await complete('bob', token)).body.code).toBe('invalid-token')
  })

  it('is invalid after another user has become the owner', async () => {
    const token = await verifiedTransfer(scenario)
    expect((await complete('bob', token)).status).toBe(200)
    expect((await complete('ed', token, 'bob')).body.code).toBe('invalid-token')
  })

  it('requires an active member other than the owner as target', async () => {
    const token = await verifiedTransfer(scenario)
    const before = await snapshot(scenario)
    expect((await complete('ann', token)).body).toMatchObject({ code: 'cannot-operate-self', status: 400 })
    expect((await complete('otto', token)).body).toMatchObject({ code: 'member-not-found', status: 404 })
    expect((await complete('mo', token)).body).toMatchObject({ code: 'member-not-found', status: 404 })
    expect(await snapshot(scenario)).toEqual(before)
  })

  it('succeeds for one of two concurrent targets', async () => {
    const token = await verifiedTransfer(scenario)
    const responses = await Promise.all([complete('bob', token), complete('ed', token)])
    expect(responses.filter(({ status }) => status === 200)).toHaveLength(1)
    const { body } = await ask(scenario, 'GET /workspaces/current/members', { as: 'vic', query: { role: 'owner' } })
    expect(body.accounts).toHaveLength(1)
  })

  it('locks after six wrong codes, also concurrent ones, and returns the waiting time', async () => {
    const { token, code } = await startedTransfer(scenario)
    const guesses = await Promise.all(Array.from({ length: 10 }, () => check({ token, code: wrong(code) })))
    expect(guesses.filter(({ body }) => body.code === 'invalid-token')).toHaveLength(6)
    const locked = await check({ token, code })
    expect(locked.body).toMatchObject({ code: 'owner-transfer-limit', status: 400 })
    expect(locked.headers.get('retry-after')).toBe(String(24 * 3600))
    scenario.clock.now += MINUTE_MS
    expect((await ask(scenario, START, { as: 'ann' })).body.code).toBe('owner-transfer-limit')
  })

  it('emails an owner at most once a minute', async () => {
    await startedTransfer(scenario)
    const again = await ask(scenario, START, { as: 'ann' })
    expect(again.body).toMatchObject({ code: 'rate-limited', status: 429 })
    expect(again.headers.get('retry-after')).toBe('60')
  })

  it.each([[{ token: 1 }], [{ token: null }], [{}], [{ token: 'x', user_id: 'y' }]])(
    'refuses to complete with %j',
    async (body) => {
      const params = { member_id: scenario.people.bob.id }
      const response = await ask(scenario, COMPLETE, { as: 'ann', params, body })
      expect(response.body).toMatchObject({ code: 'invalid-param', status: 400 })
    },
  )
})

describe('the limit of emails per IP address', () => {
  it('is the error email-send-ip-limit with the waiting time', async () => {
    const scenario = await createScenario(memoryStorage(), { tenancy: { limits: { emailsPerIp: 1 } } })
    await startedTransfer(scenario)
    const key = 'POST /workspaces/current/members/invite-email'
    const invited = await ask(scenario, key, { as: 'ann', body: { emails: ['a@example.com'], role: 'normal' } })
    expect(invited.body.invitation_results).toMatchObject([{ status: 'failed', code: 'email-send-ip-limit' }])
    const started = await ask(scenario, START, { as: 'ann' })
    expect(started.status).toBeGreaterThanOrEqual(400)
    expect(started.headers.get('retry-after')).not.toBeNull()
    const globex = await ask(scenario, START, { as: 'gil' })
    expect(globex.body).toMatchObject({ code: 'email-send-ip-limit', status: 400 })
    expect(Number(globex.headers.get('retry-after'))).toBeGreaterThan(0)
    await scenario.close()
  })
})
