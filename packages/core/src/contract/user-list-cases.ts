import assert from 'node:assert/strict'
import type { User } from '../model/user.js'
import type { Storage } from '../storage/port.js'
import { contractCase } from './contract-case.js'
import { twoTenantsFixture, usersFixture, membershipOf, noon, userOf } from './fixtures/rows.js'
import { assertPages, scatteredPlaces } from './pages.js'
import { write } from './write.js'

const page = { limit: 100 }
const idsOf = (users: readonly User[]) => users.map(({ id }) => id)

async function namedUsersFixture(storage: Storage): Promise<void> {
  await usersFixture(
    storage,
    userOf({ id: '1', name: 'Ann Arbor', createdAt: noon + 5 }),
    userOf({ id: '2', name: '100% sure', email: 'PERCENT@example.com' }),
    userOf({ id: '3', name: 'under_score' }),
    userOf({ id: '4', name: 'back\\slash' }),
    userOf({ id: '5', name: null, email: 'HANNAH@Example.com' }),
    userOf({ id: '6', name: 'Ann Deleted', status: 'deleted' }),
    userOf({ id: '7', name: "O'Hara", status: 'disabled' }),
    userOf({ id: '8', name: 'underXscore 100 sure' }),
  )
}

/** Keyword and the ids it must find, in order. */
const keywords: readonly (readonly [string | undefined, readonly string[]])[] = [
  [undefined, ['2', '3', '4', '5', '7', '8', '1']],
  ['', ['2', '3', '4', '5', '7', '8', '1']],
  ['ann', ['5', '1']],
  ['ANN', ['5', '1']],
  ['aNn ar', ['1']],
  ['percent@EXAMPLE', ['2']],
  ['%', ['2']],
  ['100% s', ['2']],
  ['_', ['3']],
  ['r_s', ['3']],
  ['\\', ['4']],
  ['\\s', ['4']],
  ['\\%', []],
  ["o'h", ['7']],
  ['*', []],
  ['null', []],
  ['!', []],
]

export const userListCases = [
  contractCase(
    'user-list',
    'Users that are not deleted are listed by a part of name or email, without case or wildcards',
    async (storage) => {
      await namedUsersFixture(storage)
      for (const [keyword, expected] of keywords) {
        const listed = await storage.read.users.list({ keyword, page })
        assert.deepEqual(
          listed.map(({ id }) => id),
          expected,
          `keyword ${keyword}`,
        )
        for (const user of listed) assert.deepEqual(user, await storage.read.users.find(user.id))
      }
      assert.deepEqual(
        (await storage.read.users.list({ keyword: 'ann', page: { limit: 1, offset: 1 } })).map(({ id }) => id),
        ['1'],
      )
      const crowd = Array.from({ length: 150 }, (_, index) => userOf({ id: `crowd-${index}`, name: 'One of many' }))
      await usersFixture(storage, ...crowd)
      assert.equal((await storage.read.users.list({ keyword: 'of many', page: { limit: 1000 } })).length, 150)
    },
  ),

  contractCase('user-list-email', 'Users are listed by their whole address', async (storage) => {
    await namedUsersFixture(storage)
    const users = await storage.read.users.list({ page })
    for (const { id, emailKey } of users) {
      assert.deepEqual(idsOf(await storage.read.users.list({ emailKey, page })), [id])
      assert.equal(await storage.read.users.count({ emailKey }), 1)
    }
    const { id, emailKey } = await storage.read.users.find('1').then((user) => user ?? assert.fail())
    for (const other of [
      '',
      '%',
      emailKey.slice(1),
      emailKey.slice(0, -1),
      `${emailKey}x`,
      '_'.repeat(emailKey.length),
    ]) {
      assert.deepEqual(await storage.read.users.list({ emailKey: other, page }), [])
      assert.equal(await storage.read.users.count({ emailKey: other }), 0)
    }
    assert.deepEqual(idsOf(await storage.read.users.list({ emailKey, keyword: 'arbor', page })), [id])
    assert.deepEqual(await storage.read.users.list({ emailKey, keyword: 'sure', page }), [])
  }),

  contractCase(
    'user-list-known',
    'A person is listed themselves, whom they made, and the members of the tenants that are named',
    async (storage) => {
      await twoTenantsFixture(storage)
      await usersFixture(
        storage,
        userOf({ id: 'made', createdBy: 'ann', createdAt: noon + 1 }),
        userOf({ id: 'made by bob', createdBy: 'bob', createdAt: noon + 2 }),
        userOf({ id: 'idle', createdAt: noon + 3 }),
        userOf({ id: 'unseen', createdAt: noon + 4 }),
        userOf({ id: 'seen', createdAt: noon + 5 }),
        userOf({ id: 'made and gone', createdBy: 'ann', status: 'deleted' }),
      )
      const idle = membershipOf({ tenantId: 'zeta', userId: 'idle', active: false })
      await write(storage, (tx) => tx.memberships.insert(idle))
      const unseen = { tenantId: 'zeta', addedAs: { email: 'x@example.com', name: null } }
      await write(storage, async (tx) => {
        for (const [userId, lastActiveAt] of [
          ['unseen', null],
          ['seen', noon],
        ] as const)
          await tx.memberships.insert(membershipOf({ ...unseen, userId, lastActiveAt }))
      })
      const known = async (userId: string, tenantIds: readonly string[]) => {
        const filter = { knownTo: { userId, tenantIds } }
        const listed = await storage.read.users.list({ ...filter, page })
        assert.equal(await storage.read.users.count(filter), listed.length)
        return idsOf(listed)
      }
      assert.deepEqual(await known('ann', []), ['ann', 'made'])
      assert.deepEqual(await known('ann', ['zeta']), ['ann', 'zoe', 'made', 'idle', 'seen'])
      assert.deepEqual(await known('bob', ['nowhere']), ['bob', 'made by bob'])
      assert.deepEqual(await known('nobody', []), [])
      const { emailKey } = await storage.read.users.find('zoe').then((user) => user ?? assert.fail())
      const ofZeta = { knownTo: { userId: 'bob', tenantIds: ['zeta'] }, emailKey }
      assert.deepEqual(idsOf(await storage.read.users.list({ ...ofZeta, page: { limit: 1 } })), ['zoe'])
    },
  ),

  contractCase('user-list-pages', 'Users are paged without gap or repetition', async (storage) => {
    await usersFixture(storage, ...scatteredPlaces.map(({ id, at }) => userOf({ id, createdAt: at })))
    await assertPages(
      'oldest',
      (request) => storage.read.users.list({ page: request }),
      ({ createdAt, id }) => ({ at: createdAt, id }),
    )
  }),

  contractCase('user-count', 'The count of users is the length of their list', async (storage) => {
    assert.equal(await storage.read.users.count({}), 0)
    await namedUsersFixture(storage)
    for (const [keyword, expected] of keywords) {
      assert.equal(await storage.read.users.count({ keyword }), expected.length, `keyword ${keyword}`)
    }
  }),
]
