import { beforeEach, describe, expect, it } from 'vitest'
import { givenTwoTenants } from '../../testing/given-tenancy.js'
import { refusal } from '../../testing/refusal.js'
import { GUEST, SYSTEM } from '../actor.js'

/** Each member of Acme is told of a paper of the editor's. */
async function givenTold() {
  const given = await givenTwoTenants({
    resources: { invoice: ['create', 'read', 'update', 'delete'] },
    notifications: true,
  })
  await given.tenancy.deliverNotifications()
  const people = ['owner', 'admin', 'editor', 'member', 'viewer']
  for (const id of people) await given.as(id).notifications.markAllRead()
  given.tick(1)
  const input = { type: 'invoice', name: 'Paper', visibility: 'tenant' } as const
  const paper = await given.inAcme('editor').resources.create(input)
  await given.tenancy.deliverNotifications()
  const listOf = async (id: string) => (await given.as(id).notifications.list({ unread: true })).items
  const [first] = await listOf('viewer')
  return { ...given, paper, listOf, id: first?.id ?? '' }
}

let given: Awaited<ReturnType<typeof givenTold>>
beforeEach(async () => {
  given = await givenTold()
})

describe('a list of notifications', () => {
  it('is the caller’s own, from all their tenants, newest first, page by page', async () => {
    await given.join(given.zeta, 'viewer', { role: 'admin', invitedBy: 'outsider' })
    given.tick(1)
    const { id } = await given.as('outsider').in(given.zeta).resources.create({
      type: 'invoice',
      name: 'Of Zeta',
      visibility: 'tenant',
    })
    await given.tenancy.deliverNotifications()
    const names = (await given.listOf('viewer')).map(({ resource }) => resource?.name)
    expect(names).toEqual(['Of Zeta', 'Paper'])
    const list = given.as('viewer').notifications.list
    const first = await list({ unread: true, limit: 1 })
    expect(first.items[0]?.resource?.id).toBe(id)
    const second = await list({ unread: true, limit: 1, cursor: first.nextCursor ?? '' })
    expect([second.items[0]?.resource?.name, second.nextCursor]).toEqual(['Paper', null])
    expect((await list({ unread: true, limit: 1, page: 1 })).total).toBe(2)
  })

  it('is for those who are signed in', async () => {
    for (const actor of [GUEST, SYSTEM]) {
      const { notifications } = given.tenancy.as(actor)
      await refusal(given, 'unauthenticated', () => notifications.list())
      await refusal(given, 'unauthenticated', () => notifications.markRead({ notificationId: given.id }))
      await refusal(given, 'unauthenticated', () => notifications.markAllRead())
      await refusal(given, 'unauthenticated', () => notifications.preferences.get())
      await refusal(given, 'unauthenticated', () => notifications.preferences.update({ member_left: 'off' }))
    }
    await refusal(given, 'forbidden', () => given.as('owner').notifications.backlog({}))
  })

  it('shows nothing of a tenant that the reader left, was removed from, or is inactive in', async () => {
    await given.as('member').in(given.acme).members.leave()
    await given.inAcme('owner').members.remove({ userId: 'viewer' })
    await given.inAcme('owner').members.deactivate({ userId: 'admin' })
    for (const id of ['member', 'viewer', 'admin']) {
      expect(await given.as(id).notifications.list({ page: 1 })).toEqual({ items: [], nextCursor: null, total: 0 })
      await refusal(given, 'notification_not_found', () =>
        given.as(id).notifications.markRead({ notificationId: given.id }),
      )
    }
  })

  it('shows no resource that the reader may not see any more', async () => {
    const shown = async () => (await given.listOf('viewer')).map(({ resource }) => resource?.name ?? null)
    const { type, id } = given.paper
    await given.inAcme('owner').members.setOverrides({ userId: 'viewer', overrides: { 'invoice:read': false } })
    expect(await shown()).toEqual([null])
    await given.inAcme('owner').members.setOverrides({ userId: 'viewer', overrides: { 'invoice:read': null } })
    expect(await shown()).toEqual(['Paper'])
    await given.inAcme('editor').resources.update({ type, id, name: 'Renamed' })
    expect(await shown()).toEqual(['Renamed'])
    await given.inAcme('editor').resources.unshare({ type, id })
    expect(await shown()).toEqual([null])
    await given.inAcme('editor').resources.delete({ type, id })
    expect(await shown()).toEqual([null])
    expect(JSON.stringify(await given.listOf('viewer'))).not.toContain(id)
  })

  it('shows no names of people to whoever may not see the members', async () => {
    await given.inAcme('owner').roles.create({ key: 'blind', name: 'Blind', rank: 1, permissions: ['invoice:read'] })
    await given.inAcme('owner').members.changeRoles({ userId: 'viewer', roles: ['blind'] })
    expect(await given.listOf('viewer')).toMatchObject([{ actor: null, resource: { name: 'Paper' } }])
  })
})

