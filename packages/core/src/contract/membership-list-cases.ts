import assert from 'node:assert/strict'
import type { Storage } from '../storage/port.js'
import { contractCase } from './contract-case.js'
import {
  tenantFixture,
  twoTenantsFixture,
  usersFixture,
  membershipOf,
  noon,
  tenantOf,
  userOf,
} from './fixtures/rows.js'
import { assertPages, scatteredPlaces } from './pages.js'
import { write } from './write.js'

const page = { limit: 100 }

/** Acme's members, by id in the order of the list; members of Zeta have every name and role that they have. */
async function namedMembersFixture(storage: Storage): Promise<void> {
  const names = ['Ann Arbor', '100% sure', 'under_score', 'back\\slash', null, 'underXscore 100 sure']
  const users = names.map((name, index) => userOf({ id: String(index + 1), name }))
  await usersFixture(storage, ...users, userOf({ id: '7', name: 'Ann 100% under_score back\\slash' }))
  await tenantFixture(storage, 'zeta', ['7', '3'])
  await tenantFixture(storage, 'acme', ['1', '2', '3', '4', '5', '6'])
  const roles = { '1': ['admin'], '2': ['admin', 'viewer'], '3': ['viewer'], '4': ['sub_admin'], '5': ['subXadmin'] }
  await write(storage, async (tx) => {
    for (const [userId, held] of Object.entries(roles)) {
      await tx.memberships.update({ tenantId: 'acme', userId, set: { roles: held, active: userId !== '3' } })
    }
    for (const userId of ['3', '7']) {
      await tx.memberships.update({ tenantId: 'zeta', userId, set: { roles: ['admin', 'viewer', 'sub_admin'] } })
    }
    await tx.users.update({ id: '5', set: { email: 'HANNAH@Example.com', emailKey: 'hannah@example.com' } })
  })
}

const filters: readonly (readonly [{ readonly keyword?: string; readonly role?: string }, readonly string[]])[] = [
  [{}, ['1', '2', '3', '4', '5', '6']],
  [{ keyword: '' }, ['1', '2', '3', '4', '5', '6']],
  [{ role: 'admin' }, ['1', '2']],
  [{ role: 'viewer' }, ['2', '3']],
  [{ role: 'sub_admin' }, ['4']],
  [{ role: 'ADMIN' }, []],
  [{ role: 'adm' }, []],
  [{ role: '%' }, []],
  [{ role: '' }, []],
  [{ keyword: 'ann' }, ['1', '5']],
  [{ keyword: 'aNN' }, ['1', '5']],
  [{ keyword: '%' }, ['2']],
  [{ keyword: '_' }, ['3']],
  [{ keyword: 'R_S' }, ['3']],
  [{ keyword: '\\' }, ['4']],
  [{ keyword: 'K\\s' }, ['4']],
  [{ keyword: "'" }, []],
  [{ keyword: '!' }, []],
  [{ keyword: 'ann', role: 'admin' }, ['1']],
  [{ keyword: 'ann', role: 'viewer' }, []],
]

