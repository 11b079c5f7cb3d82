import assert from 'node:assert/strict'
import type { JoinRequest, JoinRequestStatus } from '../model/join-request.js'
import type { Storage } from '../storage/port.js'
import { contractCase } from './contract-case.js'
import { tenantFixture, twoTenantsFixture, joinRequestOf, noon } from './fixtures/rows.js'
import { assertPages, scatteredPlaces } from './pages.js'
import { awkward } from './texts.js'
import { refuses, write } from './write.js'

const page = { limit: 100 }
const resolved = ['approved', 'rejected', 'withdrawn', 'superseded'] as const

/** Zoe has asked Acme, and Bob has asked Zeta under the same id. */
const zoes = joinRequestOf({ id: 'one', tenantId: 'acme', userId: 'zoe', message: awkward })
const bobs = joinRequestOf({ id: 'one', tenantId: 'zeta', userId: 'bob' })

async function requestsFixture(storage: Storage, ...more: readonly JoinRequest[]): Promise<void> {
  await twoTenantsFixture(storage)
  await write(storage, async (tx) => {
    for (const request of [zoes, bobs, ...more]) await tx.joinRequests.insert(request)
  })
}

const past = (id: string, status: Exclude<JoinRequestStatus, 'pending'>, resolvedAt = noon) =>
  joinRequestOf({ id, tenantId: 'acme', userId: 'zoe', status, resolvedAt, decidedBy: 'ann' })

