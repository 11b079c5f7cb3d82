import { expect, test } from 'vitest'
import { createTenancy } from '../../../create-tenancy.js'
import { eventDeliveryFixture, placeOf } from '../../../testing/fixtures/event-delivery.js'
import { withStorage } from '../../../testing/with-storage.js'
import { GUEST, SYSTEM } from '../../pipeline/actor.js'

/** An installation with an operator and a tenant whose first events could not be delivered, one a minute. */
async function installation({ dead }: { readonly dead: number }) {
  const { storage, eventDelivery, tenant, pass, state, dead: deadLetters } = await eventDeliveryFixture()
  const acme = await tenant(dead + 1)
  const fails = ({ scope, seq }: Parameters<typeof placeOf>[0]) => 'tenantId' in scope && seq <= dead
  const deliver = async (event: Parameters<typeof placeOf>[0]) => {
    if (!fails(event)) return
    pass(60_000)
    throw Object.assign(new Error('down'), { code: 'ECONNREFUSED' })
  }
  await eventDelivery({ attempts: 1, timeoutMs: 1e9, deliver }).deliverDue()

  const redelivered: string[] = []
  let isDown = false
  const tenancy = createTenancy({
    storage,
    clock: () => state.now,
    async onEvent(event) {
      if (isDown) throw new Error('still down')
      redelivered.push(placeOf(event))
    },
  })
  await tenancy.as(SYSTEM).users.create({ id: 'op', email: 'op@example.com', superuser: true })
  await tenancy.flushEvents()
  redelivered.length = 0
  return {
    tenancy,
    storage,
    acme,
    redelivered,
    ids: (await deadLetters()).map(({ id }) => id).reverse(),
    setDown: (down: boolean) => void (isDown = down),
    operator: tenancy.as({ userId: 'op' }),
    ann: tenancy.as({ userId: 'ann' }),
  }
}

test('an operator sees which events gave up and why, latest death first', async () => {
  const { operator, acme } = await installation({ dead: 3 })
  const first = await operator.eventDelivery.listDeadLetters({ limit: 2 })
  const rest = await operator.eventDelivery.listDeadLetters({ limit: 2, cursor: first.nextCursor ?? '' })
  expect([...first.items, ...rest.items].map(placeOf)).toEqual([`${acme} 3`, `${acme} 2`, `${acme} 1`])
  expect(rest.items[0]).toMatchObject({ type: 'tenant.created', attempts: 1, lastError: 'Error ECONNREFUSED' })
  expect(await operator.eventDelivery.listDeadLetters({ page: 1 })).toMatchObject({ total: 3 })
})

test('an operator sees how many events wait, since when, and how many gave up', async () => {
  const { operator, tenancy } = await installation({ dead: 2 })
  expect(await operator.eventDelivery.backlog()).toEqual({ waiting: 0, waitingSince: null, dead: 2 })
  await tenancy.as(SYSTEM).users.create({ email: 'bob@example.com' })
  expect(await operator.eventDelivery.backlog()).toEqual({ waiting: 1, waitingSince: 1_120_000, dead: 2 })
})

test('a dead event that is retried is handed over at once, and the operator is on record', async () => {
  const { storage, operator, acme, redelivered, ids } = await installation({ dead: 2 })
  await operator.eventDelivery.retry({ eventId: ids[1] ?? '' })
  expect(redelivered).toEqual([`${acme} 2`])
  expect(await operator.eventDelivery.backlog()).toMatchObject({ dead: 1 })
  const events = await storage.read.events.list({ scope: { userId: 'op' }, order: 'newest', limit: 10 })
  expect(events[0]).toMatchObject({ type: 'event.redelivered', actorId: 'op', target: { type: 'event', id: ids[1] } })
})

test('a dead event whose delivery fails again stays dead, and the operator learns why', async () => {
  const { operator, ids, setDown, redelivered } = await installation({ dead: 1 })
  const eventId = ids[0] ?? ''
  setDown(true)
  await expect(operator.eventDelivery.retry({ eventId })).rejects.toThrow('still down')
  expect(await operator.eventDelivery.backlog()).toMatchObject({ dead: 1 })
  setDown(false)
  await operator.eventDelivery.retry({ eventId })
  expect(redelivered).toHaveLength(1)
})

test('the host itself may retry a dead event', async () => {
  const { tenancy, redelivered, ids } = await installation({ dead: 1 })
  await tenancy.as(SYSTEM).eventDelivery.retry({ eventId: ids[0] ?? '' })
  expect(redelivered).toHaveLength(1)
})

test('an event that is not dead, or that does not exist, cannot be retried', async () => {
  const { operator, ids } = await installation({ dead: 1 })
  await expect(operator.eventDelivery.retry({ eventId: 'unknown' })).rejects.toMatchObject({ code: 'event_not_found' })
  await operator.eventDelivery.retry({ eventId: ids[0] ?? '' })
  await expect(operator.eventDelivery.retry({ eventId: ids[0] ?? '' })).rejects.toMatchObject({
    code: 'event_not_found',
  })
})

test('where nobody is to deliver to, retrying is a mistake of the program', async () => {
  const { storage, ids, operator } = await installation({ dead: 1 })
  const other = createTenancy({ storage })
  await expect(other.as(SYSTEM).eventDelivery.retry({ eventId: ids[0] ?? '' })).rejects.toThrow(TypeError)
  expect(await operator.eventDelivery.backlog()).toMatchObject({ dead: 1 })
})

test('nobody but operators sees or retries events of all tenants', async () => {
  const { tenancy, ann, ids, redelivered } = await installation({ dead: 1 })
  for (const [who, code] of [
    [ann, 'forbidden'],
    [tenancy.as(GUEST), 'unauthenticated'],
  ] as const) {
    await expect(who.eventDelivery.listDeadLetters({})).rejects.toMatchObject({ code })
    await expect(who.eventDelivery.backlog()).rejects.toMatchObject({ code })
    await expect(who.eventDelivery.retry({ eventId: ids[0] ?? '' })).rejects.toMatchObject({ code })
  }
  expect(redelivered).toEqual([])
})

test('an event that somebody cut out of its log is not handed over, and no other in its place', async () => {
  const { storage, ids } = await installation({ dead: 1 })
  const cut = withStorage(storage, {
    read: ({ events }) => ({
      events: {
        ...events,
        async list({ limit, ...query }) {
          const rows = await events.list({ ...query, limit: limit + 1 })
          return rows.filter(({ id }) => id !== ids[0]).slice(0, limit)
        },
      },
    }),
  })
  const handed: string[] = []
  const tenancy = createTenancy({ storage: cut, onEvent: async (event) => void handed.push(placeOf(event)) })
  const retry = tenancy.as(SYSTEM).eventDelivery.retry({ eventId: ids[0] ?? '' })
  await expect(retry).rejects.toMatchObject({ code: 'event_not_found' })
  expect(handed).toEqual([])
})
