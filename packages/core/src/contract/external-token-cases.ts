import assert from 'node:assert/strict'
import type { ExternalToken } from '../model/external-token.js'
import type { Storage } from '../storage/port.js'
import { contractCase } from './contract-case.js'
import { externalTokenOf, subjectOf } from './fixtures/tokens.js'
import { noon } from './fixtures/rows.js'
import { assertPages, scatteredPlaces } from './pages.js'
import { awkward } from './texts.js'
import { refuses, write } from './write.js'

const page = { limit: 100 }
const liveAt = noon
const eva = subjectOf('eva')
const max = subjectOf('max')
const evaElsewhere = subjectOf('eva', 'https://other.example.com')
const evas = externalTokenOf({ id: 'one', subject: eva })
const maxs = externalTokenOf({ id: 'two', subject: max })
const elsewhere = externalTokenOf({ id: 'three', subject: evaElsewhere })

const put = (storage: Storage, token: ExternalToken) =>
  write(storage, (tx) => tx.externalTokens.put(token, `hash of ${token.id}`))

async function tokensFixture(storage: Storage, ...tokens: readonly ExternalToken[]): Promise<void> {
  for (const token of tokens) await put(storage, token)
}

const find = (storage: Storage, id: string) => storage.read.externalTokens.findByHash(`hash of ${id}`)

