import assert from 'node:assert/strict'
import type { AccessToken } from '../model/access-token.js'
import type { Storage } from '../storage/port.js'
import { contractCase } from './contract-case.js'
import { tokenOf } from './fixtures/tokens.js'
import { usersFixture, noon } from './fixtures/rows.js'
import { assertPages, scatteredPlaces } from './pages.js'
import { awkward } from './texts.js'
import { refuses, write } from './write.js'

const page = { limit: 100 }
const anns = tokenOf({ id: 'one', userId: 'ann' })
const bobs = tokenOf({ id: 'two', userId: 'bob' })

async function tokensFixture(storage: Storage, ...tokens: readonly AccessToken[]): Promise<void> {
  await usersFixture(storage, 'ann', 'bob')
  await write(storage, async (tx) => {
    for (const token of tokens) await tx.accessTokens.put(token, `hash of ${token.id}`)
  })
}

const find = async (storage: Storage, id: string) =>
  (await storage.read.accessTokens.findByHash(`hash of ${id}`))?.token

export const accessTokenCases = [
  contractCase('access-token-find', 'A token is found with its user by exactly its hash', async (storage) => {
    await tokensFixture(storage, anns, bobs)
    await write(storage, (tx) => tx.users.update({ id: 'ann', set: { status: 'disabled' } }))
    const user = await storage.read.users.find('ann')
    assert.deepEqual(await storage.read.accessTokens.findByHash('hash of one'), { token: anns, user })
    assert.equal((await storage.read.accessTokens.findByHash('hash of two'))?.user.id, 'bob')
    for (const hash of ['hash of', 'HASH OF ONE', 'hash_of_one', '%', '', 'one']) {
      assert.equal(await storage.read.accessTokens.findByHash(hash), null)
    }
  }),

  contractCase(
    'access-token-list',
    "A list holds one user's tokens only, and pages without gap or repetition",
    async (storage) => {
      const scattered = scatteredPlaces.map(({ id, at }) =>
        tokenOf({ id, userId: 'ann', createdAt: at, expiresAt: at - 1000 }),
      )
      await tokensFixture(storage, ...scattered, bobs)
      await assertPages(
        'newest',
        (request) => storage.read.accessTokens.list({ userId: 'ann', page: request }),
        ({ createdAt, id }) => ({ at: createdAt, id }),
      )
      assert.deepEqual(await storage.read.accessTokens.list({ userId: 'bob', page }), [bobs])
      assert.deepEqual(await storage.read.accessTokens.list({ userId: 'nobody', page }), [])
    },
  ),

  contractCase('access-token-list-live', 'A list of live tokens leaves out those that expired', async (storage) => {
    const ends = { ...anns, id: 'ends', expiresAt: noon + 500 }
    await tokensFixture(storage, anns, ends, { ...anns, id: 'expired', expiresAt: noon - 1 }, bobs)
    const live = (liveAt: number) => storage.read.accessTokens.list({ userId: 'ann', liveAt, page })
    assert.deepEqual((await live(noon + 499)).map(({ id }) => id).sort(), ['ends', 'one'])
    assert.deepEqual(
      (await live(noon + 500)).map(({ id }) => id),
      ['one'],
    )
    assert.deepEqual(await live(noon + 1000), [])
    assert.deepEqual(
      await storage.read.accessTokens.list({ userId: 'ann', liveAt: noon, page: { limit: 1, offset: 2 } }),
      [],
    )
  }),

  contractCase('access-token-count', "The count of a user's tokens is the length of their list", async (storage) => {
    await tokensFixture(storage, anns, { ...anns, id: 'expired', expiresAt: 0 }, bobs)
    const counts = ['ann', 'bob', 'nobody'].map((userId) => storage.read.accessTokens.count({ userId }))
    assert.deepEqual(await Promise.all(counts), [2, 1, 0])
    assert.equal(await storage.read.accessTokens.count({ userId: 'ann', liveAt: noon }), 1)
  }),

  contractCase('access-token-put', 'A new token is kept with every field as given', async (storage) => {
    const full = {
      ...anns,
      id: '~"\'',
      label: awkward,
      clientId: "cli'",
      prefix: 'tnt_abcd',
      createdAt: 0,
      expiresAt: 253_402_300_799_999,
      lastUsedAt: noon,
    }
    await tokensFixture(storage, anns, full)
    assert.deepEqual(await find(storage, 'one'), anns)
    assert.deepEqual(await find(storage, full.id), full)
  }),

  contractCase(
    'access-token-put-device',
    'A second token of the same client and label takes the place of the first',
    async (storage) => {
      const laptop = tokenOf({ id: 'laptop', userId: 'ann', clientId: 'cli', label: 'laptop', lastUsedAt: noon })
      await tokensFixture(storage, laptop)
      const put = (token: AccessToken) => write(storage, (tx) => tx.accessTokens.put(token, `hash of ${token.id}`))
      const again = {
        ...laptop,
        id: 'again',
        prefix: 'new',
        createdAt: noon + 5,
        signedInAt: noon + 5,
        expiresAt: noon + 9,
        lastUsedAt: null,
      }
      assert.equal(await put(again), 'laptop')
      assert.equal(await find(storage, 'laptop'), undefined)
      assert.deepEqual(await find(storage, 'again'), { ...again, id: 'laptop' })
      const others = [
        { ...laptop, id: 'phone', label: 'phone' },
        { ...laptop, id: 'other client', clientId: 'CLI' },
        { ...laptop, id: 'bobs', userId: 'bob' },
        { ...laptop, id: 'no client', clientId: null },
        { ...laptop, id: 'no client either', clientId: null },
        { ...laptop, id: 'no label', label: null },
        { ...laptop, id: 'no label either', label: null },
      ]
      for (const other of others) assert.equal(await put(other), other.id)
      for (const other of others) assert.deepEqual(await find(storage, other.id), other)
      assert.equal(await storage.read.accessTokens.count({ userId: 'ann' }), 7)
    },
  ),

  contractCase('access-token-put-twice', 'A hash that another token has is refused', async (storage) => {
    await tokensFixture(storage, anns, bobs)
    const twin = tokenOf({ id: 'twin', userId: 'bob' })
    await refuses(storage, 'access_token.hash', (tx) => tx.accessTokens.put(twin, 'hash of one'))
    assert.deepEqual(await find(storage, 'one'), anns)
    assert.deepEqual(await storage.read.accessTokens.list({ userId: 'bob', page }), [bobs])
  }),

  contractCase('access-token-touch', 'Using a token notes when, on this token only', async (storage) => {
    await tokensFixture(storage, anns, bobs, { ...anns, id: 'three' })
    const touch = (userId: string, id: string) =>
      write(storage, (tx) => tx.accessTokens.touch({ userId, id, at: noon + 5 }))
    assert.equal(await touch('ann', 'one'), true)
    assert.equal(await touch('ann', 'one'), true)
    assert.equal(await touch('ann', 'two'), false)
    assert.equal(await touch('ann', 'unknown'), false)
    assert.deepEqual(await find(storage, 'one'), { ...anns, lastUsedAt: noon + 5 })
    assert.deepEqual(await storage.read.accessTokens.list({ userId: 'bob', page }), [bobs])
    assert.equal((await find(storage, 'three'))?.lastUsedAt, null)
  }),

  contractCase('access-token-delete', "A removal takes one of the user's tokens, and no other's", async (storage) => {
    await tokensFixture(storage, anns, bobs, { ...anns, id: 'three' })
    const remove = (userId: string, id: string) => write(storage, (tx) => tx.accessTokens.delete({ userId, id }))
    assert.equal(await remove('ann', 'two'), false)
    assert.equal(await remove('ann', 'unknown'), false)
    assert.equal(await remove('ann', 'one'), true)
    assert.equal(await remove('ann', 'one'), false)
    assert.equal(await find(storage, 'one'), undefined)
    assert.deepEqual([(await find(storage, 'two'))?.id, (await find(storage, 'three'))?.id], ['two', 'three'])
    assert.equal(await storage.read.accessTokens.count({ userId: 'ann' }), 1)
  }),

  contractCase('access-token-delete-all', "All of one user's tokens go at once, and no other's", async (storage) => {
    await tokensFixture(storage, anns, bobs, { ...anns, id: 'three' })
    const removeAll = (userId: string) => write(storage, (tx) => tx.accessTokens.deleteAll(userId))
    assert.equal(await removeAll('nobody'), 0)
    assert.equal(await removeAll('ann'), 2)
    assert.equal(await removeAll('ann'), 0)
    assert.deepEqual([await find(storage, 'one'), await find(storage, 'three')], [undefined, undefined])
    assert.deepEqual(await find(storage, 'two'), bobs)
  }),

  contractCase(
    'access-token-delete-all-but',
    "All of one user's tokens go but the one that is named",
    async (storage) => {
      const kept = { ...anns, id: 'three', signedInAt: noon }
      await tokensFixture(storage, anns, bobs, kept)
      assert.equal(await write(storage, (tx) => tx.accessTokens.deleteAll('ann', 'three')), 1)
      assert.deepEqual([await find(storage, 'one'), await find(storage, 'three')], [undefined, kept])
      assert.equal(await write(storage, (tx) => tx.accessTokens.deleteAll('ann', 'two')), 1)
      assert.deepEqual([await find(storage, 'three'), await find(storage, 'two')], [undefined, bobs])
    },
  ),
]
