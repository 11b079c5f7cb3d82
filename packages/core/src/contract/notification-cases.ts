import assert from 'node:assert/strict'
import type { SharedNotification } from '../storage/notification-port.js'
import { contractCase } from './contract-case.js'
import { notificationOf, insertForUsers } from './fixtures/notifications.js'
import { tenantFixture, twoTenantsFixture, membershipOf, noon } from './fixtures/rows.js'
import { refuses, write } from './write.js'

const unread = false

export const notificationCases = [
  contractCase('notification-tell', 'A notification is kept with every field as given', async (storage) => {
    await twoTenantsFixture(storage)
    const full: SharedNotification = {
      id: '~"\'',
      tenantId: 'acme',
      kind: 'comment_added',
      actorId: 'zoe',
      resource: { type: 'doc', id: "d'" },
      memberId: 'bob',
      at: 253_402_300_799_999,
    }
    const plain = notificationOf({ id: 'plain', tenantId: 'acme', at: 0 })
    assert.deepEqual([...(await insertForUsers(storage, full, 'ann', 'bob'))].sort(), ['ann', 'bob'])
    assert.deepEqual(await insertForUsers(storage, plain, 'ann'), ['ann'])
    assert.deepEqual(await insertForUsers(storage, plain), [])
    const seen = await storage.read.notifications.list({ userId: 'ann', unread, page: { limit: 9 } })
    const own = { userId: 'ann', readAt: null }
    assert.deepEqual(
      seen.map(({ notification }) => notification),
      [
        { ...full, ...own },
        { ...plain, ...own },
      ],
    )
  }),

  contractCase('notification-tell-again', 'Nobody is told twice of one event', async (storage) => {
    await twoTenantsFixture(storage)
    const shared = notificationOf({ id: 'one', tenantId: 'acme' })
    await insertForUsers(storage, shared, 'ann')
    await write(storage, (tx) =>
      tx.notifications.markRead({ tenantId: 'acme', userId: 'ann', id: 'one', at: noon + 5 }),
    )
    const again: SharedNotification = { ...shared, kind: 'member_left', at: noon + 9 }
    assert.deepEqual(
      await insertForUsers(storage, again, 'ann', 'bob', 'eve').then((notified) => [...notified].sort()),
      ['bob', 'eve'],
    )
    assert.deepEqual(await insertForUsers(storage, again, 'ann', 'eve'), [])
    const kept = await storage.read.notifications.find({ userId: 'ann', id: 'one' })
    assert.deepEqual(kept?.notification, { ...shared, userId: 'ann', readAt: noon + 5 })
    const many = await Promise.all(
      Array.from({ length: 5 }, () => insertForUsers(storage, { ...shared, id: 'two' }, 'ann', 'bob')),
    )
    assert.deepEqual(many.flat().sort(), ['ann', 'bob'])
    const elsewhere = notificationOf({ id: 'one', tenantId: 'zeta' })
    assert.deepEqual(await insertForUsers(storage, elsewhere, 'zoe'), ['zoe'])
  }),

  contractCase(
    'notification-tell-reference',
    'Nobody is told of a tenant that does not exist, and nobody who does not exist is told',
    async (storage) => {
      await twoTenantsFixture(storage)
      const acme = notificationOf({ id: 'one', tenantId: 'acme' })
      await refuses(storage, 'reference', (tx) =>
        tx.notifications.insertForUsers({ ...acme, tenantId: 'absent' }, ['ann']),
      )
      await refuses(storage, 'reference', (tx) => tx.notifications.insertForUsers(acme, ['ann', 'absent']))
      assert.equal(await storage.read.notifications.count({ userId: 'ann', unread }), 0)
    },
  ),

  contractCase('notification-read', 'A notification is read once', async (storage) => {
    await twoTenantsFixture(storage)
    for (const id of ['one', 'two'])
      await insertForUsers(storage, notificationOf({ id, tenantId: 'acme' }), 'ann', 'bob')
    const one = { tenantId: 'acme', userId: 'ann', id: 'one', at: noon + 1 }
    const read = (key: typeof one) => write(storage, (tx) => tx.notifications.markRead(key))
    const absent = [
      { ...one, tenantId: 'zeta' },
      { ...one, userId: 'eve' },
      { ...one, id: 'absent' },
    ]
    for (const key of absent) assert.equal(await read(key), false)
    assert.deepEqual([await read(one), await read({ ...one, at: noon + 2 })], [true, false])
    const readAt = async (userId: string, id: string) =>
      (await storage.read.notifications.find({ userId, id }))?.notification.readAt
    assert.deepEqual(
      [await readAt('ann', 'one'), await readAt('ann', 'two'), await readAt('bob', 'one')],
      [noon + 1, null, null],
    )
  }),

  contractCase('notification-read-all', 'A person reads all their notifications at once', async (storage) => {
    await twoTenantsFixture(storage)
    for (const id of ['one', 'two', 'three'])
      await insertForUsers(storage, notificationOf({ id, tenantId: 'acme' }), 'ann', 'bob')
    await write(storage, (tx) =>
      tx.notifications.markRead({ tenantId: 'acme', userId: 'ann', id: 'one', at: noon + 1 }),
    )
    const readAll = (at: number) => write(storage, (tx) => tx.notifications.markAllRead({ userId: 'ann', at }))
    assert.deepEqual([await readAll(noon + 2), await readAll(noon + 3)], [2, 0])
    const seen = await storage.read.notifications.list({ userId: 'ann', unread, page: { limit: 9 } })
    const readAt = Object.fromEntries(seen.map(({ notification }) => [notification.id, notification.readAt]))
    assert.deepEqual(readAt, { one: noon + 1, two: noon + 2, three: noon + 2 })
    assert.equal(await storage.read.notifications.count({ userId: 'bob', unread: true }), 3)
  }),

  contractCase(
    'notification-remove-old',
    'Old notifications of one tenant are removed, some at a time',
    async (storage) => {
      await twoTenantsFixture(storage)
      for (const [index, id] of ['a', 'b', 'c', 'd'].entries())
        await insertForUsers(storage, notificationOf({ id, tenantId: 'acme', at: noon + index }), 'ann')
      await insertForUsers(storage, notificationOf({ id: 'a', tenantId: 'zeta' }), 'zoe')
      const remove = (limit: number) =>
        write(storage, (tx) => tx.notifications.removeOld({ tenantId: 'acme', before: noon + 3, limit }))
      assert.deepEqual([await remove(2), await remove(9), await remove(9)], [2, 1, 0])
      const left = await storage.read.notifications.list({ userId: 'ann', unread, page: { limit: 9 } })
      assert.deepEqual(
        left.map(({ notification }) => notification.id),
        ['d'],
      )
      assert.equal(await storage.read.notifications.count({ userId: 'zoe', unread }), 1)
    },
  ),

  contractCase(
    'membership-delete-notifications',
    'A member who goes leaves behind nothing of what they were told',
    async (storage) => {
      await twoTenantsFixture(storage)
      await tenantFixture(storage, 'beta', ['zoe', 'bob'])
      for (const [id, tenantId] of Object.entries({ one: 'acme', two: 'beta' }))
        await insertForUsers(storage, notificationOf({ id, tenantId }), 'bob')
      await insertForUsers(storage, notificationOf({ id: 'one', tenantId: 'acme' }), 'ann')
      const bobs = { tenantId: 'acme', userId: 'bob' }
      await write(storage, (tx) => tx.memberships.delete(bobs))
      await write(storage, (tx) => tx.memberships.insert(membershipOf(bobs)))
      const { notifications } = storage.read
      assert.equal(await notifications.find({ userId: 'bob', id: 'one' }), null)
      const counts = ['ann', 'bob'].map((userId) => notifications.count({ userId, unread }))
      assert.deepEqual(await Promise.all(counts), [1, 1])
    },
  ),

  contractCase(
    'notification-delete-by-user',
    'A person who goes takes their notifications and choices along',
    async (storage) => {
      await twoTenantsFixture(storage)
      await insertForUsers(storage, notificationOf({ id: 'one', tenantId: 'acme' }), 'ann', 'bob')
      for (const userId of ['ann', 'bob'])
        await write(storage, (tx) => tx.notifications.setPreference({ userId, kind: 'member_left', channel: 'off' }))
      await write(storage, (tx) => tx.notifications.deleteByUser('ann'))
      const left = async (userId: string) => [
        await storage.read.notifications.count({ userId, unread }),
        Object.keys(await storage.read.notifications.getPreferences(userId)).length,
      ]
      assert.deepEqual(
        [await left('ann'), await left('bob')],
        [
          [0, 0],
          [1, 1],
        ],
      )
      assert.deepEqual(await insertForUsers(storage, notificationOf({ id: 'one', tenantId: 'acme' }), 'ann'), ['ann'])
    },
  ),
]
