import assert from 'node:assert/strict'
import type { MembershipChanges } from '../storage/membership-port.js'
import { contractCase } from './contract-case.js'
import { tenantFixture, twoTenantsFixture, usersFixture, membershipOf, noon } from './fixtures/rows.js'
import { awkward, awkwardJson } from './texts.js'
import { refuses, write } from './write.js'

export const membershipCases = [
  contractCase('membership-find', 'A member is found with the user, active or not', async (storage) => {
    await twoTenantsFixture(storage)
    const key = { tenantId: 'acme', userId: 'bob' }
    await write(storage, (tx) => tx.users.update({ id: 'bob', set: { name: 'Bob', status: 'disabled' } }))
    const user = await storage.read.users.find('bob')
    assert.deepEqual(await storage.read.memberships.find(key), { ...membershipOf(key), user })
    await write(storage, (tx) => tx.memberships.update({ ...key, set: { active: false } }))
    assert.deepEqual(await storage.read.memberships.find(key), { ...membershipOf({ ...key, active: false }), user })
    for (const [tenantId, userId] of [
      ['acme', 'zoe'],
      ['zeta', 'bob'],
      ['nowhere', 'bob'],
      ['acme', 'BOB'],
    ] as const) {
      assert.equal(await storage.read.memberships.find({ tenantId, userId }), null)
    }
  }),

  contractCase('membership-insert', 'A new membership is kept with every field as given', async (storage) => {
    await twoTenantsFixture(storage)
    await tenantFixture(storage, 'other', ['zoe'])
    const membership = membershipOf({
      tenantId: 'acme',
      userId: 'zoe',
      roles: ['viewer', 'admin', 'a_very_long_key_of_a_role_that_is_sixty_three_characters_long_63'],
      active: false,
      overrides: { 'z:read': true, 'invoice:approve': false, a: true },
      invitedBy: 'ann',
      lastActiveAt: 0,
      metadata: { ...awkwardJson, deep: { list: [1, [], {}, null, awkward] } },
      createdAt: 253_402_300_799_999,
      addedAs: { email: 'Zoe@Example.com', name: null },
    })
    await write(storage, (tx) => tx.memberships.insert(membership))
    const listed = (await storage.read.memberships.listByUser('zoe')).find(({ tenantId }) => tenantId === 'acme')
    assert.deepEqual(listed, membership)
    assert.equal(JSON.stringify(listed.overrides), JSON.stringify(membership.overrides), 'the order of keys')
    assert.equal(JSON.stringify(listed.metadata), JSON.stringify(membership.metadata), 'the order of keys')
  }),

  contractCase(
    'membership-insert-twice',
    'A second membership of one user in one tenant is refused',
    async (storage) => {
      await twoTenantsFixture(storage)
      const before = await storage.read.memberships.listByUser('bob')
      const again = membershipOf({ tenantId: 'acme', userId: 'bob', roles: ['admin'] })
      await refuses(storage, 'membership', (tx) => tx.memberships.insert(again))
      assert.deepEqual(await storage.read.memberships.listByUser('bob'), before)
      const zoe = membershipOf({ tenantId: 'acme', userId: 'zoe' })
      const race = [1, 2, 3, 4, 5].map(() => write(storage, (tx) => tx.memberships.insert(zoe)))
      const outcomes = await Promise.allSettled(race)
      assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1)
      await write(storage, (tx) => tx.memberships.insert({ ...again, tenantId: 'zeta' }))
      assert.equal((await storage.read.memberships.listByUser('bob')).length, 2)
    },
  ),

  contractCase(
    'membership-insert-reference',
    'A membership in an unknown tenant or of an unknown user is refused',
    async (storage) => {
      await twoTenantsFixture(storage)
      for (const [tenantId, userId] of [
        ['nowhere', 'ann'],
        ['zeta', 'nobody'],
      ] as const) {
        await refuses(storage, 'reference', (tx) => tx.memberships.insert(membershipOf({ tenantId, userId })))
        assert.equal(await storage.read.memberships.find({ tenantId, userId }), null)
      }
      assert.equal((await storage.read.memberships.listByUser('nobody')).length, 0)
    },
  ),

  contractCase(
    'membership-update',
    'An update changes the named fields of one membership and nothing else',
    async (storage) => {
      await twoTenantsFixture(storage)
      await tenantFixture(storage, 'other', ['bob', 'ann'])
      const key = { tenantId: 'acme', userId: 'bob' }
      const others = async () => [
        await storage.read.memberships.find({ tenantId: 'acme', userId: 'ann' }),
        await storage.read.memberships.find({ tenantId: 'other', userId: 'bob' }),
      ]
      const before = await others()
      const changes: readonly MembershipChanges[] = [
        { roles: ['clerk', 'admin'] },
        { active: false },
        { overrides: { 'invoice:read': false, 'invoice:approve': true } },
        { lastActiveAt: noon + 1 },
        { metadata: { department: 'R&D', level: 3 } },
        { active: false },
        { metadata: {} },
        { metadata: null },
        { metadata: { z: [1], a: null } },
        {},
        { overrides: {}, active: true },
        { lastActiveAt: null },
        { active: true },
      ]
      let expected = membershipOf(key)
      for (const set of changes) {
        expected = { ...expected, ...set }
        assert.equal(await write(storage, (tx) => tx.memberships.update({ ...key, set })), true)
        assert.deepEqual((await storage.read.memberships.listByUser('bob'))[0], expected)
      }
      const absent = { tenantId: 'zeta', userId: 'bob' }
      assert.equal(await write(storage, (tx) => tx.memberships.update({ ...absent, set: { active: false } })), false)
      assert.equal(await write(storage, (tx) => tx.memberships.update({ ...absent, set: {} })), false)
      assert.deepEqual(await others(), before)
    },
  ),

  contractCase('membership-delete', 'A removal takes one membership and no other', async (storage) => {
    await twoTenantsFixture(storage)
    await tenantFixture(storage, 'other', ['ann', 'bob'])
    const remove = (tenantId: string, userId: string) =>
      write(storage, (tx) => tx.memberships.delete({ tenantId, userId }))
    const race = await Promise.all([1, 2, 3].map(() => remove('acme', 'bob')))
    assert.equal(race.filter(Boolean).length, 1, 'one of three removals finds it')
    assert.equal(await remove('zeta', 'bob'), false)
    assert.equal(await remove('nowhere', 'bob'), false)
    assert.deepEqual(
      (await storage.read.memberships.listByUser('bob')).map(({ tenantId }) => tenantId),
      ['other'],
    )
    assert.equal(await storage.read.memberships.count({ tenantId: 'acme' }), 2)
    assert.equal((await storage.read.users.find('bob'))?.status, 'active')
  }),

  contractCase('membership-delete-owner', "The owner's membership stays as long as the owner does", async (storage) => {
    await usersFixture(storage, 'ann', 'bob')
    await tenantFixture(storage, 'acme', ['ann', 'bob'])
    const ann = { tenantId: 'acme', userId: 'ann' }
    await refuses(storage, 'reference', (tx) => tx.memberships.delete(ann))
    await refuses(storage, 'reference', async (tx) => {
      await tx.memberships.delete({ tenantId: 'acme', userId: 'bob' })
      await tx.tenants.update({ id: 'acme', status: 'active', set: { ownerId: 'bob' } })
    })
    assert.equal(await storage.read.memberships.count({ tenantId: 'acme' }), 2)
    await write(storage, async (tx) => {
      await tx.memberships.delete(ann)
      await tx.memberships.insert(membershipOf({ ...ann, roles: ['admin'] }))
    })
    assert.deepEqual((await storage.read.memberships.find(ann))?.roles, ['admin'])
    await write(storage, async (tx) => {
      await tx.memberships.delete(ann)
      await tx.tenants.update({ id: 'acme', status: 'active', set: { ownerId: 'bob' } })
    })
    assert.equal(await storage.read.memberships.find(ann), null)
  }),
]
