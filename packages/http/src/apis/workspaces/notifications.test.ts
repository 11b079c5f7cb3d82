import { memoryStorage } from '@tenantry/core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ask } from '../../testing/workspaces-client.js'
import { PCR, protocolIn } from '../../testing/workspaces-examples.js'
import { createScenario } from '../../testing/scenario.js'
import type { Person, Scenario } from '../../testing/scenario.js'

const DEFAULTS = {
  new_protocol: 'in-app',
  protocol_updated: 'in-app',
  comment: 'in-app',
  member_joined: 'in-app',
  member_left: 'in-app',
  permission_changed: 'in-app',
}

let scenario: Scenario
beforeEach(async () => {
  scenario = await createScenario(memoryStorage())
  await scenario.tenancy.flushNotifications()
  for (const { id } of Object.values(scenario.people))
    await scenario.tenancy.as({ userId: id }).notifications.markAllRead()
  scenario.clock.now += 1000
})
afterEach(() => scenario.close())

const listOf = async (as: Person, query: Record<string, string | number> = { unread: 'true' }) =>
  (await ask(scenario, 'GET /notifications', { as, query })).body

describe('notifications', () => {
  it('report protocols, comments, members and permissions, newest first', async () => {
    const id = await protocolIn(scenario)
    const ed = scenario.tenancy.as({ userId: scenario.people.ed.id }).in(scenario.acme)
    scenario.clock.now += 1000
    await ed.resources.update({ type: 'protocol', id, name: 'New' })
    scenario.clock.now += 1000
    await ed.comments.create({ type: 'protocol', id, text: 'Done' })
    const owner = scenario.tenancy.as({ userId: scenario.people.ann.id }).in(scenario.acme)
    scenario.clock.now += 1000
    await owner.members.setRoles({ userId: scenario.people.vic.id, roles: ['member'] })
    scenario.clock.now += 1000
    await scenario.tenancy.as({ userId: scenario.people.bob.id }).in(scenario.acme).members.leave()
    await scenario.tenancy.flushNotifications()
    const kinds = async (as: Person) => (await listOf(as)).items.map(({ kind }: { kind: string }) => kind)
    expect(await kinds('vic')).toEqual(['permission_changed', 'comment', 'protocol_updated', 'new_protocol'])
    expect(await kinds('ada')).toEqual(['member_left', 'comment', 'protocol_updated', 'new_protocol'])
    expect((await listOf('vic')).items.at(-1)).toEqual({
      id: expect.any(String),
      kind: 'new_protocol',
      workspace: { id: scenario.acme, name: 'Acme' },
      actor: { id: scenario.people.ed.id, name: null },
      resource: { type: 'protocol', id, title: 'New' },
      member: null,
      created_on: '2026-03-01T12:02:01.000Z',
      read_on: null,
    })
  })

  it('are returned in numbered pages, and marked as read individually', async () => {
    for (let made = 0; made < 3; made++) await protocolIn(scenario)
    await scenario.tenancy.flushNotifications()
    const page = await listOf('vic', { unread: 'true', page_size: 2, page_id: 1 })
    expect(page.pagination).toEqual({
      current_page: 1,
      total_pages: 2,
      total_results: 3,
      page_size: 2,
      next_page: null,
    })
    const params = { notification_id: page.items[0].id }
    const read = await ask(scenario, 'POST /notifications/{notification_id}/read', { as: 'vic', params })
    expect(read.body).toEqual({ ...page.items[0], read_on: '2026-03-01T12:02:01.000Z' })
    expect((await listOf('vic')).pagination.total_results).toBe(2)
    const foreign = await ask(scenario, 'POST /notifications/{notification_id}/read', { as: 'gil', params })
    expect([foreign.status, foreign.body.error_message]).toEqual([404, 'Notification not found'])
  })

  it('of a workspace are removed when the user leaves it', async () => {
    await protocolIn(scenario)
    await scenario.tenancy.flushNotifications()
    expect((await listOf('vic', {})).items).not.toEqual([])
    await ask(scenario, 'POST /workspaces/{workspace_id}/leave', { as: 'vic', params: { workspace_id: scenario.acme } })
    expect((await listOf('vic', {})).items).toEqual([])
  })

  it('follow the user’s preferences for each kind', async () => {
    const get = async () => (await ask(scenario, 'GET /notifications/preferences', { as: 'vic' })).body
    const put = (body: object) => ask(scenario, 'PUT /notifications/preferences', { as: 'vic', body })
    expect(await get()).toEqual(DEFAULTS)
    const chosen = { new_protocol: 'mail', comment: 'off' }
    expect((await put(chosen)).body).toEqual({ ...DEFAULTS, ...chosen })
    expect(await get()).toEqual({ ...DEFAULTS, ...chosen })
    for (const bad of [{}, { new_protocol: 'pigeon' }, { new_protocol: 'in_app' }, { resource_created: 'off' }])
      expect((await put(bad)).status).toBe(400)
    await protocolIn(scenario)
    await scenario.tenancy.flushNotifications()
    expect((await scenario.deliver()).filter(({ text }) => text.includes(PCR.title)).map(({ to }) => to)).toEqual([
      scenario.people.vic.email,
    ])
  })
})