export const externalTokenCases = [
  contractCase('external-token-find', 'An external token is found by exactly its hash', async (storage) => {
    await tokensFixture(storage, evas, maxs)
    assert.deepEqual(await find(storage, 'one'), evas)
    for (const hash of ['hash of', 'HASH OF ONE', 'hash_of_one', '%', '', 'one']) {
      assert.equal(await storage.read.externalTokens.findByHash(hash), null)
      assert.equal(await storage.read.accessTokens.findByHash(hash), null)
    }
    assert.equal(await storage.read.accessTokens.findByHash('hash of one'), null)
  }),

  contractCase('external-token-list', "A list holds one subject's live tokens only", async (storage) => {
    const expired = { ...evas, id: 'expired', label: 'old', expiresAt: liveAt }
    await tokensFixture(storage, evas, maxs, elsewhere, expired)
    const list = (subject: ExternalToken['subject']) => storage.read.externalTokens.list({ subject, liveAt, page })
    assert.deepEqual(await list(eva), [evas])
    assert.deepEqual(await list(evaElsewhere), [elsewhere])
    assert.deepEqual(await list(subjectOf('nobody')), [])
    // What lies together must not read as another pair.
    assert.deepEqual(await list({ issuer: `${eva.issuer}${eva.emailKey}`, email: '', emailKey: '' }), [])
  }),

  contractCase('external-token-list-pages', "A subject's tokens page without gap or repetition", async (storage) => {
    const scattered = scatteredPlaces.map(({ id, at }) =>
      externalTokenOf({ id, subject: eva, createdAt: at, expiresAt: noon + 1_000_000 }),
    )
    await tokensFixture(storage, ...scattered, maxs)
    await assertPages(
      'newest',
      (request) => storage.read.externalTokens.list({ subject: eva, liveAt, page: request }),
      ({ createdAt, id }) => ({ at: createdAt, id }),
    )
  }),

  contractCase(
    'external-token-count',
    "The count of a subject's tokens is the length of their list",
    async (storage) => {
      await tokensFixture(storage, evas, { ...evas, id: 'phone', label: 'phone', expiresAt: noon + 1 }, maxs, elsewhere)
      const count = (at: number) => storage.read.externalTokens.count({ subject: eva, liveAt: at })
      assert.deepEqual([await count(noon), await count(noon + 1), await count(noon + 1000)], [2, 1, 0])
    },
  ),

  contractCase('external-token-put', 'A new external token is kept with every field as given', async (storage) => {
    const full: ExternalToken = {
      id: '~"\'',
      subject: { issuer: "sso'", email: `"e.v"@ExAmple.com`, emailKey: 'e.v@example.com' },
      label: awkward,
      clientId: '-~"',
      prefix: 'tnx_abcd',
      createdAt: 0,
      expiresAt: 253_402_300_799_999,
      lastUsedAt: noon,
    }
    assert.equal(await put(storage, full), full.id)
    assert.deepEqual(await find(storage, full.id), full)
  }),

  contractCase(
    'external-token-put-device',
    "A second external token of the same client and label takes the first one's place",
    async (storage) => {
      const again = { ...evas, id: 'again', prefix: 'new', createdAt: noon + 5, expiresAt: noon + 9 }
      await tokensFixture(storage, { ...evas, lastUsedAt: noon })
      assert.equal(await put(storage, again), 'one')
      assert.equal(await find(storage, 'one'), null)
      assert.deepEqual(await find(storage, 'again'), { ...again, id: 'one' })
      const others = [
        { ...evas, id: 'phone', label: 'phone' },
        { ...evas, id: 'other client', clientId: 'CLI' },
        { ...evas, id: 'of max', subject: max },
        { ...evas, id: 'elsewhere', subject: evaElsewhere },
      ]
      for (const other of others) assert.equal(await put(storage, other), other.id)
      for (const other of others) assert.deepEqual(await find(storage, other.id), other)
    },
  ),

  contractCase('external-token-put-twice', 'A hash that another external token has is refused', async (storage) => {
    await tokensFixture(storage, evas, maxs)
    const twin = externalTokenOf({ id: 'twin', subject: max })
    await refuses(storage, 'external_token.hash', (tx) => tx.externalTokens.put(twin, 'hash of one'))
    assert.deepEqual(await find(storage, 'one'), evas)
    assert.deepEqual(await storage.read.externalTokens.list({ subject: max, liveAt, page }), [maxs])
  }),

  contractCase('external-token-touch', 'Using an external token notes when, on this token only', async (storage) => {
    await tokensFixture(storage, evas, maxs, elsewhere)
    const touch = (subject: ExternalToken['subject'], id: string) =>
      write(storage, (tx) => tx.externalTokens.touch({ subject, id, at: noon + 5 }))
    assert.equal(await touch(eva, 'one'), true)
    assert.equal(await touch(eva, 'two'), false)
    assert.equal(await touch(eva, 'three'), false)
    assert.equal(await touch(eva, 'unknown'), false)
    assert.deepEqual(await find(storage, 'one'), { ...evas, lastUsedAt: noon + 5 })
    assert.deepEqual([await find(storage, 'two'), await find(storage, 'three')], [maxs, elsewhere])
  }),

  contractCase(
    'external-token-delete',
    "A removal takes one of the subject's tokens, and no other's",
    async (storage) => {
      await tokensFixture(storage, evas, maxs, elsewhere)
      const remove = (subject: ExternalToken['subject'], id: string) =>
        write(storage, (tx) => tx.externalTokens.delete({ subject, id }))
      assert.equal(await remove(eva, 'two'), false)
      assert.equal(await remove(eva, 'three'), false)
      assert.equal(await remove(eva, 'one'), true)
      assert.equal(await remove(eva, 'one'), false)
      assert.equal(await find(storage, 'one'), null)
      assert.deepEqual([await find(storage, 'two'), await find(storage, 'three')], [maxs, elsewhere])
    },
  ),

  contractCase('external-token-sweep', 'Sweeping removes the external tokens that expired', async (storage) => {
    const ends = { ...evas, id: 'ends', label: 'ends', expiresAt: noon + 5 }
    await tokensFixture(storage, evas, ends, { ...maxs, expiresAt: noon - 1 })
    const sweep = (now: number) => write(storage, (tx) => tx.externalTokens.sweep(now))
    assert.equal(await sweep(noon + 5), 2)
    assert.equal(await sweep(noon + 5), 0)
    assert.deepEqual([await find(storage, 'ends'), await find(storage, 'two')], [null, null])
    assert.deepEqual(await find(storage, 'one'), evas)
  }),
]
