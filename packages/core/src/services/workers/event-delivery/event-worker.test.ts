import { expect, test, vi } from 'vitest'
import { createTenancy } from '../../../create-tenancy.js'
import { StorageError } from '../../../storage/storage-error.js'
import { eventDeliveryFixture, placeOf } from '../../../testing/fixtures/event-delivery.js'
import { withStorage } from '../../../testing/with-storage.js'
import { SYSTEM } from '../../pipeline/actor.js'

const MINUTE = 60_000
const idle = { delivered: 0, failed: 0 }
const turn = () => new Promise(setImmediate)

/** `acme 1`, `acme 2` and so on. */
const placesOf = (tenantId: string, count: number, from = 1) =>
  Array.from({ length: count }, (_, index) => `${tenantId} ${from + index}`)

test('every event of every tenant and user is handed over as it was appended, in the order of its chain', async () => {
  const { storage, tenant, eventDelivery, backlog } = await eventDeliveryFixture()
  const [acme, zeta] = [await tenant(3), await tenant(2)]
  const { deliverDue, seen, places } = eventDelivery()
  expect(await backlog()).toEqual({ waiting: 6, waitingSince: 1_000_000 })
  expect(await deliverDue()).toEqual({ delivered: 6, failed: 0 })
  expect(places().sort()).toEqual(['ann 1', ...placesOf(acme, 3), ...placesOf(zeta, 2)].sort())
  const ofAcme = seen.filter(({ scope }) => 'tenantId' in scope && scope.tenantId === acme)
  expect(ofAcme).toEqual(
    await storage.read.events.list({ scope: { tenantId: acme }, order: 'oldest', limit: 9, after: 0 }),
  )
  expect(await deliverDue()).toEqual(idle)
  expect(await backlog()).toEqual({ waiting: 0, waitingSince: null })
})

test('a chain that is longer than one claim reaches is delivered to its end', async () => {
  const { tenant, eventDelivery } = await eventDeliveryFixture()
  const acme = await tenant(230)
  const { deliverDue, places } = eventDelivery()
  await deliverDue()
  expect(places().filter((place) => place.startsWith(acme))).toEqual(placesOf(acme, 230))
})

test('events that are appended during a delivery are not forgotten', async () => {
  const { tenant, rename, eventDelivery } = await eventDeliveryFixture()
  const acme = await tenant(2)
  const { deliverDue, places } = eventDelivery({
    deliver: async (event) => {
      if (placeOf(event) === `${acme} 2`) for (const name of ['3', '4']) await rename(acme, name)
    },
  })
  await deliverDue()
  expect(places().filter((place) => place.startsWith(acme))).toEqual(placesOf(acme, 4))
  expect(await deliverDue()).toEqual(idle)
})

test('two workers on one storage share the work and never turn the order of a chain', async () => {
  const { tenant, eventDelivery } = await eventDeliveryFixture()
  const tenants = [await tenant(20), await tenant(30), await tenant(5), await tenant(120)]
  const all: string[] = []
  const deliver = async (event: Parameters<typeof placeOf>[0]) => {
    await turn()
    all.push(placeOf(event))
  }
  const workers = [eventDelivery({ deliver }), eventDelivery({ deliver }), eventDelivery({ deliver })]
  const counts = await Promise.all(workers.map(({ deliverDue }) => deliverDue()))
  expect(counts.reduce((sum, { delivered }) => sum + delivered, 0)).toBe(176)
  for (const [index, count] of [20, 30, 5, 120].entries()) {
    const id = tenants[index] ?? ''
    expect(all.filter((place) => place.startsWith(`${id} `))).toEqual(placesOf(id, count))
  }
})

test('what a process claimed before it crashed is handed over when the lease has run out, and not before', async () => {
  const { storage, state, tenant, eventDelivery, pass } = await eventDeliveryFixture()
  await tenant(2)
  const lease = { now: state.now, limit: 10, leaseUntil: state.now + 2 * MINUTE }
  expect(await storage.transaction({}, (tx) => tx.eventDelivery.claim(lease))).toHaveLength(2)
  const { deliverDue } = eventDelivery()
  pass(2 * MINUTE - 1)
  expect(await deliverDue()).toEqual(idle)
  pass(1)
  expect(await deliverDue()).toEqual({ delivered: 3, failed: 0 })
})

test('an event that was handed over by a process that crashed before noting it is handed over again, and the rest in order', async () => {
  const { storage, tenant, eventDelivery, pass } = await eventDeliveryFixture()
  const acme = await tenant(3)
  await eventDelivery().deliverDue()
  const lost = () => Promise.reject(new StorageError('unavailable', 'the connection is gone'))
  const crashing = withStorage(storage, { tx: (tx) => ({ eventDelivery: { ...tx.eventDelivery, advance: lost } }) })
  const { tenancy } = await eventDeliveryFixture(storage)
  for (const name of ['4', '5']) await tenancy.as({ userId: 'ann' }).in(acme).update({ name })

  const first = eventDelivery({ storage: crashing })
  await expect(first.deliverDue()).rejects.toMatchObject({ code: 'storage_unavailable' })
  const second = eventDelivery()
  expect(await second.deliverDue()).toEqual(idle)
  pass(2 * MINUTE)
  await second.deliverDue()
  expect([first.places(), second.places()]).toEqual([[`${acme} 4`], placesOf(acme, 2, 4)])
})

