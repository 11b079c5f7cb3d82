import { beforeEach, describe, expect, it } from 'vitest'
import { membershipOf, userOf } from '../../../contract/fixtures/rows.js'
import { memoryStorage } from '../../../storage/memory-storage/memory-storage.js'
import type { Storage } from '../../../storage/port.js'
import type { TenancyOptions } from '../../../tenancy-options.js'
import { organizationFixture } from '../../../testing/fixtures/organization.js'
import { tenancyFixture, twoTenantsFixture } from '../../../testing/fixtures/tenancy.js'
import { withStorage } from '../../../testing/with-storage.js'

const MINUTE_MS = 60_000
const RESOURCES = { invoice: ['create', 'read', 'update', 'comment'], memo: ['create', 'update'] }
const everybody = ['admin', 'assistant', 'editor', 'member', 'other-admin', 'viewer']

async function notifiedFixture(options: Partial<TenancyOptions> = {}) {
  const fixture = await twoTenantsFixture({ resources: RESOURCES, notifications: true, ...options })
  await fixture.tenancy.flushNotifications()
  for (const id of [...everybody, 'owner', 'outsider']) await fixture.as(id).notifications.markAllRead()
  await fixture.tenancy.flushEmails()
  fixture.sent.length = 0

  const unreadOf = async (id: string) => (await fixture.as(id).notifications.list({ unread: true, limit: 100 })).items
  /** Who is told of what has happened, and the kinds of it. */
  async function notified(people: readonly string[] = [...everybody, 'owner', 'outsider']) {
    expect((await fixture.tenancy.flushNotifications()).failed).toBe(0)
    const lists = await Promise.all(people.map(async (id) => [id, await unreadOf(id)] as const))
    const some = lists.filter(([, items]) => items.length > 0)
    return Object.fromEntries(some.map(([id, items]) => [id, items.map(({ kind }) => kind).reverse()]))
  }
  const invoice = (by: string, visibility: 'tenant' | 'private' = 'tenant', type = 'invoice') =>
    fixture.inAcme(by).resources.create({ type, name: 'Paper', visibility })
  return { ...fixture, unreadOf, notified, invoice }
}

const each = (people: readonly string[], ...kinds: readonly string[]) =>
  Object.fromEntries(people.map((id) => [id, kinds]))
const without = (...gone: readonly string[]) => [...everybody, 'owner'].filter((id) => !gone.includes(id))

let fixture: Awaited<ReturnType<typeof notifiedFixture>>
beforeEach(async () => {
  fixture = await notifiedFixture()
})