describe('reading a notification', () => {
  it('is noted once, for its reader alone', async () => {
    const read = () => given.as('viewer').notifications.markRead({ notificationId: given.id })
    const events = await given.eventsOf(read)
    expect(events).toEqual([])
    const at = given.now()
    given.tick(1)
    expect((await read()).readAt).toBe(at)
    expect([(await given.listOf('viewer')).length, (await given.listOf('member')).length]).toEqual([0, 1])
    expect((await given.as('viewer').notifications.list({ limit: 1 })).items[0]).toMatchObject({ readAt: at })
  })

  it('is refused for one that is nobody’s, or somebody else’s', async () => {
    for (const [by, notificationId] of [
      ['viewer', 'absent'],
      ['editor', given.id],
      ['outsider', given.id],
    ] as const)
      await refusal(given, 'notification_not_found', () => given.as(by).notifications.markRead({ notificationId }))
  })

  it('is noted for all at once', async () => {
    await given.inAcme('editor').resources.update({ ...keyOf(given.paper), name: 'New' })
    await given.tenancy.deliverNotifications()
    expect(await given.as('viewer').notifications.markAllRead()).toEqual({ read: 2 })
    expect(await given.as('viewer').notifications.markAllRead()).toEqual({ read: 0 })
    expect(await given.listOf('viewer')).toEqual([])
    expect(await given.listOf('member')).toHaveLength(2)
  })
})

const keyOf = ({ type, id }: { readonly type: string; readonly id: string }) => ({ type, id })

describe('preferences', () => {
  const all = {
    resource_created: 'in_app',
    resource_updated: 'in_app',
    comment_added: 'in_app',
    member_joined: 'in_app',
    member_left: 'in_app',
    permissions_changed: 'in_app',
  }

  it('begin with the list, change kind by kind, and leave an event where they change', async () => {
    const { preferences } = given.as('viewer').notifications
    expect(await preferences.get()).toEqual(all)
    const events = await given.eventsOf(async () => {
      expect(await preferences.update({ member_left: 'mail', comment_added: 'in_app' })).toEqual({
        ...all,
        member_left: 'mail',
      })
    })
    const target = { type: 'user', id: 'viewer' }
    expect(events).toEqual([
      { type: 'user.notifications_changed', actorId: 'viewer', target, data: { to: { member_left: 'mail' } } },
    ])
    expect(given.heard.at(-1)?.scope).toEqual({ userId: 'viewer' })
    expect(await preferences.get()).toEqual({ ...all, member_left: 'mail' })
    expect(await given.as('member').notifications.preferences.get()).toEqual(all)
    expect(await given.eventsOf(() => preferences.update({ member_left: 'mail' }))).toEqual([])
  })

  it('are of the kinds and channels there are', async () => {
    const { preferences } = given.as('viewer').notifications
    for (const input of [{}, { other: 'off' }, { member_left: 'pigeon' }, { member_left: null }, { __proto__: null }])
      // What callers without types hand in.
      await refusal(given, 'invalid_input', () => preferences.update(input as object))
  })
})
