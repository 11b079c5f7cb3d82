import assert from 'node:assert/strict'
import type { Event, EventScope, EventTarget } from '../model/event.js'
import type { Storage } from '../storage/port.js'
import { contractCase } from './contract-case.js'
import { eventOf, organizationFixture, tenantFixture, twoTenantsFixture, usersFixture, noon } from './fixtures/rows.js'
import { awkward, awkwardJson, long } from './texts.js'
import { refuses, write } from './write.js'

const acme: EventScope = { tenantId: 'acme' }
const otherScopes = [{ tenantId: 'zeta' }, { userId: 'ann' }, { userId: 'acme' }, { organizationId: 'acme' }]

async function eventsFixture(storage: Storage, ...events: readonly Event[]): Promise<void> {
  await write(storage, async (tx) => {
    for (const event of events) await tx.events.append(event)
  })
}

/** Seven events of Acme, of two types in turn, among others of Zeta, of Ann, and of a user and an organization whose ids are `acme`. */
async function chainsFixture(storage: Storage): Promise<readonly Event[]> {
  await twoTenantsFixture(storage)
  await usersFixture(storage, 'acme')
  await organizationFixture(storage, 'acme', ['ann'])
  const events = [1, 2, 3, 4, 5, 6, 7].map((seq) =>
    eventOf({ scope: acme, seq, type: seq % 2 === 0 ? 'even' : 'odd', at: noon - seq }),
  )
  const others = otherScopes.flatMap((scope, index) =>
    [1, 2, 3, 4].map((seq) => eventOf({ scope, seq, id: `other-${index}-${seq}`, hash: `other-${seq}`, type: 'odd' })),
  )
  await eventsFixture(storage, ...events, ...others)
  return events
}

