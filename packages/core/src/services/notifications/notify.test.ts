import { beforeEach, describe, expect, it } from 'vitest'
import { membershipOf, userOf } from '../../contract/given.js'
import { memoryStorage } from '../../storage/memory-storage/memory-storage.js'
import type { Storage } from '../../storage/port.js'
import type { TenancyOptions } from '../../tenancy-options.js'
import { givenOrganization } from '../../testing/given-organization.js'
import { givenTenancy, givenTwoTenants } from '../../testing/given-tenancy.js'
import { withStorage } from '../../testing/with-storage.js'

const MINUTE_MS = 60_000
const RESOURCES = { invoice: ['create', 'read', 'update', 'comment'], memo: ['create', 'update'] }
const everybody = ['admin', 'dataset_operator', 'editor', 'member', 'other-admin', 'viewer']

async function givenNotified(options: Partial<TenancyOptions> = {}) {
  const given = await givenTwoTenants({ resources: RESOURCES, notifications: true, ...options })
  await given.tenancy.deliverNotifications()
  for (const id of [...everybody, 'owner', 'outsider']) await given.as(id).notifications.markAllRead()
  await given.tenancy.deliverMails()
  given.sent.length = 0

  const unreadOf = async (id: string) => (await given.as(id).notifications.list({ unread: true, limit: 100 })).items
  /** Who is told of what has happened, and the kinds of it. */
  async function told(people: readonly string[] = [...everybody, 'owner', 'outsider']) {
    expect((await given.tenancy.deliverNotifications()).failed).toBe(0)
    const lists = await Promise.all(people.map(async (id) => [id, await unreadOf(id)] as const))
    const some = lists.filter(([, items]) => items.length > 0)
    return Object.fromEntries(some.map(([id, items]) => [id, items.map(({ kind }) => kind).reverse()]))
  }
  const invoice = (by: string, visibility: 'tenant' | 'private' = 'tenant', type = 'invoice') =>
    given.inAcme(by).resources.create({ type, name: 'Paper', visibility })
  return { ...given, unreadOf, told, invoice }
}

const each = (people: readonly string[], ...kinds: readonly string[]) =>
  Object.fromEntries(people.map((id) => [id, kinds]))
const without = (...gone: readonly string[]) => [...everybody, 'owner'].filter((id) => !gone.includes(id))

let given: Awaited<ReturnType<typeof givenNotified>>
beforeEach(async () => {
  given = await givenNotified()
})