test('a process that lost its lease stops', async () => {
  const { tenant, eventDelivery, pass, log } = await eventDeliveryFixture()
  const acme = await tenant(4)
  const second = eventDelivery()
  const first = eventDelivery({
    deliver: async (event) => {
      if (placeOf(event) !== `${acme} 2`) return
      pass(2 * MINUTE)
      await second.deliverDue()
    },
  })
  await first.deliverDue()
  expect(first.places().filter((place) => place.startsWith(acme))).toEqual(placesOf(acme, 2))
  expect(second.places()).toEqual(placesOf(acme, 3, 2))
  expect(log.join()).toContain('somebody else has taken over')
})

test('a process that stood still before it handed anything over leaves that to the one that has taken over', async () => {
  const { storage, tenant, eventDelivery, pass } = await eventDeliveryFixture()
  await tenant(2)
  const second = eventDelivery()
  const slow = withStorage(storage, {
    read: ({ events }) => ({
      events: {
        ...events,
        async list(query) {
          pass(2 * MINUTE)
          await second.deliverDue()
          return events.list(query)
        },
      },
    }),
  })
  const first = eventDelivery({ storage: slow })
  expect(await first.deliverDue()).toEqual(idle)
  expect(second.seen).toHaveLength(3)
})

test('an event that fails holds up its own chain only, waits longer each time, and is overtaken by none', async () => {
  const { tenant, eventDelivery, pass } = await eventDeliveryFixture()
  const [acme, zeta] = [await tenant(3), await tenant(2)]
  let isDown = true
  const { deliverDue, places } = eventDelivery({
    deliver: async (event) => {
      if (isDown && placeOf(event) === `${acme} 2`) throw new Error('down')
    },
  })
  expect(await deliverDue()).toEqual({ delivered: 4, failed: 1 })
  for (const longest of [5_000, 10_000, 20_000]) {
    pass(longest / 2 - 1)
    expect(await deliverDue()).toEqual(idle)
    pass(longest / 2 + 1)
    expect(await deliverDue()).toEqual({ delivered: 0, failed: 1 })
  }
  isDown = false
  pass(60 * MINUTE)
  expect(await deliverDue()).toEqual({ delivered: 2, failed: 0 })
  expect(places().filter((place) => place.startsWith(zeta))).toEqual(placesOf(zeta, 2))
  expect(places().filter((place) => place.startsWith(acme))).toEqual(placesOf(acme, 3))
})

test('an event becomes a dead letter after its last attempt, and its chain continues', async () => {
  const { tenant, eventDelivery, pass, dead, log, state } = await eventDeliveryFixture()
  const acme = await tenant(4)
  const { deliverDue, places } = eventDelivery({
    attempts: 3,
    deliver: async (event) => {
      if (placeOf(event) === `${acme} 2`) throw Object.assign(new Error('https://user:s3cr3t@x'), { code: 'E_POISON' })
    },
  })
  for (let attempt = 0; attempt < 5; attempt++) {
    await deliverDue()
    pass(60 * MINUTE)
  }
  expect(places().filter((place) => place.startsWith(acme))).toEqual([`${acme} 1`, ...placesOf(acme, 2, 3)])
  const diedAt = state.now - 3 * 60 * MINUTE
  expect(await dead()).toMatchObject([
    { scope: { tenantId: acme }, seq: 2, type: 'tenant.updated', attempts: 3, lastError: 'Error E_POISON', diedAt },
  ])
  expect(log).toHaveLength(3)
  expect(log.at(-1)).toContain('gave up')
  expect(log.join()).not.toContain('s3cr3t')
})

test('an event that ends every process that takes it is given up without another try', async () => {
  const { storage, tenant, eventDelivery, pass, dead, state } = await eventDeliveryFixture()
  const acme = await tenant(2)
  for (let crash = 0; crash < 2; crash++) {
    const lease = { now: state.now, limit: 10, leaseUntil: state.now + MINUTE }
    await storage.transaction({}, (tx) => tx.eventDelivery.claim(lease))
    pass(MINUTE)
  }
  const { deliverDue, places } = eventDelivery({ attempts: 2 })
  expect(await deliverDue()).toEqual({ delivered: 1, failed: 2 })
  expect(places()).toEqual([`${acme} 2`])
  expect((await dead()).map(({ lastError }) => lastError)).toEqual(
    Array.from({ length: 2 }, () => 'No attempt ever came to an end'),
  )
})