export const membershipListCases = [
  contractCase(
    'membership-list-unseen',
    'Somebody who was added is found by what they were added as, until they are active',
    async (storage) => {
      await namedMembersFixture(storage)
      await usersFixture(storage, userOf({ id: '9', name: 'Secret Name' }))
      const addedAs = { email: 'Typed@Example.com', name: 'As Typed' }
      await write(storage, (tx) => tx.memberships.insert(membershipOf({ tenantId: 'acme', userId: '9', addedAs })))
      const found = async (keyword: string) => {
        const filter = { tenantId: 'acme', keyword }
        const listed = await storage.read.memberships.list({ ...filter, page })
        assert.equal(await storage.read.memberships.count(filter), listed.length)
        return listed.map(({ userId }) => userId)
      }
      assert.deepEqual([await found('secret'), await found('9@')], [[], []])
      assert.deepEqual([await found('typed@EXAMPLE'), await found('as typed')], [['9'], ['9']])
      await write(storage, (tx) =>
        tx.memberships.update({ tenantId: 'acme', userId: '9', set: { lastActiveAt: noon } }),
      )
      assert.deepEqual([await found('secret'), await found('typed')], [['9'], []])
    },
  ),

  contractCase(
    'membership-list',
    "A list holds one tenant's members only, oldest membership first, each with the user",
    async (storage) => {
      await twoTenantsFixture(storage)
      const zoe = membershipOf({ tenantId: 'acme', userId: 'zoe', createdAt: noon - 1, active: false })
      await write(storage, async (tx) => {
        await tx.memberships.insert(zoe)
        await tx.users.update({ id: 'eve', set: { status: 'deleted' } })
      })
      const listed = await storage.read.memberships.list({ tenantId: 'acme', page })
      assert.deepEqual(
        listed.map(({ userId }) => userId),
        ['zoe', 'ann', 'bob', 'eve'],
      )
      assert.deepEqual(listed[0], { ...zoe, user: await storage.read.users.find('zoe') })
      for (const member of listed) assert.deepEqual(member.user, await storage.read.users.find(member.userId))
      const inZeta = await storage.read.memberships.list({ tenantId: 'zeta', page })
      assert.deepEqual(
        inZeta.map(({ tenantId, userId }) => [tenantId, userId]),
        [['zeta', 'zoe']],
      )
      assert.deepEqual(await storage.read.memberships.list({ tenantId: 'nowhere', page }), [])
    },
  ),

  contractCase(
    'membership-list-filter',
    'Members are listed by exactly a role and by a part of name or email, without wildcards',
    async (storage) => {
      await namedMembersFixture(storage)
      for (const [filter, expected] of filters) {
        const listed = await storage.read.memberships.list({ tenantId: 'acme', ...filter, page })
        assert.deepEqual(
          listed.map(({ userId }) => userId),
          expected,
          JSON.stringify(filter),
        )
      }
      const second = await storage.read.memberships.list({
        tenantId: 'acme',
        role: 'viewer',
        page: { limit: 1, offset: 1 },
      })
      assert.equal(second[0]?.userId, '3')
    },
  ),

  contractCase('membership-list-pages', 'Members are paged without gap or repetition', async (storage) => {
    await usersFixture(
      storage,
      'owner',
      ...scatteredPlaces.map(({ id, at }) => userOf({ id, createdAt: noon - (at % 10) })),
    )
    await write(storage, async (tx) => {
      for (const id of ['acme', 'zeta']) await tx.tenants.insert(tenantOf({ id, ownerId: 'z' }))
      for (const { id, at } of scatteredPlaces) {
        await tx.memberships.insert(membershipOf({ tenantId: 'acme', userId: id, createdAt: at }))
        await tx.memberships.insert(membershipOf({ tenantId: 'zeta', userId: id }))
      }
    })
    await assertPages(
      'oldest',
      (request) => storage.read.memberships.list({ tenantId: 'acme', page: request }),
      ({ createdAt, userId }) => ({ at: createdAt, id: userId }),
    )
  }),

  contractCase('membership-count', 'The count of members is the length of their list', async (storage) => {
    await namedMembersFixture(storage)
    for (const [filter, expected] of filters) {
      const count = await storage.read.memberships.count({ tenantId: 'acme', ...filter })
      assert.equal(count, expected.length, JSON.stringify(filter))
    }
    assert.equal(await storage.read.memberships.count({ tenantId: 'zeta' }), 2)
    assert.equal(await storage.read.memberships.count({ tenantId: 'nowhere' }), 0)
    const member = (userId: string) => membershipOf({ tenantId: 'zeta', userId, roles: ['viewer'] })
    await write(storage, async (tx) => {
      await tx.memberships.insertMany(['1', '2', '4'].map(member))
      await tx.memberships.insert(member('5'))
      assert.equal(await tx.memberships.count({ tenantId: 'zeta' }), 6)
      assert.equal(await tx.memberships.delete({ tenantId: 'zeta', userId: '1' }), true)
      assert.equal(await tx.memberships.delete({ tenantId: 'zeta', userId: '1' }), false)
      await tx.memberships.update({ tenantId: 'zeta', userId: '2', set: { roles: ['admin'], active: false } })
    })
    const undone = write(storage, async (tx) => {
      await tx.memberships.insert(member('1'))
      throw new TypeError('undone')
    })
    await assert.rejects(undone, TypeError)
    assert.equal(await storage.read.memberships.count({ tenantId: 'zeta' }), 5)
    assert.equal(await storage.read.memberships.count({ tenantId: 'acme' }), 6)
  }),

  contractCase('membership-count-active', 'The active members of a tenant are counted', async (storage) => {
    await namedMembersFixture(storage)
    assert.equal(await storage.read.memberships.countActive('acme'), 5)
    assert.equal(await storage.read.memberships.countActive('zeta'), 2)
    assert.equal(await storage.read.memberships.countActive('nowhere'), 0)
  }),
]