describe('who is told', () => {
  it('of a new resource: those who may read it, but its maker', async () => {
    const { id } = await given.invoice('editor')
    expect(await given.told()).toEqual(each(without('editor', 'dataset_operator'), 'resource_created'))
    expect(await given.unreadOf('viewer')).toEqual([
      {
        id: given.heard.at(-1)?.id,
        kind: 'resource_created',
        at: given.now(),
        readAt: null,
        tenant: { id: given.acme, name: "owner's" },
        actor: { id: 'editor', name: 'editor' },
        resource: { type: 'invoice', id, name: 'Paper' },
        member: null,
      },
    ])
  })

  it('of one whose type declares no reading: every member', async () => {
    await given.invoice('editor', 'tenant', 'memo')
    expect(await given.told()).toEqual(each(without('editor'), 'resource_created'))
  })

  it('of a private one: nobody, until it is shared', async () => {
    const { id } = await given.invoice('editor', 'private')
    await given.inAcme('editor').resources.update({ type: 'invoice', id, name: 'Secret' })
    expect(await given.told()).toEqual({})
    await given.inAcme('editor').resources.share({ type: 'invoice', id })
    expect(await given.told()).toEqual(each(without('editor', 'dataset_operator'), 'resource_created'))
  })

  it('of one that is lent: the members of the tenant that sees it', async () => {
    await given.join(given.zeta, 'editor', { role: 'editor', invitedBy: 'outsider' })
    const { id } = await given.invoice('editor', 'private')
    await given.told()
    await given.as('outsider').notifications.markAllRead()
    await given.inAcme('editor').resources.share({ type: 'invoice', id, tenantId: given.zeta })
    expect(await given.told()).toEqual({ outsider: ['resource_created'] })
  })

  it('of a change: those who may read it, but who made it', async () => {
    const { id } = await given.invoice('editor')
    await given.told()
    for (const person of without()) await given.as(person).notifications.markAllRead()
    await given.inAcme('admin').resources.update({ type: 'invoice', id, name: 'New' })
    expect(await given.told()).toEqual(each(without('admin', 'dataset_operator'), 'resource_updated'))
    expect((await given.unreadOf('editor'))[0]?.resource).toEqual({ type: 'invoice', id, name: 'New' })
  })

  it('of a comment: those who may read what it is about, but who made it', async () => {
    const { id } = await given.invoice('editor')
    const secret = await given.invoice('editor', 'private')
    await given.told()
    for (const person of without()) await given.as(person).notifications.markAllRead()
    await given.inAcme('viewer').comments.create({ type: 'invoice', id, text: 'Well done' })
    await given.inAcme('editor').comments.create({ type: 'invoice', id: secret.id, text: 'To myself' })
    expect(await given.told()).toEqual(each(without('viewer', 'dataset_operator'), 'comment_added'))
    expect(JSON.stringify(await given.unreadOf('admin'))).not.toContain('Well done')
  })

  it('of members who come and go: those who decide over members', async () => {
    await given.user('newcomer')
    await given.inAcme('admin').members.add({ email: 'newcomer@example.com', roles: ['viewer'] })
    await given.as('newcomer').in(given.acme).members.leave()
    await given.inAcme('owner').members.remove({ userId: 'viewer' })
    expect(await given.told()).toEqual({
      owner: ['member_joined', 'member_left'],
      admin: ['member_left', 'member_left'],
      'other-admin': ['member_joined', 'member_left', 'member_left'],
    })
    const [last] = await given.unreadOf('admin')
    expect(last).toMatchObject({ actor: { id: 'owner' }, member: { id: 'viewer', name: 'viewer' }, resource: null })
  })

  it('of changed permissions: the member concerned', async () => {
    await given.inAcme('owner').members.changeRoles({ userId: 'viewer', roles: ['member'] })
    await given.inAcme('admin').members.setOverrides({ userId: 'member', overrides: { 'invoice:update': true } })
    expect(await given.told()).toEqual(each(['viewer', 'member'], 'permissions_changed'))
  })

  it('of a changed role of the tenant’s own: those who hold it', async () => {
    const roles = given.inAcme('owner').roles
    await roles.create({ key: 'reader', name: 'Reader', rank: 5, permissions: ['invoice:read'] })
    await given.inAcme('owner').members.changeRoles({ userId: 'viewer', roles: ['reader'] })
    await given.told()
    await given.as('viewer').notifications.markAllRead()
    await roles.update({ key: 'reader', name: 'Readers' })
    expect(await given.told()).toEqual({})
    await roles.update({ key: 'reader', permissions: ['invoice:read', 'invoice:update'] })
    expect(await given.told()).toEqual(each(['viewer'], 'permissions_changed'))
  })

  it('is decided when it is told: who may no longer know is not', async () => {
    const { id } = await given.invoice('editor')
    await given.inAcme('owner').members.remove({ userId: 'viewer' })
    await given.inAcme('owner').members.deactivate({ userId: 'member' })
    await given
      .inAcme('owner')
      .members.setOverrides({ userId: 'dataset_operator', overrides: { 'invoice:read': true } })
    const told = await given.told()
    expect(Object.keys(told).filter((person) => told[person]?.includes('resource_created'))).toEqual(
      without('editor', 'viewer', 'member'),
    )
    expect(await given.storage.read.notifications.count({ userId: 'viewer', unread: true })).toBe(0)
    await given.inAcme('admin').resources.update({ type: 'invoice', id, name: 'New' })
    await given.inAcme('editor').resources.unshare({ type: 'invoice', id })
    for (const person of without()) await given.as(person).notifications.markAllRead()
    expect(await given.told()).toEqual({})
  })

  it('is a member: who runs the organization from outside is told nothing', async () => {
    const { inAcme, acme, ...one } = await givenOrganization({ resources: RESOURCES, notifications: true })
    await one.tenancy.deliverNotifications()
    await inAcme('ed').resources.create({ type: 'invoice', name: 'Paper', visibility: 'tenant' })
    await inAcme('ann').members.remove({ userId: 'mel' })
    expect(await one.tenancy.deliverNotifications()).toEqual({ delivered: 2, failed: 0 })
    const unread = async (id: string) => (await one.as(id).notifications.list({ unread: true })).items
    expect((await unread('ann')).map(({ kind, tenant }) => [kind, tenant.id])).toContainEqual([
      'resource_created',
      acme,
    ])
    expect(await unread('ada')).toEqual([])
    expect(await inAcme('ada').access()).toBeDefined()
  })

  it('of an archived tenant: nobody', async () => {
    await given.invoice('editor')
    await given.inAcme('owner').archive()
    await given.tenancy.deliverNotifications()
    await given.inAcme('owner').restore()
    expect(await given.told()).toEqual({})
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
async function givenReaders(storage: Storage, tenantId: string, count: number) {
  const ids = Array.from({ length: count }, (_, index) => `reader-${String(index).padStart(4, '0')}`)
  await storage.transaction({}, async (tx) => {
    for (const id of ids) {
      await tx.users.insert(userOf({ id, emailVerifiedAt: 1 }))
      await tx.memberships.insert(membershipOf({ tenantId, userId: id }))
      await tx.notifications.choose({ userId: id, kind: 'resource_created', channel: 'mail' })
    }
  })
  return ids
}

describe('telling many', () => {
  it('goes in pages, each a transaction of its own', async () => {
    const sizes: number[] = []
    const storage = withStorage(memoryStorage(), {
      tx: ({ notifications }) => ({
        notifications: {
          ...notifications,
          tell: (shared, people) => (sizes.push(people.length), notifications.tell(shared, people)),
        },
      }),
    })
    given = await givenNotified({ storage })
    await givenReaders(storage, given.acme, 1000)
    sizes.length = 0
    await given.invoice('editor')
    await given.tenancy.deliverNotifications()
    expect(sizes.every((size) => size <= 100)).toBe(true)
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(1005)
  })

  it('tells each once, and mails each once, wherever the process dies and whoever takes over', async () => {
    const mortal = mortalStorage()
    const mailed = new Map<string, number>()
    const storage = withStorage(mortal.storage, {
      tx: ({ mails }) => ({
        mails: {
          ...mails,
          enqueue: async ({ recipient }) => void mailed.set(recipient, (mailed.get(recipient) ?? 0) + 1),
        },
      }),
    })
    given = await givenNotified({ storage, limits: { notificationMailsPerRecipient: Infinity } })
    const readers = await givenReaders(storage, given.acme, 120)
    mailed.clear()
    for (let transactions = 0; ; transactions++) {
      await given.invoice('editor')
      mortal.life.left = transactions
      const survived = await given.tenancy.deliverNotifications().then(
        ({ failed }) => failed === 0 && mortal.life.left >= 0,
        () => false,
      )
      mortal.life.left = Infinity
      given.tick(3 * MINUTE_MS)
      const another = await givenTenancy({
        storage,
        clock: given.now,
        resources: RESOURCES,
        notifications: true,
        limits: { notificationMailsPerRecipient: Infinity },
      })
      await another.tenancy.deliverNotifications()
      const counts = readers.map((userId) => storage.read.notifications.count({ userId, unread: true }))
      expect(new Set(await Promise.all(counts))).toEqual(new Set([transactions + 1]))
      expect(readers.map((id) => mailed.get(`${id}@Example.com`))).toEqual(readers.map(() => transactions + 1))
      if (survived) {
        expect(transactions).toBeGreaterThan(4)
        break
      }
    }
  })

  it('tells each once when two processes do it at once', async () => {
    const other = await givenTenancy({ storage: given.storage, clock: given.now, notifications: true })
    await given.invoice('editor')
    const results = await Promise.all([given, other].map(({ tenancy }) => tenancy.deliverNotifications()))
    expect(results.reduce((sum, { delivered }) => sum + delivered, 0)).toBe(1)
    expect(await given.told()).toEqual(each(without('editor', 'dataset_operator'), 'resource_created'))
  })
})

describe('what people have chosen', () => {
  it('is followed kind by kind: not at all, in the list, by mail too', async () => {
    await given.as('viewer').notifications.preferences.update({ resource_created: 'off' })
    await given.as('member').notifications.preferences.update({ resource_created: 'mail', member_left: 'off' })
    await given.invoice('editor')
    expect(await given.told(['viewer', 'member', 'admin'])).toEqual(each(['member', 'admin'], 'resource_created'))
    await given.tenancy.deliverMails()
    expect(given.sent).toMatchObject([
      { to: 'member@example.com', text: expect.stringContaining("editor added Paper to owner's.") as string },
    ])
  })

  it('sends no mail to an address that was not proven', async () => {
    await given.storage.transaction({}, (tx) => tx.users.update({ id: 'member', set: { emailVerifiedAt: null } }))
    await given.as('member').notifications.preferences.update({ resource_created: 'mail' })
    await given.invoice('editor')
    expect(await given.told(['member'])).toEqual(each(['member'], 'resource_created'))
    await given.tenancy.deliverMails()
    expect(given.sent).toEqual([])
  })

  it('sends no more mails than the limits allow, and keeps no other mail from anybody', async () => {
    given = await givenNotified({ limits: { notificationMailsPerRecipient: 2, mailsPerRecipient: 20 } })
    await given.as('member').notifications.preferences.update({ resource_created: 'mail' })
    for (let made = 0; made < 30; made++) await given.invoice('editor')
    expect((await given.told(['member']))['member']).toHaveLength(30)
    await given.tenancy.deliverMails()
    expect(given.sent).toHaveLength(2)
    const { id } = await given.as('outsider').tenants.create({ name: 'Third' })
    await given.invite(id, 'outsider', { email: 'member@example.com' })
    given.tick(60 * MINUTE_MS)
    await given.invoice('editor')
    await given.tenancy.deliverNotifications()
    await given.tenancy.deliverMails()
    expect(given.sent).toHaveLength(4)
  })

  it('is held to the limit of the tenant, too', async () => {
    given = await givenNotified({ limits: { mailsPerTenant: ({ name }) => (name === "owner's" ? 10 : undefined) } })
    await given.as('member').notifications.preferences.update({ resource_created: 'mail' })
    for (let made = 0; made < 30; made++) await given.invoice('editor')
    await given.tenancy.deliverNotifications()
    await given.tenancy.deliverMails()
    expect([given.sent.length > 0, given.sent.length <= 10]).toEqual([true, true])
  })
})

describe('notifications', () => {
  it('are not written where the host does not want them', async () => {
    const plain = await givenTwoTenants({ resources: RESOURCES })
    await plain.inAcme('editor').resources.create({ type: 'invoice', name: 'Paper', visibility: 'tenant' })
    expect(await plain.storage.read.notificationChains.backlog()).toEqual({ waiting: 0, waitingSince: null })
    expect(await plain.tenancy.deliverNotifications()).toEqual({ delivered: 0, failed: 0 })
    expect((await plain.as('viewer').notifications.list()).items).toEqual([])
  })

  it('are told by themselves once the relay is started, and operators see what waits', async () => {
    await given.invoice('editor')
    expect(await given.system.notifications.backlog({})).toEqual({ waiting: 1, waitingSince: given.now() })
    given.tenancy.startRelay()
    // Its run begins after the one that the start began, and finds nothing left to do.
    expect(await given.tenancy.deliverNotifications()).toEqual({ delivered: 0, failed: 0 })
    await given.tenancy.stopRelay()
    expect(await given.unreadOf('viewer')).toHaveLength(1)
    expect(await given.system.notifications.backlog({})).toEqual({ waiting: 0, waitingSince: null })
  })

  it('are kept as long as the host says, and removed when more is told', async () => {
    given = await givenNotified({ lifetimes: { notification: 10 * MINUTE_MS } })
    await given.invoice('editor')
    await given.told()
    given.tick(10 * MINUTE_MS)
    await given.invoice('editor')
    await given.told()
    expect(await given.unreadOf('viewer')).toHaveLength(2)
    given.tick(1)
    await given.invoice('editor')
    await given.told()
    expect(await given.unreadOf('viewer')).toHaveLength(2)
  })

  it('go with the account, and with the tenant', async () => {
    await given.invoice('editor')
    await given.as('member').notifications.preferences.update({ member_left: 'mail' })
    await given.told()
    const left = (userId: string) =>
      given.storage.transaction({}, async ({ notifications }) => [
        await notifications.preferencesOf(userId),
        await notifications.markAllRead({ userId, at: 1 }),
      ])
    await given.as('member').users.delete()
    expect(await left('member')).toEqual([{}, 0])
    await given.inAcme('owner').delete()
    given.tick(31 * 24 * 60 * MINUTE_MS)
    expect(await given.tenancy.purge()).toEqual({ purged: 1, failed: 0 })
    expect(await left('viewer')).toEqual([{}, 0])
  })
})