test('a delivery that does not come back counts as failed', async () => {
  const { tenancy, eventDelivery, log } = await eventDeliveryFixture()
  await tenancy.as(SYSTEM).users.create({ email: 'bob@example.com' })
  const { deliverDue } = eventDelivery({ timeoutMs: 5, deliver: () => new Promise(() => {}) })
  expect(await deliverDue()).toEqual({ delivered: 0, failed: 1 })
  expect(log.join()).toContain('TimeoutError')
})

test('without onEvent, no delivery state is written', async () => {
  const { storage } = await eventDeliveryFixture()
  const untouched = () => Promise.reject(new Error('a chain was marked'))
  const watched = withStorage(storage, { tx: (tx) => ({ eventDelivery: { ...tx.eventDelivery, mark: untouched } }) })
  const tenancy = createTenancy({ storage: watched })
  await tenancy.as(SYSTEM).users.create({ email: 'bob@example.com' })
  expect(await tenancy.flushEvents()).toEqual(idle)
  expect(await storage.read.eventDelivery.backlog()).toEqual({ waiting: 0, waitingSince: null })
})

test('a chain is delivered from the first event after onEvent was configured', async () => {
  const { storage, rename, eventDelivery } = await eventDeliveryFixture()
  const before = createTenancy({ storage })
  await before.as(SYSTEM).users.create({ id: 'ann', email: 'ann@example.com', emailVerified: true })
  const { id } = await before.as({ userId: 'ann' }).tenants.create({ name: 'Acme' })
  await rename(id, 'Acme 2')
  // A process without anybody to deliver to leaves its events to the next one that has somebody.
  await before.as({ userId: 'ann' }).in(id).update({ name: 'Acme 3' })
  const { deliverDue, places } = eventDelivery()
  await rename(id, 'Acme 4')
  await deliverDue()
  expect(places()).toEqual(placesOf(id, 3, 2))
})

test('a started worker finds by itself what is due, until it is stopped', async () => {
  const { tenant, rename, eventDelivery } = await eventDeliveryFixture()
  const acme = await tenant(1)
  const { start, stop, wake, seen } = eventDelivery({ pollMs: 1 })
  wake()
  await stop()
  expect(seen).toEqual([])
  start()
  await vi.waitFor(() => expect(seen).toHaveLength(2))
  await rename(acme, 'Acme 2')
  await vi.waitFor(() => expect(seen).toHaveLength(3))
  await stop()
  await rename(acme, 'Acme 3')
  wake()
  await stop()
  expect(seen).toHaveLength(3)
})

test('stopping waits for the event under way, and leaves the next one due for others', async () => {
  const { tenant, eventDelivery } = await eventDeliveryFixture()
  const acme = await tenant(3)
  let finish = () => {}
  const first = eventDelivery({
    deliver: ({ seq, scope }) =>
      'tenantId' in scope && seq === 1 ? new Promise<void>((resolve) => void (finish = resolve)) : Promise.resolve(),
  })
  first.start()
  await vi.waitFor(() => expect(first.places()).toEqual(['ann 1']))
  const stopping = first.stop()
  finish()
  await stopping
  expect(first.places()).toEqual(['ann 1', `${acme} 1`])
  const second = eventDelivery()
  await second.deliverDue()
  expect(second.places()).toEqual(placesOf(acme, 2, 2))
})

test('a tenancy whose worker runs hands over an event soon after its commit', async () => {
  const { storage } = await eventDeliveryFixture()
  const seen: string[] = []
  const tenancy = createTenancy({ storage, onEvent: async ({ type }) => void seen.push(type) })
  await tenancy.as(SYSTEM).users.create({ email: 'bob@example.com' })
  expect(seen).toEqual([])
  tenancy.startWorker()
  await vi.waitFor(() => expect(seen).toHaveLength(1))
  await tenancy.as(SYSTEM).users.create({ email: 'eve@example.com' })
  await vi.waitFor(() => expect(seen).toHaveLength(2))
  await tenancy.stopWorker()
  await tenancy.as(SYSTEM).users.create({ email: 'zoe@example.com' })
  await tenancy.close()
  expect(seen).toHaveLength(2)
  expect(await tenancy.flushEvents()).toEqual({ delivered: 1, failed: 0 })
})

test('expired counters are removed, also without a mailer', async () => {
  const { storage, state, eventDelivery, pass } = await eventDeliveryFixture()
  const count = (key: string, expiresAt: number) =>
    storage.transaction({}, (tx) => tx.counters.add({ key, points: 1, now: state.now, expiresAt }))
  await count('short', state.now + MINUTE)
  await count('long', state.now + 2 * 60 * MINUTE)
  pass(2 * MINUTE)
  await eventDelivery().deliverDue()
  expect(await storage.transaction({}, (tx) => tx.counters.sweep(state.now))).toBe(0)
  pass(2 * 60 * MINUTE)
  expect(await storage.transaction({}, (tx) => tx.counters.sweep(state.now))).toBe(1)
})