describe('recipients', () => {
  it('a new resource notifies members who may read it, except its creator', async () => {
    const { id } = await fixture.invoice('editor')
    expect(await fixture.notified()).toEqual(each(without('editor', 'assistant'), 'resource_created'))
    expect(await fixture.unreadOf('viewer')).toEqual([
      {
        id: fixture.heard.at(-1)?.id,
        kind: 'resource_created',
        at: fixture.now(),
        readAt: null,
        tenant: { id: fixture.acme, name: "owner's" },
        actor: { id: 'editor', name: 'editor' },
        resource: { type: 'invoice', id, name: 'Paper' },
        member: null,
      },
    ])
  })

  it('of one whose type declares no reading: every member', async () => {
    await fixture.invoice('editor', 'tenant', 'memo')
    expect(await fixture.notified()).toEqual(each(without('editor'), 'resource_created'))
  })

  it('a private resource notifies no one until it is shared', async () => {
    const { id } = await fixture.invoice('editor', 'private')
    await fixture.inAcme('editor').resources.update({ type: 'invoice', id, name: 'Secret' })
    expect(await fixture.notified()).toEqual({})
    await fixture.inAcme('editor').resources.share({ type: 'invoice', id })
    expect(await fixture.notified()).toEqual(each(without('editor', 'assistant'), 'resource_created'))
  })

  it('of one that is shared: the members of the tenant that sees it', async () => {
    await fixture.join(fixture.zeta, 'editor', { role: 'editor', invitedBy: 'outsider' })
    const { id } = await fixture.invoice('editor', 'private')
    await fixture.notified()
    await fixture.as('outsider').notifications.markAllRead()
    await fixture.inAcme('editor').resources.share({ type: 'invoice', id, tenantId: fixture.zeta })
    expect(await fixture.notified()).toEqual({ outsider: ['resource_created'] })
  })

  it('an update notifies members who may read the resource, except its author', async () => {
    const { id } = await fixture.invoice('editor')
    await fixture.notified()
    for (const person of without()) await fixture.as(person).notifications.markAllRead()
    await fixture.inAcme('admin').resources.update({ type: 'invoice', id, name: 'New' })
    expect(await fixture.notified()).toEqual(each(without('admin', 'assistant'), 'resource_updated'))
    expect((await fixture.unreadOf('editor'))[0]?.resource).toEqual({ type: 'invoice', id, name: 'New' })
  })

  it('a comment notifies members who may read its resource, except its author', async () => {
    const { id } = await fixture.invoice('editor')
    const secret = await fixture.invoice('editor', 'private')
    await fixture.notified()
    for (const person of without()) await fixture.as(person).notifications.markAllRead()
    await fixture.inAcme('viewer').comments.create({ type: 'invoice', id, text: 'Well done' })
    await fixture.inAcme('editor').comments.create({ type: 'invoice', id: secret.id, text: 'To myself' })
    expect(await fixture.notified()).toEqual(each(without('viewer', 'assistant'), 'comment_added'))
    expect(JSON.stringify(await fixture.unreadOf('admin'))).not.toContain('Well done')
  })

  it('of members who come and go: those who decide over members', async () => {
    await fixture.user('newcomer')
    await fixture.inAcme('admin').members.add({ email: 'newcomer@example.com', roles: ['viewer'] })
    await fixture.as('newcomer').in(fixture.acme).members.leave()
    await fixture.inAcme('owner').members.remove({ userId: 'viewer' })
    expect(await fixture.notified()).toEqual({
      owner: ['member_joined', 'member_left'],
      admin: ['member_left', 'member_left'],
      'other-admin': ['member_joined', 'member_left', 'member_left'],
    })
    const [last] = await fixture.unreadOf('admin')
    expect(last).toMatchObject({ actor: { id: 'owner' }, member: { id: 'viewer', name: 'viewer' }, resource: null })
  })

  it('of changed permissions: the member concerned', async () => {
    await fixture.inAcme('owner').members.setRoles({ userId: 'viewer', roles: ['member'] })
    await fixture.inAcme('admin').members.setOverrides({ userId: 'member', overrides: { 'invoice:update': true } })
    expect(await fixture.notified()).toEqual(each(['viewer', 'member'], 'permissions_changed'))
  })

  it('of a changed role of the tenant’s own: those who hold it', async () => {
    const roles = fixture.inAcme('owner').roles
    await roles.create({ key: 'reader', name: 'Reader', rank: 5, permissions: ['invoice:read'] })
    await fixture.inAcme('owner').members.setRoles({ userId: 'viewer', roles: ['reader'] })
    await fixture.notified()
    await fixture.as('viewer').notifications.markAllRead()
    await roles.update({ key: 'reader', name: 'Readers' })
    expect(await fixture.notified()).toEqual({})
    await roles.update({ key: 'reader', permissions: ['invoice:read', 'invoice:update'] })
    expect(await fixture.notified()).toEqual(each(['viewer'], 'permissions_changed'))
  })

  it('permissions are checked at the time of notification', async () => {
    const { id } = await fixture.invoice('editor')
    await fixture.inAcme('owner').members.remove({ userId: 'viewer' })
    await fixture.inAcme('owner').members.deactivate({ userId: 'member' })
    await fixture.inAcme('owner').members.setOverrides({ userId: 'assistant', overrides: { 'invoice:read': true } })
    const notified = await fixture.notified()
    expect(Object.keys(notified).filter((person) => notified[person]?.includes('resource_created'))).toEqual(
      without('editor', 'viewer', 'member'),
    )
    expect(await fixture.storage.read.notifications.count({ userId: 'viewer', unread: true })).toBe(0)
    await fixture.inAcme('admin').resources.update({ type: 'invoice', id, name: 'New' })
    await fixture.inAcme('editor').resources.unshare({ type: 'invoice', id })
    for (const person of without()) await fixture.as(person).notifications.markAllRead()
    expect(await fixture.notified()).toEqual({})
  })

  it('organization admins without a membership are not notified', async () => {
    const { inAcme, acme, ...one } = await organizationFixture({ resources: RESOURCES, notifications: true })
    await one.tenancy.flushNotifications()
    await inAcme('ed').resources.create({ type: 'invoice', name: 'Paper', visibility: 'tenant' })
    await inAcme('ann').members.remove({ userId: 'mel' })
    expect(await one.tenancy.flushNotifications()).toEqual({ delivered: 2, failed: 0 })
    const unread = async (id: string) => (await one.as(id).notifications.list({ unread: true })).items
    expect((await unread('ann')).map(({ kind, tenant }) => [kind, tenant.id])).toContainEqual([
      'resource_created',
      acme,
    ])
    expect(await unread('ada')).toEqual([])
    expect(await inAcme('ada').access()).toBeDefined()
  })

  it('an archived tenant notifies no one', async () => {
    await fixture.invoice('editor')
    await fixture.inAcme('owner').archive()
    await fixture.tenancy.flushNotifications()
    await fixture.inAcme('owner').restore()
    expect(await fixture.notified()).toEqual({})
  })
})

