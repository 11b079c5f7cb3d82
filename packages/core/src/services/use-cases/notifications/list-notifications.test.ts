import { beforeEach, describe, expect, it } from 'vitest'
import { twoTenantsFixture } from '../../../testing/fixtures/tenancy.js'
import { refusal } from '../../../testing/refusal.js'
import { GUEST, SYSTEM } from '../../pipeline/actor.js'

/** Each member of Acme is told of a paper of the editor's. */
async function toldFixture() {
  const fixture = await twoTenantsFixture({
    resources: { invoice: ['create', 'read', 'update', 'delete'] },
    notifications: true,
  })
  await fixture.tenancy.flushNotifications()
  const people = ['owner', 'admin', 'editor', 'member', 'viewer']
  for (const id of people) await fixture.as(id).notifications.markAllRead()
  fixture.tick(1)
  const input = { type: 'invoice', name: 'Paper', visibility: 'tenant' } as const
  const paper = await fixture.inAcme('editor').resources.create(input)
  await fixture.tenancy.flushNotifications()
  const listOf = async (id: string) => (await fixture.as(id).notifications.list({ unread: true })).items
  const [first] = await listOf('viewer')
  return { ...fixture, paper, listOf, id: first?.id ?? '' }
}

let fixture: Awaited<ReturnType<typeof toldFixture>>
beforeEach(async () => {
  fixture = await toldFixture()
})

describe('a list of notifications', () => {
  it('is the caller’s own, from all their tenants, newest first, page by page', async () => {
    await fixture.join(fixture.zeta, 'viewer', { role: 'admin', invitedBy: 'outsider' })
    fixture.tick(1)
    const { id } = await fixture.as('outsider').in(fixture.zeta).resources.create({
      type: 'invoice',
      name: 'Of Zeta',
      visibility: 'tenant',
    })
    await fixture.tenancy.flushNotifications()
    const names = (await fixture.listOf('viewer')).map(({ resource }) => resource?.name)
    expect(names).toEqual(['Of Zeta', 'Paper'])
    const list = fixture.as('viewer').notifications.list
    const first = await list({ unread: true, limit: 1 })
    expect(first.items[0]?.resource?.id).toBe(id)
    const second = await list({ unread: true, limit: 1, cursor: first.nextCursor ?? '' })
    expect([second.items[0]?.resource?.name, second.nextCursor]).toEqual(['Paper', null])
    expect((await list({ unread: true, limit: 1, page: 1 })).total).toBe(2)
  })

  it('is for those who are signed in', async () => {
    for (const actor of [GUEST, SYSTEM]) {
      const { notifications } = fixture.tenancy.as(actor)
      await refusal(fixture, 'unauthenticated', () => notifications.list())
      await refusal(fixture, 'unauthenticated', () => notifications.markRead({ notificationId: fixture.id }))
      await refusal(fixture, 'unauthenticated', () => notifications.markAllRead())
      await refusal(fixture, 'unauthenticated', () => notifications.preferences.get())
      await refusal(fixture, 'unauthenticated', () => notifications.preferences.update({ member_left: 'off' }))
    }
    await refusal(fixture, 'forbidden', () => fixture.as('owner').notifications.backlog())
  })

  it('shows nothing of a tenant that the reader left, was removed from, or is inactive in', async () => {
    await fixture.as('member').in(fixture.acme).members.leave()
    await fixture.inAcme('owner').members.remove({ userId: 'viewer' })
    await fixture.inAcme('owner').members.deactivate({ userId: 'admin' })
    for (const id of ['member', 'viewer', 'admin']) {
      expect(await fixture.as(id).notifications.list({ page: 1 })).toEqual({ items: [], nextCursor: null, total: 0 })
      await refusal(fixture, 'notification_not_found', () =>
        fixture.as(id).notifications.markRead({ notificationId: fixture.id }),
      )
    }
  })

  it('shows no resource that the reader may not see any more', async () => {
    const shown = async () => (await fixture.listOf('viewer')).map(({ resource }) => resource?.name ?? null)
    const { type, id } = fixture.paper
    await fixture.inAcme('owner').members.setOverrides({ userId: 'viewer', overrides: { 'invoice:read': false } })
    expect(await shown()).toEqual([null])
    await fixture.inAcme('owner').members.setOverrides({ userId: 'viewer', overrides: { 'invoice:read': null } })
    expect(await shown()).toEqual(['Paper'])
    await fixture.inAcme('editor').resources.update({ type, id, name: 'Renamed' })
    expect(await shown()).toEqual(['Renamed'])
    await fixture.inAcme('editor').resources.unshare({ type, id })
    expect(await shown()).toEqual([null])
    await fixture.inAcme('editor').resources.delete({ type, id })
    expect(await shown()).toEqual([null])
    expect(JSON.stringify(await fixture.listOf('viewer'))).not.toContain(id)
  })

  it('shows no names of people to whoever may not see the members', async () => {
    await fixture.inAcme('owner').roles.create({ key: 'blind', name: 'Blind', rank: 1, permissions: ['invoice:read'] })
    await fixture.inAcme('owner').members.setRoles({ userId: 'viewer', roles: ['blind'] })
    expect(await fixture.listOf('viewer')).toMatchObject([{ actor: null, resource: { name: 'Paper' } }])
  })
})

