import { memoryStorage } from '@tenantry/core'
import { afterEach, describe, expect, it } from 'vitest'
import { ask } from '../../testing/workspaces-client.js'
import { openTo, pendingRequest } from '../../testing/workspaces-examples.js'
import { createScenario } from '../../testing/scenario.js'
import { snapshot } from '../../testing/snapshot.js'
import type { Person, Scenario } from '../../testing/scenario.js'

const ASK = 'POST /workspaces/{workspace_id}/join-request'
const JOIN = 'POST /workspaces/{workspace_id}/join'
const QUEUE = 'GET /workspaces/{workspace_id}/join-requests'
const APPROVE = 'POST /workspaces/{workspace_id}/join-requests/{request_id}/approve'
const REJECT = 'POST /workspaces/{workspace_id}/join-requests/{request_id}/reject'

let scenario: Scenario
afterEach(() => scenario.close())

const act = (as: Person, key: string, { body, request_id = '', query = {} }: Partial<Acting> = {}) =>
  ask(scenario, key, { as, params: { workspace_id: scenario.acme, request_id }, body, query })

interface Acting {
  readonly body: object
  readonly request_id: string
  readonly query: Readonly<Record<string, string>>
}

describe('a user who wants to join', () => {
  it('sends a request, which is pending until it is approved, and becomes a member', async () => {
    scenario = await createScenario(memoryStorage())
    await openTo(scenario, scenario.acme, { joinPolicy: 'request' })
    const asked = await act('otto', ASK, { body: { message: 'I work with Ann.' } })
    expect(asked.body).toEqual({ id: expect.any(String), status: 'pending' })
    const { otto } = scenario.people
    expect((await act('ada', QUEUE)).body).toMatchObject({
      items: [
        {
          id: asked.body.id,
          user: { id: otto.id, name: null, email: otto.email, avatar: null },
          message: 'I work with Ann.',
          status: 'pending',
          created_on: new Date(scenario.clock.now).toISOString(),
        },
      ],
      pagination: { total_results: 1 },
    })
    const approved = await act('ada', APPROVE, { request_id: asked.body.id })
    expect(approved.body).toMatchObject({ id: otto.id, email: otto.email, role: 'member', active: true })
    expect((await act('ada', QUEUE)).body.items).toEqual([])
    expect((await act('ada', QUEUE, { query: { status: 'approved' } })).body.items).toHaveLength(1)
    expect((await act('otto', 'GET /workspaces/{workspace_id}')).body).toMatchObject({ members_count: 7 })
  })

  it('can repeat a rejected request only after the cooldown', async () => {
    scenario = await createScenario(memoryStorage())
    const request_id = await pendingRequest(scenario)
    expect((await act('ann', REJECT, { request_id })).body).toEqual({ id: request_id, status: 'rejected' })
    const again = await act('otto', ASK)
    expect([again.status, Number(again.headers.get('retry-after')) > 0]).toEqual([429, true])
    expect((await act('ann', REJECT, { request_id })).status).toBe(409)
    expect((await act('ann', APPROVE, { request_id })).status).toBe(409)
  })

  it('cannot send a second request, a request as a member, or one that the join policy does not allow', async () => {
    scenario = await createScenario(memoryStorage())
    expect((await act('otto', ASK)).status).toBe(404)
    await openTo(scenario, scenario.acme, { joinPolicy: 'request' })
    expect((await act('otto', ASK)).status).toBe(201)
    expect([(await act('otto', ASK)).status, (await act('bob', ASK)).status]).toEqual([409, 409])
    await openTo(scenario, scenario.acme, { joinPolicy: 'open' })
    expect((await act('gil', ASK)).body).toMatchObject({ status_code: 403 })
    for (const message of ['x'.repeat(1001), 7, ['x']]) {
      expect((await act('gil', ASK, { body: { message } })).status).toBe(400)
    }
  })

  it('joins an open workspace directly, and no other', async () => {
    scenario = await createScenario(memoryStorage())
    expect((await act('otto', JOIN)).status).toBe(404)
    await openTo(scenario, scenario.acme, { joinPolicy: 'request' })
    expect((await act('otto', JOIN)).status).toBe(403)
    await openTo(scenario, scenario.acme, { joinPolicy: 'open' })
    expect((await act('otto', JOIN)).body).toEqual({
      workspace_id: scenario.acme,
      user_id: scenario.people.otto.id,
      role: 'member',
      joined_on: new Date(scenario.clock.now).toISOString(),
      active: true,
    })
    expect((await act('otto', JOIN)).status).toBe(409)
  })

  it('is rejected by a full workspace', async () => {
    scenario = await createScenario(memoryStorage(), { tenancy: { limits: { membersPerTenant: 6 } } })
    await openTo(scenario, scenario.acme, { joinPolicy: 'open' })
    expect((await act('otto', JOIN)).body).toEqual({ status_code: 403, error_message: 'The workspace is full' })
  })
})

describe('the list of join requests', () => {
  it('requires the owner or an admin, who cannot assign a role above their own', async () => {
    scenario = await createScenario(memoryStorage())
    const request_id = await pendingRequest(scenario)
    const before = await snapshot(scenario)
    for (const as of ['ed', 'bob', 'vic'] as const) {
      for (const key of [QUEUE, APPROVE, REJECT]) expect((await act(as, key, { request_id })).status).toBe(403)
    }
    for (const role of ['owner', 'Owner ', 'superuser', '']) {
      expect((await act('ada', APPROVE, { request_id, body: { role } })).status).toBe(400)
    }
    expect((await act('ada', QUEUE, { query: { status: 'open' } })).status).toBe(400)
    expect(await snapshot(scenario)).toEqual(before)
    expect((await act('ada', APPROVE, { request_id, body: { role: 'admin' } })).body).toMatchObject({ role: 'admin' })
  })
})
