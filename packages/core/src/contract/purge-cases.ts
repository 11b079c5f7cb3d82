import assert from 'node:assert/strict'
import type { Storage } from '../storage/port.js'
import { contractCase } from './contract-case.js'
import { tenantFixture, usersFixture, noon } from './fixtures/rows.js'
import { contentOf, empty, fullTenantsFixture, othersFixture, others } from './fixtures/purge.js'
import { refuses, write } from './write.js'

const limit = 3

const begin = (storage: Storage, tenantId: string, deletedBefore = noon) =>
  write(storage, (tx) => tx.purges.begin({ tenantId, deletedBefore, at: noon + 1 }))

const remove = (storage: Storage, tenantId: string) =>
  write(storage, (tx) => tx.purges.deleteBatch({ tenantId, limit }))

export const purgeCases = [
  contractCase('purge-list-due', 'Tenants are due that were deleted long enough ago', async (storage) => {
    await usersFixture(storage, 'ann')
    const deletions = { b: noon, B: noon, a: noon - 1, later: noon + 1 }
    for (const [id, deletedAt] of Object.entries(deletions))
      await tenantFixture(storage, id, ['ann'], { status: 'deleted', deletedAt })
    await tenantFixture(storage, 'archived', ['ann'], { status: 'archived' })
    const list = async (after?: { at: number; id: string }, limit = 9) =>
      (await storage.read.purges.listDue({ deletedBefore: noon, limit, after })).map(({ id }) => id)
    assert.deepEqual(await list(), ['a', 'B', 'b'])
    assert.deepEqual([await list(undefined, 1), await list({ at: noon, id: 'B' })], [['a'], ['b']])
    const [first] = await storage.read.purges.listDue({ deletedBefore: noon, limit: 1 })
    assert.deepEqual(first, { id: 'a', ownerId: 'ann', deletedAt: noon - 1 })
  }),

  contractCase('purge-begin', 'A tenant whose purge has begun is never restored', async (storage) => {
    await fullTenantsFixture(storage)
    const before = await contentOf(storage, 'acme')
    assert.deepEqual([await begin(storage, 'acme'), await begin(storage, 'acme')], [true, true])
    const restore = { id: 'acme', from: 'deleted', to: 'active' } as const
    assert.equal(await write(storage, (tx) => tx.tenants.setStatus(restore)), false)
    assert.deepEqual(await contentOf(storage, 'acme'), before)
  }),

  contractCase('purge-begin-guard', 'No tenant is purged but one deleted long enough ago', async (storage) => {
    await fullTenantsFixture(storage)
    const before = await contentOf(storage, 'zeta')
    const answers = [begin(storage, 'acme', noon - 1), begin(storage, 'zeta'), begin(storage, 'absent')]
    assert.deepEqual(await Promise.all(answers), [false, false, false])
    assert.deepEqual(await contentOf(storage, 'zeta'), before)
    const restore = { id: 'acme', from: 'deleted', to: 'active' } as const
    assert.equal(await write(storage, (tx) => tx.tenants.setStatus(restore)), true)
  }),

  contractCase('purge-remove', 'A step of a purge removes no more than it may', async (storage) => {
    await fullTenantsFixture(storage)
    await begin(storage, 'acme')
    const rows = async () => {
      const { members, invitations, joinRequests, resources, comments, events } = await contentOf(storage, 'acme')
      const listed = [members, invitations, joinRequests, resources, events]
      return listed.reduce((sum, { length }) => sum + length, comments)
    }
    let left = await rows()
    for (let removed = limit; removed > 0;) {
      removed = await remove(storage, 'acme')
      const now = await rows()
      assert.ok(removed <= limit && left - now <= limit, 'no more than the limit')
      left = now
      const { length } = (await contentOf(storage, 'acme')).members
      assert.equal(await storage.read.memberships.count({ tenantId: 'acme' }), length, 'the members that are left')
    }
  }),

  contractCase('purge-remove-all', 'A purge leaves the tenant, its owner and its last event', async (storage) => {
    await fullTenantsFixture(storage)
    await othersFixture(storage)
    await begin(storage, 'acme')
    for (let steps = 0; (await remove(storage, 'acme')) > 0; steps++) assert.ok(steps < 50, 'it comes to an end')
    const { tenant, members, events, ...rest } = await contentOf(storage, 'acme')
    assert.equal(tenant?.status, 'deleted')
    assert.deepEqual([members.map(({ userId }) => userId), events.map(({ seq }) => seq)], [['ann'], [5]])
    const { tenant: _, members: __, events: ___, ...nothing } = empty
    assert.deepEqual(rest, nothing)
    for (const consumer of ['eventDelivery', 'notificationChains'] as const) {
      const claimed = await write(storage, (tx) => tx[consumer].claim({ now: noon, limit: 9, leaseUntil: noon + 1 }))
      assert.deepEqual(
        claimed.map(({ scope }) => JSON.stringify(scope)).sort(),
        [...others, { tenantId: 'zeta' }].map((scope) => JSON.stringify(scope)).sort(),
      )
    }
    const notified = ['acme', 'zeta'].map((tenantId) =>
      write(storage, (tx) => tx.notifications.removeOld({ tenantId, before: noon + 1, limit })),
    )
    assert.deepEqual(await Promise.all(notified), [0, 1])
    const emails = await write(storage, (tx) => tx.emails.claim({ now: noon, limit: 9, leaseUntil: noon + 1 }))
    assert.deepEqual(
      emails.map(({ id }) => id),
      ['mail-zeta'],
    )
  }),

  contractCase('purge-remove-guard', 'A purge touches one tenant, and only once it has begun', async (storage) => {
    await fullTenantsFixture(storage)
    const [acme, zeta] = [await contentOf(storage, 'acme'), await contentOf(storage, 'zeta')]
    assert.deepEqual([await remove(storage, 'acme'), await remove(storage, 'absent')], [0, 0])
    assert.equal(await write(storage, (tx) => tx.purges.complete('acme')), false)
    assert.deepEqual(await contentOf(storage, 'acme'), acme)
    await begin(storage, 'acme')
    while ((await remove(storage, 'acme')) > 0);
    assert.deepEqual(
      [await remove(storage, 'zeta'), await write(storage, (tx) => tx.purges.complete('zeta'))],
      [0, false],
    )
    assert.deepEqual(await contentOf(storage, 'zeta'), zeta)
  }),

  contractCase('purge-complete', 'In the end nothing is left of a tenant, and its slug is free', async (storage) => {
    await fullTenantsFixture(storage)
    const complete = () => write(storage, (tx) => tx.purges.complete('acme'))
    const zeta = await contentOf(storage, 'zeta')
    await begin(storage, 'acme')
    assert.equal(await complete(), false, 'while something else is left')
    while ((await remove(storage, 'acme')) > 0);
    assert.deepEqual([await complete(), await complete()], [true, false])
    assert.deepEqual(await contentOf(storage, 'acme'), empty)
    assert.deepEqual(await contentOf(storage, 'zeta'), zeta)
    assert.deepEqual(await storage.read.purges.listDue({ deletedBefore: noon, limit: 9 }), [])
    await tenantFixture(storage, 'acme', ['bob'], { slug: 'acme' })
    await refuses(storage, 'tenant.slug', async (tx) => {
      await tx.tenants.update({ id: 'acme', status: 'active', set: { slug: 'zeta' } })
    })
    assert.equal(await storage.read.events.head({ tenantId: 'acme' }), null)
  }),
]