describe('reading a notification', () => {
  it('is noted once, for its reader alone', async () => {
    const read = () => fixture.as('viewer').notifications.markRead({ notificationId: fixture.id })
    const events = await fixture.eventsOf(read)
    expect(events).toEqual([])
    const at = fixture.now()
    fixture.tick(1)
    expect((await read()).readAt).toBe(at)
    expect([(await fixture.listOf('viewer')).length, (await fixture.listOf('member')).length]).toEqual([0, 1])
    expect((await fixture.as('viewer').notifications.list({ limit: 1 })).items[0]).toMatchObject({ readAt: at })
  })

  it('is refused for one that is nobody’s, or somebody else’s', async () => {
    for (const [by, notificationId] of [
      ['viewer', 'absent'],
      ['editor', fixture.id],
      ['outsider', fixture.id],
    ] as const)
      await refusal(fixture, 'notification_not_found', () => fixture.as(by).notifications.markRead({ notificationId }))
  })

  it('is noted for all at once', async () => {
    await fixture.inAcme('editor').resources.update({ ...keyOf(fixture.paper), name: 'New' })
    await fixture.tenancy.flushNotifications()
    expect(await fixture.as('viewer').notifications.markAllRead()).toEqual({ read: 2 })
    expect(await fixture.as('viewer').notifications.markAllRead()).toEqual({ read: 0 })
    expect(await fixture.listOf('viewer')).toEqual([])
    expect(await fixture.listOf('member')).toHaveLength(2)
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
    const { preferences } = fixture.as('viewer').notifications
    expect(await preferences.get()).toEqual(all)
    const events = await fixture.eventsOf(async () => {
      expect(await preferences.update({ member_left: 'email', comment_added: 'in_app' })).toEqual({
        ...all,
        member_left: 'email',
      })
    })
    const target = { type: 'user', id: 'viewer' }
    expect(events).toEqual([
      {
        type: 'user.notification_preferences_updated',
        actorId: 'viewer',
        target,
        data: { to: { member_left: 'email' } },
      },
    ])
    expect(fixture.heard.at(-1)?.scope).toEqual({ userId: 'viewer' })
    expect(await preferences.get()).toEqual({ ...all, member_left: 'email' })
    expect(await fixture.as('member').notifications.preferences.get()).toEqual(all)
    expect(await fixture.eventsOf(() => preferences.update({ member_left: 'email' }))).toEqual([])
  })

  it('are of the kinds and channels there are', async () => {
    const { preferences } = fixture.as('viewer').notifications
    for (const input of [{}, { other: 'off' }, { member_left: 'pigeon' }, { member_left: null }, { __proto__: null }])
      // What callers without types hand in.
      await refusal(fixture, 'invalid_input', () => preferences.update(input as object))
  })
})