/** A storage on which the process dies when it begins its `left`th transaction from now. */
function mortalStorage() {
  const life = { left: Infinity }
  const storage = memoryStorage()
  const transaction: Storage['transaction'] = async (locks, work) => {
    if (life.left-- <= 0) throw new Error('killed')
    return storage.transaction(locks, work)
  }
  return { life, storage: { ...storage, transaction } }
}

/** Acme gets this many readers more, who want mail. */
async function readersFixture(storage: Storage, tenantId: string, count: number) {
  const ids = Array.from({ length: count }, (_, index) => `reader-${String(index).padStart(4, '0')}`)
  await storage.transaction({}, async (tx) => {
    for (const id of ids) {
      await tx.users.insert(userOf({ id, emailVerifiedAt: 1 }))
      await tx.memberships.insert(membershipOf({ tenantId, userId: id }))
      await tx.notifications.setPreference({ userId: id, kind: 'resource_created', channel: 'email' })
    }
  })
  return ids
}

describe('telling many', () => {
  it('processes recipients in pages, each in its own transaction', async () => {
    const sizes: number[] = []
    const storage = withStorage(memoryStorage(), {
      tx: ({ notifications }) => ({
        notifications: {
          ...notifications,
          insertForUsers: (shared, people) => (sizes.push(people.length), notifications.insertForUsers(shared, people)),
        },
      }),
    })
    fixture = await notifiedFixture({ storage })
    await readersFixture(storage, fixture.acme, 1000)
    sizes.length = 0
    await fixture.invoice('editor')
    await fixture.tenancy.flushNotifications()
    expect(sizes.every((size) => size <= 100)).toBe(true)
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(1005)
  })

  it('notifies and emails each recipient once, wherever the process crashes', async () => {
    const mortal = mortalStorage()
    const mailed = new Map<string, number>()
    const storage = withStorage(mortal.storage, {
      tx: ({ emails }) => ({
        emails: {
          ...emails,
          enqueue: async ({ recipient }) => void mailed.set(recipient, (mailed.get(recipient) ?? 0) + 1),
        },
      }),
    })
    fixture = await notifiedFixture({ storage, limits: { notificationEmailsPerRecipient: Infinity } })
    const readers = await readersFixture(storage, fixture.acme, 120)
    mailed.clear()
    for (let transactions = 0; ; transactions++) {
      await fixture.invoice('editor')
      mortal.life.left = transactions
      const survived = await fixture.tenancy.flushNotifications().then(
        ({ failed }) => failed === 0 && mortal.life.left >= 0,
        () => false,
      )
      mortal.life.left = Infinity
      fixture.tick(3 * MINUTE_MS)
      const another = await tenancyFixture({
        storage,
        clock: fixture.now,
        resources: RESOURCES,
        notifications: true,
        limits: { notificationEmailsPerRecipient: Infinity },
      })
      await another.tenancy.flushNotifications()
      const counts = readers.map((userId) => storage.read.notifications.count({ userId, unread: true }))
      expect(new Set(await Promise.all(counts))).toEqual(new Set([transactions + 1]))
      expect(readers.map((id) => mailed.get(`${id}@Example.com`))).toEqual(readers.map(() => transactions + 1))
      if (survived) {
        expect(transactions).toBeGreaterThan(4)
        break
      }
    }
  })

  it('notifies each recipient once when two processes run concurrently', async () => {
    const other = await tenancyFixture({ storage: fixture.storage, clock: fixture.now, notifications: true })
    await fixture.invoice('editor')
    const results = await Promise.all([fixture, other].map(({ tenancy }) => tenancy.flushNotifications()))
    expect(results.reduce((sum, { delivered }) => sum + delivered, 0)).toBe(1)
    expect(await fixture.notified()).toEqual(each(without('editor', 'assistant'), 'resource_created'))
  })
})

