import assert from 'node:assert/strict'
import type { Storage } from '../storage/port.js'
import { contractCase } from './contract-case.js'
import { notificationOf, insertForUsers } from './fixtures/notifications.js'
import { resourceOf } from './fixtures/resources.js'
import { tenantFixture, twoTenantsFixture, noon } from './fixtures/rows.js'
import { assertPages, scatteredPlaces } from './pages.js'
import { write } from './write.js'

const page = { limit: 100 }

const idsOf = async (storage: Storage, userId: string, unread = false) =>
  (await storage.read.notifications.list({ userId, unread, page })).map(({ notification }) => notification.id)

/** Acme and Beta, of both of which Ann is a member and was told something. */
async function toldFixture(storage: Storage): Promise<void> {
  await twoTenantsFixture(storage)
  await tenantFixture(storage, 'beta', ['zoe', 'ann'])
  await insertForUsers(storage, notificationOf({ id: 'of-acme', tenantId: 'acme' }), 'ann', 'bob')
  await insertForUsers(storage, notificationOf({ id: 'of-beta', tenantId: 'beta', at: noon + 1 }), 'ann', 'zoe')
}

export const notificationListCases = [
  contractCase(
    'notification-list',
    "A person's list holds their own, from every active tenant of which they are an active member",
    async (storage) => {
      await toldFixture(storage)
      assert.deepEqual(await idsOf(storage, 'ann'), ['of-beta', 'of-acme'])
      assert.deepEqual([await idsOf(storage, 'bob'), await idsOf(storage, 'eve')], [['of-acme'], []])
      const change = (active: boolean) =>
        write(storage, (tx) => tx.memberships.update({ tenantId: 'beta', userId: 'ann', set: { active } }))
      await change(false)
      assert.deepEqual(await idsOf(storage, 'ann'), ['of-acme'])
      await change(true)
      await write(storage, (tx) => tx.memberships.delete({ tenantId: 'beta', userId: 'ann' }))
      assert.deepEqual(await idsOf(storage, 'ann'), ['of-acme'])
      for (const to of ['archived', 'suspended', 'deleted'] as const) {
        await write(storage, (tx) => tx.tenants.setStatus({ id: 'acme', from: 'active', to }))
        assert.deepEqual(await idsOf(storage, 'ann'), [], to)
        await write(storage, (tx) => tx.tenants.setStatus({ id: 'acme', from: to, to: 'active' }))
      }
      assert.deepEqual(await idsOf(storage, 'ann'), ['of-acme'])
    },
  ),

  contractCase(
    'notification-list-subjects',
    'A list shows tenants, people and resources as they are now',
    async (storage) => {
      await toldFixture(storage)
      const doc = resourceOf({ tenantId: 'acme', type: 'doc', id: 'd', ownerId: 'bob', visibility: 'tenant' })
      await write(storage, (tx) => tx.resources.insert(doc))
      const about = { actorId: 'bob', resource: { type: 'doc', id: 'd' }, memberId: 'eve', at: noon + 2 }
      await insertForUsers(storage, notificationOf({ id: 'full', tenantId: 'acme', ...about }), 'ann')
      const find = () => storage.read.notifications.find({ userId: 'ann', id: 'full' })
      const { tenantId, type, id, ownerTenantId, ownerId, visibility, name } = doc
      const shown = { tenantId, type, id, ownerTenantId, ownerId, visibility, name }
      const before = {
        notification: { ...notificationOf({ id: 'full', tenantId: 'acme', ...about }), userId: 'ann', readAt: null },
        tenant: { id: 'acme', name: 'Tenant acme' },
        actor: { id: 'bob', name: null },
        resource: shown,
        member: { id: 'eve', name: null },
      }
      assert.deepEqual(await find(), before)
      const key = { tenantId: 'acme', type: 'doc', id: 'd' }
      await write(storage, async (tx) => {
        await tx.tenants.update({ id: 'acme', status: 'active', set: { name: 'New' } })
        await tx.users.update({ id: 'bob', set: { name: 'Bob' } })
        await tx.resources.update({ ...key, set: { name: 'Renamed', visibility: 'private' } })
      })
      assert.deepEqual(await find(), {
        ...before,
        tenant: { id: 'acme', name: 'New' },
        actor: { id: 'bob', name: 'Bob' },
        resource: { ...shown, name: 'Renamed', visibility: 'private' },
      })
      const [listed] = await storage.read.notifications.list({ userId: 'ann', unread: false, page: { limit: 1 } })
      assert.deepEqual(listed, await find())
      await write(storage, (tx) => tx.resources.share({ ...key, to: 'beta', at: noon }))
      assert.equal((await find())?.resource, null)
      await write(storage, (tx) => tx.resources.delete({ ...key, tenantId: 'beta' }))
      assert.equal((await find())?.resource, null)
    },
  ),

  contractCase('notification-list-unread', 'A list of the unread leaves out what was read', async (storage) => {
    await toldFixture(storage)
    await write(storage, (tx) =>
      tx.notifications.markRead({ tenantId: 'beta', userId: 'ann', id: 'of-beta', at: noon + 2 }),
    )
    assert.deepEqual([await idsOf(storage, 'ann', true), await idsOf(storage, 'zoe', true)], [['of-acme'], ['of-beta']])
  }),

  contractCase('notification-list-pages', 'A list is read in pages without gap or repetition', async (storage) => {
    await twoTenantsFixture(storage)
    await tenantFixture(storage, 'beta', ['zoe', 'ann'])
    for (const [index, { id, at }] of scatteredPlaces.entries())
      await insertForUsers(storage, notificationOf({ id, tenantId: index % 2 ? 'acme' : 'beta', at }), 'ann')
    for (const unread of [false, true])
      await assertPages(
        'newest',
        (request) => storage.read.notifications.list({ userId: 'ann', unread, page: request }),
        ({ notification: { at, id } }) => ({ at, id }),
      )
  }),

  contractCase('notification-count', 'The count of notifications is the length of their list', async (storage) => {
    await toldFixture(storage)
    const count = (userId: string, unread: boolean) => storage.read.notifications.count({ userId, unread })
    await write(storage, (tx) =>
      tx.notifications.markRead({ tenantId: 'beta', userId: 'ann', id: 'of-beta', at: noon + 2 }),
    )
    assert.deepEqual([await count('ann', false), await count('ann', true), await count('eve', false)], [2, 1, 0])
    await write(storage, (tx) => tx.memberships.update({ tenantId: 'acme', userId: 'ann', set: { active: false } }))
    assert.deepEqual([await count('ann', false), await count('ann', true)], [1, 0])
  }),

  contractCase('notification-find', 'Whoever may not list a notification does not find it', async (storage) => {
    await toldFixture(storage)
    const find = async (userId: string, id: string) =>
      (await storage.read.notifications.find({ userId, id }))?.tenant.id ?? null
    assert.deepEqual([await find('ann', 'of-acme'), await find('ann', 'of-beta')], ['acme', 'beta'])
    assert.deepEqual([await find('bob', 'of-beta'), await find('ann', 'absent')], [null, null])
    await write(storage, (tx) => tx.memberships.delete({ tenantId: 'beta', userId: 'ann' }))
    assert.equal(await find('ann', 'of-beta'), null)
  }),
]