export const eventCases = [
  contractCase('event-head', 'The head of a chain is its last event', async (storage) => {
    await chainsFixture(storage)
    await eventsFixture(storage, ...[8, 9, 10, 11].map((seq) => eventOf({ scope: acme, seq })))
    assert.deepEqual(await storage.read.events.head(acme), { seq: 11, hash: 'hash-11' })
    for (const scope of otherScopes) {
      assert.deepEqual(await storage.read.events.head(scope), { seq: 4, hash: 'other-4' })
    }
    for (const scope of [
      { tenantId: 'nowhere' },
      { tenantId: 'ann' },
      { userId: 'zeta' },
      { userId: 'bob' },
      { organizationId: 'zeta' },
    ]) {
      assert.equal(await storage.read.events.head(scope), null)
    }
  }),

  contractCase(
    'event-list',
    "A list holds one chain's events, in either direction, from any place",
    async (storage) => {
      const events = await chainsFixture(storage)
      const seqs = async (order: 'newest' | 'oldest', limit: number, after?: number) =>
        (await storage.read.events.list({ scope: acme, order, limit, after })).map(({ seq }) => seq)
      assert.deepEqual(await storage.read.events.list({ scope: acme, order: 'oldest', limit: 10_000 }), events)
      assert.deepEqual(await seqs('newest', 100), [7, 6, 5, 4, 3, 2, 1])
      assert.deepEqual(await seqs('newest', 3), [7, 6, 5])
      assert.deepEqual(await seqs('newest', 3, 5), [4, 3, 2])
      assert.deepEqual(await seqs('newest', 3, 1), [])
      assert.deepEqual(await seqs('oldest', 3), [1, 2, 3])
      assert.deepEqual(await seqs('oldest', 3, 5), [6, 7])
      assert.deepEqual(await seqs('oldest', 3, 0), [1, 2, 3])
      assert.deepEqual(await seqs('oldest', 3, 7), [])
      await eventsFixture(
        storage,
        ...Array.from({ length: 143 }, (_, index) => eventOf({ scope: acme, seq: index + 8 })),
      )
      assert.equal((await seqs('newest', 1000)).length, 150)
      for (const scope of [{ tenantId: 'zeta' }, { userId: 'ann' }, { userId: 'acme' }, { organizationId: 'acme' }]) {
        const listed = await storage.read.events.list({ scope, order: 'oldest', limit: 100 })
        assert.deepEqual(
          listed.map((event) => [event.scope, event.seq]),
          [1, 2, 3, 4].map((seq) => [scope, seq]),
        )
      }
      assert.deepEqual(await storage.read.events.list({ scope: { tenantId: 'ann' }, order: 'oldest', limit: 5 }), [])
    },
  ),

  contractCase('event-list-type', 'A list narrows to one type of event', async (storage) => {
    await chainsFixture(storage)
    const seqs = async (type: string, order: 'newest' | 'oldest', limit: number, after?: number) =>
      (await storage.read.events.list({ scope: acme, order, limit, after, type })).map(({ seq }) => seq)
    assert.deepEqual(await seqs('even', 'oldest', 100), [2, 4, 6])
    assert.deepEqual(await seqs('even', 'newest', 2), [6, 4])
    assert.deepEqual(await seqs('odd', 'oldest', 2, 3), [5, 7])
    assert.deepEqual(await seqs('odd', 'newest', 2, 3), [1])
    assert.deepEqual(await seqs('EVEN', 'oldest', 100), [])
    assert.deepEqual(await seqs('e%', 'oldest', 100), [])
  }),

  contractCase('event-list-actor', 'A list narrows to what one person caused', async (storage) => {
    await chainsFixture(storage)
    const actors = ['ann', 'bob', null, 'ann', 'ANN', 'ann']
    await eventsFixture(
      storage,
      ...actors.map((actorId, index) => eventOf({ scope: acme, seq: 8 + index, actorId })),
      eventOf({ scope: { tenantId: 'zeta' }, seq: 5, actorId: 'ann' }),
    )
    const seqs = async (actorId: string, order: 'newest' | 'oldest', limit: number, after?: number) =>
      (await storage.read.events.list({ scope: acme, order, limit, after, actorId })).map(({ seq }) => seq)
    assert.deepEqual(await seqs('ann', 'oldest', 100), [8, 11, 13])
    assert.deepEqual(await seqs('ann', 'newest', 2), [13, 11])
    assert.deepEqual(await seqs('ann', 'newest', 2, 11), [8])
    assert.deepEqual(await seqs('ann', 'oldest', 1, 8), [11])
    assert.deepEqual(await seqs('eve', 'oldest', 100), [])
    assert.deepEqual(await seqs('an%', 'oldest', 100), [])
  }),

  contractCase('event-list-target', 'A list narrows to one target, by its type and its id', async (storage) => {
    await chainsFixture(storage)
    const targets = [
      ['member', 'bob'],
      ['user', 'bob'],
      ['member', 'eve'],
      ['member', 'bob'],
      ['member', 'BOB'],
    ] as const
    await eventsFixture(
      storage,
      ...targets.map(([type, id], index) => eventOf({ scope: acme, seq: 8 + index, target: { type, id } })),
      eventOf({ scope: { tenantId: 'zeta' }, seq: 5, target: { type: 'member', id: 'bob' } }),
    )
    const bob = { type: 'member', id: 'bob' } as const
    const seqs = async (order: 'newest' | 'oldest', limit: number, after?: number, target: EventTarget = bob) =>
      (await storage.read.events.list({ scope: acme, order, limit, after, target })).map(({ seq }) => seq)
    assert.deepEqual(await seqs('oldest', 100), [8, 11])
    assert.deepEqual(await seqs('newest', 1), [11])
    assert.deepEqual(await seqs('newest', 5, 11), [8])
    assert.deepEqual(await seqs('oldest', 5, 8), [11])
    assert.deepEqual(await seqs('oldest', 100, undefined, { type: 'tenant', id: 'bob' }), [])
    assert.deepEqual(await seqs('oldest', 100, undefined, { type: 'tenant', id: 'acme' }), [1, 2, 3, 4, 5, 6, 7])
  }),

  contractCase('event-list-together', 'A list narrows by type, actor and target at once', async (storage) => {
    await chainsFixture(storage)
    const bob = { type: 'member', id: 'bob' } as const
    const events = [
      { type: 'even', actorId: 'ann', target: bob },
      { type: 'odd', actorId: 'ann', target: bob },
      { type: 'even', actorId: 'eve', target: bob },
      { type: 'even', actorId: 'ann', target: { type: 'member', id: 'eve' } },
      { type: 'even', actorId: 'ann', target: bob },
    ] as const
    await eventsFixture(storage, ...events.map((event, index) => eventOf({ scope: acme, seq: 8 + index, ...event })))
    const narrowed = { type: 'even', actorId: 'ann', target: bob }
    const seqs = async (query: Partial<typeof narrowed>, after?: number) =>
      (await storage.read.events.list({ scope: acme, order: 'oldest', limit: 100, after, ...query })).map(
        ({ seq }) => seq,
      )
    assert.deepEqual(await seqs(narrowed), [8, 12])
    assert.deepEqual(await seqs(narrowed, 8), [12])
    assert.deepEqual(await seqs({ actorId: 'ann', target: bob }), [8, 9, 12])
    assert.deepEqual(await seqs({ type: 'even', target: bob }), [8, 10, 12])
    assert.deepEqual(await seqs({ type: 'even', actorId: 'ann' }), [8, 11, 12])
  }),

  contractCase(
    'event-append',
    'An event is kept as it was appended, and its place is taken for good',
    async (storage) => {
      await usersFixture(storage, 'ann')
      await tenantFixture(storage, 'acme', ['ann'])
      const data = { ...awkwardJson, list: [1, [], {}, null, awkward], deep: { z: { y: [{ x: long }] }, a: 1 } }
      const full = eventOf({
        scope: acme,
        seq: 1,
        id: '~"\'',
        actorId: 'ann',
        target: { type: 'ownership_transfer', id: 'acme' },
        at: 253_402_300_799_999,
        ip: '2001:db8::1',
        data,
        previousHash: 'previous',
      })
      const plain = eventOf({ scope: { userId: 'ann' }, seq: 1, target: { type: 'user', id: 'ann' }, at: 0 })
      await eventsFixture(storage, full, plain)
      const read = async (scope: EventScope) => storage.read.events.list({ scope, order: 'oldest', limit: 5 })
      assert.deepEqual(await read(acme), [full])
      assert.deepEqual(await read({ userId: 'ann' }), [plain])
      assert.equal(JSON.stringify((await read(acme))[0]?.data), JSON.stringify(data), 'the order of keys')

      for (const { scope } of [full, plain]) {
        await refuses(storage, 'event.seq', (tx) =>
          tx.events.append(eventOf({ scope, seq: 1, id: 'new', hash: 'new' })),
        )
      }
      const race = [1, 2, 3, 4, 5].map((index) =>
        eventsFixture(storage, eventOf({ scope: acme, seq: 2, id: `worker-${index}` })),
      )
      const outcomes = await Promise.allSettled(race)
      assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1)
      assert.deepEqual((await read(acme))[0], full)
    },
  ),
]