export const joinRequestCases = [
  contractCase('join-request-find', 'A join request is found in its own tenant only', async (storage) => {
    await requestsFixture(storage)
    const find = (tenantId: string, id: string) => storage.read.joinRequests.find({ tenantId, id })
    assert.deepEqual([await find('acme', 'one'), await find('zeta', 'one')], [zoes, bobs])
    assert.deepEqual([await find('acme', 'ONE'), await find('nowhere', 'one')], [null, null])
  }),

  contractCase(
    'join-request-find-pending',
    'The pending request of a person is found in one tenant',
    async (storage) => {
      await requestsFixture(storage, past('two', 'rejected'), past('three', 'withdrawn'))
      const find = (tenantId: string, userId: string) => storage.read.joinRequests.findPending({ tenantId, userId })
      assert.deepEqual(await find('acme', 'zoe'), zoes)
      assert.deepEqual(
        [await find('zeta', 'zoe'), await find('acme', 'bob'), await find('acme', 'Zoe')],
        [null, null, null],
      )
      await write(storage, (tx) =>
        tx.joinRequests.resolve({ tenantId: 'acme', id: 'one', status: 'rejected', at: noon, decidedBy: 'ann' }),
      )
      assert.equal(await find('acme', 'zoe'), null)
    },
  ),

  contractCase('join-request-last-rejected', 'The last rejection of a person by a tenant is told', async (storage) => {
    const others = [past('four', 'approved', noon + 9), past('five', 'withdrawn', noon + 9)]
    await requestsFixture(storage, past('two', 'rejected', noon + 2), past('three', 'rejected', noon + 1), ...others)
    const last = (tenantId: string, userId: string) => storage.read.joinRequests.lastRejectedAt({ tenantId, userId })
    assert.equal(await last('acme', 'zoe'), noon + 2)
    assert.deepEqual(
      [await last('zeta', 'zoe'), await last('zeta', 'bob'), await last('acme', 'bob')],
      [null, null, null],
    )
  }),

  contractCase('join-request-list', 'A list holds the requests to one tenant, with who made them', async (storage) => {
    await requestsFixture(storage, past('rejected', 'rejected'), {
      ...past('newest', 'withdrawn'),
      createdAt: noon + 1,
    })
    const ids = async (status?: JoinRequestStatus) =>
      (await storage.read.joinRequests.list({ tenantId: 'acme', status, page })).map(({ id }) => id)
    assert.deepEqual(await ids(), ['newest', 'rejected', 'one'])
    assert.deepEqual([await ids('pending'), await ids('rejected'), await ids('approved')], [['one'], ['rejected'], []])
    const [first] = await storage.read.joinRequests.list({ tenantId: 'acme', status: 'pending', page })
    assert.deepEqual(first, { ...zoes, user: await storage.read.users.find('zoe') })
  }),

  contractCase('join-request-list-pages', 'Requests are paged without gap or repetition', async (storage) => {
    await twoTenantsFixture(storage)
    await write(storage, async (tx) => {
      for (const { id, at } of scatteredPlaces)
        await tx.joinRequests.insert({ ...past(id, 'withdrawn'), createdAt: at })
    })
    await assertPages(
      'newest',
      (request) => storage.read.joinRequests.list({ tenantId: 'acme', page: request }),
      ({ createdAt, id }) => ({ at: createdAt, id }),
    )
  }),

  contractCase('join-request-count', 'The count of requests is the length of their list', async (storage) => {
    await requestsFixture(storage, past('two', 'rejected'))
    const count = (tenantId: string, status?: JoinRequestStatus) =>
      storage.read.joinRequests.count({ tenantId, status })
    assert.deepEqual([await count('acme'), await count('acme', 'pending'), await count('zeta')], [2, 1, 1])
    assert.equal(await count('nowhere'), 0)
  }),

  contractCase(
    'join-request-count-pending-by-user',
    'The pending requests of a person are counted in all tenants but deleted ones',
    async (storage) => {
      await requestsFixture(storage, past('two', 'rejected'))
      for (const status of ['archived', 'deleted'] as const) {
        await tenantFixture(storage, status, ['ann'], { status })
        await write(storage, (tx) =>
          tx.joinRequests.insert(joinRequestOf({ id: 'one', tenantId: status, userId: 'zoe' })),
        )
      }
      const count = (userId: string) => storage.read.joinRequests.countPendingByUser(userId)
      assert.deepEqual([await count('zoe'), await count('bob'), await count('ann')], [2, 1, 0])
    },
  ),

  contractCase('join-request-insert', 'A new request is kept with every field as given', async (storage) => {
    const other = past('two', 'approved', 253_402_300_799_999)
    await requestsFixture(storage, other)
    assert.deepEqual(await storage.read.joinRequests.find({ tenantId: 'acme', id: 'two' }), other)
    assert.deepEqual(await storage.read.joinRequests.find({ tenantId: 'acme', id: 'one' }), zoes)
  }),

  contractCase(
    'join-request-insert-pending',
    'A person asks a tenant once until they are answered',
    async (storage) => {
      await requestsFixture(storage)
      const again = { ...zoes, id: 'two' }
      await refuses(storage, 'join_request.pending', (tx) => tx.joinRequests.insert(again))
      assert.equal(await storage.read.joinRequests.find({ tenantId: 'acme', id: 'two' }), null)
      await write(storage, (tx) =>
        tx.joinRequests.resolve({ tenantId: 'acme', id: 'one', status: 'withdrawn', at: noon, decidedBy: null }),
      )
      await write(storage, (tx) => tx.joinRequests.insert(again))
    },
  ),

  contractCase('join-request-settle', 'A pending request ends in what was decided', async (storage) => {
    await twoTenantsFixture(storage)
    for (const status of resolved) {
      const request = joinRequestOf({ id: status, tenantId: 'acme', userId: 'zoe' })
      const decidedBy = status === 'withdrawn' ? null : 'ann'
      const resolve = { tenantId: 'acme', id: status, status, at: noon + 7, decidedBy }
      await write(storage, (tx) => tx.joinRequests.insert(request))
      assert.equal(await write(storage, (tx) => tx.joinRequests.resolve(resolve)), true)
      const expected = { ...request, status, resolvedAt: noon + 7, decidedBy }
      assert.deepEqual(await storage.read.joinRequests.find(resolve), expected)
    }
  }),

  contractCase('join-request-settle-guard', 'What is decided once stays decided', async (storage) => {
    await requestsFixture(storage)
    const resolve = (status: (typeof resolved)[number], id = 'one') =>
      write(storage, (tx) => tx.joinRequests.resolve({ tenantId: 'acme', id, status, at: noon + 7, decidedBy: 'ann' }))
    assert.equal(await resolve('approved', 'absent'), false)
    const race = await Promise.all(resolved.map((status) => resolve(status)))
    assert.equal(race.filter(Boolean).length, 1, 'one of them wins')
    const decided = await storage.read.joinRequests.find({ tenantId: 'acme', id: 'one' })
    assert.equal(decided?.status, resolved[race.indexOf(true)])
    assert.deepEqual(await storage.read.joinRequests.find({ tenantId: 'zeta', id: 'one' }), bobs)
  }),

  contractCase('join-request-delete-by-user', 'All requests of one person go, and nobody else’s', async (storage) => {
    const elsewhere = joinRequestOf({ id: 'two', tenantId: 'zeta', userId: 'eve' })
    await requestsFixture(storage, past('two', 'rejected'), elsewhere)
    await tenantFixture(storage, 'third', ['ann'])
    await write(storage, (tx) => tx.joinRequests.insert({ ...zoes, tenantId: 'third' }))
    assert.equal(await write(storage, (tx) => tx.joinRequests.deleteByUser('zoe')), 3)
    assert.equal(await write(storage, (tx) => tx.joinRequests.deleteByUser('zoe')), 0)
    assert.equal(await storage.read.joinRequests.count({ tenantId: 'acme' }), 0)
    const left = await storage.read.joinRequests.list({ tenantId: 'zeta', page })
    assert.deepEqual(left.map(({ userId }) => userId).sort(), ['bob', 'eve'])
    await write(storage, (tx) => tx.joinRequests.insert(zoes))
  }),
]