describe('what people have chosen', () => {
  it('is followed kind by kind: not at all, in the list, by mail too', async () => {
    await fixture.as('viewer').notifications.preferences.update({ resource_created: 'off' })
    await fixture.as('member').notifications.preferences.update({ resource_created: 'email', member_left: 'off' })
    await fixture.invoice('editor')
    expect(await fixture.notified(['viewer', 'member', 'admin'])).toEqual(each(['member', 'admin'], 'resource_created'))
    await fixture.tenancy.flushEmails()
    expect(fixture.sent).toMatchObject([
      { to: 'member@example.com', text: expect.stringContaining("editor added Paper to owner's.") as string },
    ])
  })

  it('sends no mail to an address that was not proven', async () => {
    await fixture.storage.transaction({}, (tx) => tx.users.update({ id: 'member', set: { emailVerifiedAt: null } }))
    await fixture.as('member').notifications.preferences.update({ resource_created: 'email' })
    await fixture.invoice('editor')
    expect(await fixture.notified(['member'])).toEqual(each(['member'], 'resource_created'))
    await fixture.tenancy.flushEmails()
    expect(fixture.sent).toEqual([])
  })

  it('sends no more mails than the limits allow, and keeps no other mail from anybody', async () => {
    fixture = await notifiedFixture({ limits: { notificationEmailsPerRecipient: 2, emailsPerRecipient: 20 } })
    await fixture.as('member').notifications.preferences.update({ resource_created: 'email' })
    for (let made = 0; made < 30; made++) await fixture.invoice('editor')
    expect((await fixture.notified(['member']))['member']).toHaveLength(30)
    await fixture.tenancy.flushEmails()
    expect(fixture.sent).toHaveLength(2)
    const { id } = await fixture.as('outsider').tenants.create({ name: 'Third' })
    await fixture.invite(id, 'outsider', { email: 'member@example.com' })
    fixture.tick(60 * MINUTE_MS)
    await fixture.invoice('editor')
    await fixture.tenancy.flushNotifications()
    await fixture.tenancy.flushEmails()
    expect(fixture.sent).toHaveLength(4)
  })

  it('is held to the limit of the tenant, too', async () => {
    fixture = await notifiedFixture({
      limits: { emailsPerTenant: ({ name }) => (name === "owner's" ? 10 : undefined) },
    })
    await fixture.as('member').notifications.preferences.update({ resource_created: 'email' })
    for (let made = 0; made < 30; made++) await fixture.invoice('editor')
    await fixture.tenancy.flushNotifications()
    await fixture.tenancy.flushEmails()
    expect([fixture.sent.length > 0, fixture.sent.length <= 10]).toEqual([true, true])
  })
})

describe('notifications', () => {
  it('are not written where the host does not want them', async () => {
    const plain = await twoTenantsFixture({ resources: RESOURCES })
    await plain.inAcme('editor').resources.create({ type: 'invoice', name: 'Paper', visibility: 'tenant' })
    expect(await plain.storage.read.notificationChains.backlog()).toEqual({ waiting: 0, waitingSince: null })
    expect(await plain.tenancy.flushNotifications()).toEqual({ delivered: 0, failed: 0 })
    expect((await plain.as('viewer').notifications.list()).items).toEqual([])
  })

  it('are sent by the started worker; operators see the backlog', async () => {
    await fixture.invoice('editor')
    expect(await fixture.system.notifications.backlog()).toEqual({ waiting: 1, waitingSince: fixture.now() })
    fixture.tenancy.startWorker()
    // Its run begins after the one that the start began, and finds nothing left to do.
    expect(await fixture.tenancy.flushNotifications()).toEqual({ delivered: 0, failed: 0 })
    await fixture.tenancy.stopWorker()
    expect(await fixture.unreadOf('viewer')).toHaveLength(1)
    expect(await fixture.system.notifications.backlog()).toEqual({ waiting: 0, waitingSince: null })
  })

  it('are kept for the configured time, and removed with later notifications', async () => {
    fixture = await notifiedFixture({ lifetimes: { notification: 10 * MINUTE_MS } })
    await fixture.invoice('editor')
    await fixture.notified()
    fixture.tick(10 * MINUTE_MS)
    await fixture.invoice('editor')
    await fixture.notified()
    expect(await fixture.unreadOf('viewer')).toHaveLength(2)
    fixture.tick(1)
    await fixture.invoice('editor')
    await fixture.notified()
    expect(await fixture.unreadOf('viewer')).toHaveLength(2)
  })

  it('go with the account, and with the tenant', async () => {
    await fixture.invoice('editor')
    await fixture.as('member').notifications.preferences.update({ member_left: 'email' })
    await fixture.notified()
    const left = (userId: string) =>
      fixture.storage.transaction({}, async ({ notifications }) => [
        await notifications.getPreferences(userId),
        await notifications.markAllRead({ userId, at: 1 }),
      ])
    await fixture.as('member').users.delete()
    expect(await left('member')).toEqual([{}, 0])
    await fixture.inAcme('owner').delete()
    fixture.tick(31 * 24 * 60 * MINUTE_MS)
    expect(await fixture.tenancy.purge()).toEqual({ purged: 1, failed: 0 })
    expect(await left('viewer')).toEqual([{}, 0])
  })
})
