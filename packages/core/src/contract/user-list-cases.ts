import assert from 'node:assert/strict'
import type { Storage } from '../storage/port.js'
import { contractCase } from './contract-case.js'
import { givenUsers, noon, userOf } from './given.js'
import { assertPages, scatteredPlaces } from './pages.js'

const page = { limit: 100 }

async function givenNamedUsers(storage: Storage): Promise<void> {
  await givenUsers(
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
      await givenNamedUsers(storage)
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
      await givenUsers(storage, ...crowd)
      assert.equal((await storage.read.users.list({ keyword: 'of many', page: { limit: 1000 } })).length, 150)
    },
  ),

  contractCase('user-list-pages', 'Users are paged without gap or repetition', async (storage) => {
    await givenUsers(storage, ...scatteredPlaces.map(({ id, at }) => userOf({ id, createdAt: at })))
    await assertPages(
      'oldest',
      (request) => storage.read.users.list({ page: request }),
      ({ createdAt, id }) => ({ at: createdAt, id }),
    )
  }),

  contractCase('user-count', 'The count of users is the length of their list', async (storage) => {
    assert.equal(await storage.read.users.count({}), 0)
    await givenNamedUsers(storage)
    for (const [keyword, expected] of keywords) {
      assert.equal(await storage.read.users.count({ keyword }), expected.length, `keyword ${keyword}`)
    }
  }),
]
