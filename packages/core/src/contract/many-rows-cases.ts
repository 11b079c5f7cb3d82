import assert from 'node:assert/strict'
import type { Event } from '../model/event.js'
import { contractCase } from './contract-case.js'
import {
  eventOf,
  organizationFixture,
  twoTenantsFixture,
  usersFixture,
  membershipOf,
  noon,
  userOf,
} from './fixtures/rows.js'
import { awkward, awkwardJson } from './texts.js'
import { refuses, write } from './write.js'

/** More than one statement takes, with a rest. */
const MANY = 137

const numbers = Array.from({ length: MANY }, (_, at) => at)

export const manyRowsCases = [
  contractCase('user-find-many', 'Users are found by many ids, or by many addresses', async (storage) => {
    await usersFixture(storage, 'ann', 'bob', userOf({ id: '"[~', name: awkward, status: 'disabled' }))
    const ids = async (query: Parameters<typeof storage.read.users.findMany>[0]) =>
      (await storage.read.users.findMany(query)).map(({ id }) => id).sort()
    assert.deepEqual(await ids({ ids: ['bob', 'nobody', '"[~', 'bob', 'ANN'] }), ['"[~', 'bob'])
    assert.deepEqual(await ids({ emailKeys: ['ann@example.com', 'bob', 'no@example.com'] }), ['ann'])
    assert.deepEqual(await ids({ ids: [] }), [])
    assert.deepEqual(await ids({ emailKeys: [] }), [])
    const [found] = await storage.read.users.findMany({ ids: ['"[~'] })
    assert.deepEqual(found, await storage.read.users.find('"[~'))
  }),

  contractCase('user-insert-many', 'Many users are kept as single ones are, or none of them', async (storage) => {
    const people = numbers.map((at) => userOf({ id: `u${at}`, name: at % 2 ? `Name ${at}` : null, createdAt: at }))
    await write(storage, (tx) => tx.users.insertMany(people))
    for (const at of [0, 49, 50, 136]) assert.deepEqual(await storage.read.users.find(`u${at}`), people[at])
    await write(storage, (tx) => tx.users.insertMany([]))
    const [ann, bob] = [userOf({ id: 'ann' }), userOf({ id: 'bob' })]
    await refuses(storage, 'user.id', (tx) =>
      tx.users.insertMany([ann, userOf({ id: 'u7', emailKey: 'x', email: 'x' })]),
    )
    const taken = { emailKey: 'u7@example.com' }
    await refuses(storage, 'user.email', (tx) => tx.users.insertMany([ann, { ...bob, ...taken }]))
    assert.equal(await storage.read.users.count({}), MANY)
  }),

  contractCase('membership-member-ids', 'It is known which of many people are members', async (storage) => {
    await twoTenantsFixture(storage)
    const among = async (tenantId: string, userIds: readonly string[]) =>
      [...(await storage.read.memberships.listMemberIds({ tenantId, userIds }))].sort()
    await write(storage, (tx) => tx.memberships.update({ tenantId: 'acme', userId: 'bob', set: { active: false } }))
    assert.deepEqual(await among('acme', ['zoe', 'bob', 'nobody', 'ann', 'bob']), ['ann', 'bob'])
    assert.deepEqual(await among('zeta', ['ann', 'bob', 'zoe']), ['zoe'])
    assert.deepEqual(await among('acme', []), [])
  }),

  contractCase(
    'membership-insert-many',
    'Many memberships are kept as single ones are, or none of them',
    async (storage) => {
      await twoTenantsFixture(storage)
      await usersFixture(storage, ...numbers.map((at) => `u${at}`))
      const memberships = numbers.map((at) =>
        membershipOf({
          tenantId: at % 3 === 0 ? 'zeta' : 'acme',
          userId: `u${at}`,
          roles: at % 2 ? ['viewer', 'admin', 'billing'] : ['member'],
          active: at % 5 > 0,
          overrides: at % 7 ? {} : { 'z:read': true, a: false },
          invitedBy: at % 4 ? 'ann' : null,
          createdAt: noon - at,
          metadata: at % 6 ? null : { ...awkwardJson, at },
        }),
      )
      await write(storage, (tx) => tx.memberships.insertMany(memberships))
      for (const at of [0, 1, 49, 50, 84, 136])
        assert.deepEqual((await storage.read.memberships.listByUser(`u${at}`))[0], memberships[at])
      assert.equal(await storage.read.memberships.count({ tenantId: 'acme' }), 3 + 91)
      assert.equal(await storage.read.memberships.count({ tenantId: 'zeta' }), 1 + 46)
      await write(storage, (tx) => tx.memberships.insertMany([]))
      const zoe = membershipOf({ tenantId: 'acme', userId: 'zoe' })
      const bob = membershipOf({ tenantId: 'acme', userId: 'bob' })
      await refuses(storage, 'membership', (tx) => tx.memberships.insertMany([zoe, bob]))
      await refuses(storage, 'reference', (tx) => tx.memberships.insertMany([zoe, { ...bob, userId: 'nobody' }]))
      assert.equal(await storage.read.memberships.count({ tenantId: 'acme' }), 3 + 91)
    },
  ),

  contractCase('event-append-many', 'Many events are kept as single ones are, or none of them', async (storage) => {
    await twoTenantsFixture(storage)
    await organizationFixture(storage, 'acme', ['ann'])
    const scopes = [{ tenantId: 'acme' }, { userId: 'ann' }, { tenantId: 'zeta' }, { organizationId: 'acme' }] as const
    const events: Event[] = numbers.map((at) =>
      eventOf({
        scope: scopes[at % 4] ?? scopes[0],
        seq: Math.floor(at / 4) + 1,
        id: `many-${at}`,
        actorId: at % 3 ? 'ann' : null,
        ip: at % 2 ? '192.0.2.1' : null,
        data: at % 5 ? {} : { ...awkwardJson, at },
        previousHash: at < 4 ? null : `hash-${at}`,
      }),
    )
    await write(storage, (tx) => tx.events.appendMany(events))
    for (const scope of scopes) {
      const kept = await storage.read.events.list({ scope, order: 'oldest', limit: 1000 })
      const fixture = events.filter((event) => JSON.stringify(event.scope) === JSON.stringify(scope))
      assert.deepEqual(kept, fixture)
      assert.deepEqual((await storage.read.events.head(scope))?.seq, fixture.length)
    }
    await write(storage, (tx) => tx.events.appendMany([]))
    const next = eventOf({ scope: scopes[0], seq: 36, id: 'next' })
    await refuses(storage, 'event.seq', (tx) => tx.events.appendMany([next, { ...next, seq: 35, id: 'again' }]))
    assert.equal((await storage.read.events.head(scopes[0]))?.seq, 35)
  }),
]
