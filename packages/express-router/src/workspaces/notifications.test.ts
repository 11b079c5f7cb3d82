import { memoryStorage } from '@tenantry/core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ask } from '../testing/workspaces-client.js'
import { PCR, protocolIn } from '../testing/workspaces-examples.js'
import { createWorld } from '../testing/world.js'
import type { Person, World } from '../testing/world.js'

const DEFAULTS = {
  new_protocol: 'in-app',
  protocol_updated: 'in-app',
  comment: 'in-app',
  member_joined: 'in-app',
  member_left: 'in-app',
  permission_changed: 'in-app',
}

let world: World
beforeEach(async () => {
  world = await createWorld(memoryStorage())
  await world.tenancy.deliverNotifications()
  for (const { id } of Object.values(world.people)) await world.tenancy.as({ userId: id }).notifications.markAllRead()
  world.clock.now += 1000
})
afterEach(() => world.close())

const listOf = async (as: Person, query: Record<string, string | number> = { unread: 'true' }) =>
  (await ask(world, 'GET /notifications', { as, query })).body

describe('notifications', () => {
  it('tell of protocols, comments, members and permissions, newest first', async () => {
    const id = await protocolIn(world)
    const ed = world.tenancy.as({ userId: world.people.ed.id }).in(world.acme)
    world.clock.now += 1000
    await ed.resources.update({ type: 'protocol', id, name: 'New' })
    world.clock.now += 1000
    await ed.comments.create({ type: 'protocol', id, text: 'Done' })
    const owner = world.tenancy.as({ userId: world.people.ann.id }).in(world.acme)
    world.clock.now += 1000
    await owner.members.changeRoles({ userId: world.people.vic.id, roles: ['member'] })
    world.clock.now += 1000
    await world.tenancy.as({ userId: world.people.bob.id }).in(world.acme).members.leave()
    await world.tenancy.deliverNotifications()
    const kinds = async (as: Person) => (await listOf(as)).items.map(({ kind }: { kind: string }) => kind)
    expect(await kinds('vic')).toEqual(['permission_changed', 'comment', 'protocol_updated', 'new_protocol'])
    expect(await kinds('ada')).toEqual(['member_left', 'comment', 'protocol_updated', 'new_protocol'])
    expect((await listOf('vic')).items.at(-1)).toEqual({
      id: expect.any(String),
      kind: 'new_protocol',
      workspace: { id: world.acme, name: 'Acme' },
      actor: { id: world.people.ed.id, name: null },
      resource: { type: 'protocol', id, title: 'New' },
      member: null,
      created_on: '2026-03-01T12:02:01.000Z',
      read_on: null,
    })
  })

  it('come in numbered pages, and are read one by one', async () => {
    for (let made = 0; made < 3; made++) await protocolIn(world)
    await world.tenancy.deliverNotifications()
    const page = await listOf('vic', { unread: 'true', page_size: 2, page_id: 1 })
    expect(page.pagination).toEqual({
      current_page: 1,
      total_pages: 2,
      total_results: 3,
      page_size: 2,
      next_page: null,
    })
    const params = { notification_id: page.items[0].id }
    const read = await ask(world, 'POST /notifications/{notification_id}/read', { as: 'vic', params })
    expect(read.body).toEqual({ ...page.items[0], read_on: '2026-03-01T12:02:01.000Z' })
    expect((await listOf('vic')).pagination.total_results).toBe(2)
    const foreign = await ask(world, 'POST /notifications/{notification_id}/read', { as: 'gil', params })
    expect([foreign.status, foreign.body.error_message]).toEqual([404, 'Notification not found'])
  })

  it('of a workspace go when one leaves it', async () => {
    await protocolIn(world)
    await world.tenancy.deliverNotifications()
    expect((await listOf('vic', {})).items).not.toEqual([])
    await ask(world, 'POST /workspaces/{workspace_id}/leave', { as: 'vic', params: { workspace_id: world.acme } })
    expect((await listOf('vic', {})).items).toEqual([])
  })

  it('come as one chooses, kind by kind', async () => {
    const get = async () => (await ask(world, 'GET /notifications/preferences', { as: 'vic' })).body
    const put = (body: object) => ask(world, 'PUT /notifications/preferences', { as: 'vic', body })
    expect(await get()).toEqual(DEFAULTS)
    const chosen = { new_protocol: 'mail', comment: 'off' }
    expect((await put(chosen)).body).toEqual({ ...DEFAULTS, ...chosen })
    expect(await get()).toEqual({ ...DEFAULTS, ...chosen })
    for (const bad of [{}, { new_protocol: 'pigeon' }, { new_protocol: 'in_app' }, { resource_created: 'off' }])
      expect((await put(bad)).status).toBe(400)
    await protocolIn(world)
    await world.tenancy.deliverNotifications()
    expect((await world.deliver()).filter(({ text }) => text.includes(PCR.title)).map(({ to }) => to)).toEqual([
      world.people.vic.email,
    ])
  })
})
