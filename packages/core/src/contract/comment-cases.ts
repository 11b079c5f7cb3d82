import assert from 'node:assert/strict'
import type { Comment } from '../model/comment.js'
import type { CommentPlace } from '../storage/comment-port.js'
import type { Storage } from '../storage/port.js'
import { contractCase } from './contract-case.js'
import { tenantFixture, usersFixture, noon, userOf } from './fixtures/rows.js'
import { commentOf, resourceOf } from './fixtures/resources.js'
import { assertPages, scatteredPlaces } from './pages.js'
import { awkward, long } from './texts.js'
import { refuses, write } from './write.js'

const page = { limit: 1000 }
const one = { tenantId: 'acme', resourceType: 'doc', resourceId: 'one' } as const
const many = { tenantId: 'acme', resourceType: 'doc' } as const
const authors: Readonly<Record<string, object>> = {
  ann: { id: 'ann', name: awkward, avatarUrl: 'https://example.com/ann.png' },
  bob: { id: 'bob', name: null, avatarUrl: null },
}

/** Ann's tenants Acme and Zeta, both with the documents `one` and `two` and a book `one`, and these comments. */
async function commentsFixture(storage: Storage, comments: readonly Comment[]): Promise<void> {
  const ann = userOf({ id: 'ann', name: awkward, avatarUrl: 'https://example.com/ann.png' })
  await usersFixture(storage, ann, 'bob')
  for (const tenantId of ['acme', 'zeta']) {
    await tenantFixture(storage, tenantId, ['ann', 'bob'])
    await write(storage, async (tx) => {
      for (const [type, id] of [
        ['doc', 'one'],
        ['doc', 'two'],
        ['book', 'one'],
      ] as const)
        await tx.resources.insert(resourceOf({ tenantId, type, id, ownerId: 'ann' }))
    })
  }
  await write(storage, async (tx) => {
    for (const comment of comments) await tx.comments.insert(comment)
  })
}

const elsewhere = [
  commentOf({ ...one, id: 'a', authorId: 'ann', resourceId: 'two' }),
  commentOf({ ...one, id: 'a', authorId: 'ann', resourceType: 'book' }),
  commentOf({ ...one, id: 'a', authorId: 'ann', tenantId: 'zeta' }),
]

export const commentCases = [
  contractCase(
    'comment-list',
    'Comments are listed of one resource in one tenant, with their authors',
    async (storage) => {
      const later = commentOf({ ...one, id: 'a', authorId: 'ann', createdAt: noon + 1 })
      const earlier = commentOf({ ...one, id: 'b', authorId: 'bob' })
      await commentsFixture(storage, [later, earlier, ...elsewhere])
      const list = (query: Partial<typeof one>) => storage.read.comments.list({ ...one, ...query, page })
      const expected = [earlier, later].map((comment) => ({ ...comment, author: authors[comment.authorId] }))
      assert.deepEqual(await list({}), expected)
      for (const query of [{ tenantId: 'nowhere' }, { resourceType: 'other' }, { resourceId: 'ONE' }]) {
        assert.deepEqual(await storage.read.comments.list({ ...one, ...query, page }), [])
      }
      const gone = { name: null, avatarUrl: null, status: 'deleted' } as const
      await write(storage, (tx) => tx.users.update({ id: 'ann', set: gone }))
      const [, last] = await list({})
      assert.deepEqual(last, { ...later, author: { id: 'ann', name: null, avatarUrl: null } })
    },
  ),

  contractCase('comment-list-pages', 'Comments are paged without gap or repetition', async (storage) => {
    const scattered = scatteredPlaces.map(({ id, at }) => commentOf({ ...one, id, authorId: 'bob', createdAt: at }))
    await commentsFixture(storage, [...scattered, ...elsewhere])
    await assertPages(
      'oldest',
      (request) => storage.read.comments.list({ ...one, page: request }),
      ({ createdAt, id }) => ({ at: createdAt, id }),
    )
  }),

  contractCase(
    'comment-list-on-many',
    'Comments on several resources are listed of these alone, with their authors',
    async (storage) => {
      const onTwo = commentOf({ ...one, id: 'x', authorId: 'bob', resourceId: 'two', createdAt: 0 })
      const [later, earlier] = [
        commentOf({ ...one, id: 'a', authorId: 'ann', createdAt: noon + 1 }),
        commentOf({ ...one, id: 'b', authorId: 'bob' }),
      ]
      await commentsFixture(storage, [onTwo, later, earlier, ...elsewhere])
      const list = (query: object) =>
        storage.read.comments.listOnMany({ ...many, resourceIds: ['two', 'one', 'none', 'one'], limit: 100, ...query })
      const [onOther] = elsewhere
      const expected = [earlier, later, onTwo, onOther].map(
        (comment) => comment && { ...comment, author: authors[comment.authorId] },
      )
      assert.deepEqual(await list({}), expected)
      assert.deepEqual(await list({ resourceIds: ['one'] }), expected.slice(0, 2))
      for (const query of [{ tenantId: 'nowhere' }, { resourceType: 'other' }, { resourceIds: ['ONE'] }])
        assert.deepEqual(await list(query), [])
      assert.deepEqual(await list({ resourceIds: [] }), [])
    },
  ),

  contractCase(
    'comment-list-on-many-pages',
    'Comments on several resources are paged without gap or repetition',
    async (storage) => {
      const places = ['one', 'two'].flatMap((resourceId) => scatteredPlaces.map((place) => ({ resourceId, ...place })))
      const scattered = places.map(({ resourceId, id, at }) =>
        commentOf({ ...one, resourceId, id, authorId: 'bob', createdAt: at }),
      )
      await commentsFixture(storage, [...scattered, ...elsewhere.slice(1)])
      const expected = [...places].sort(
        (a, b) =>
          Buffer.compare(Buffer.from(a.resourceId), Buffer.from(b.resourceId)) ||
          a.at - b.at ||
          Buffer.compare(Buffer.from(a.id), Buffer.from(b.id)),
      )
      for (const limit of [1, 3, 25, 49, 50, 51]) {
        const read: CommentPlace[] = []
        for (let count = 0; count <= expected.length; count += limit) {
          const query = { ...many, resourceIds: ['two', 'one'], limit, after: read.at(-1) }
          const rows = await storage.read.comments.listOnMany(query)
          read.push(...rows.map(({ resourceId, createdAt, id }) => ({ resourceId, at: createdAt, id })))
        }
        assert.deepEqual(read, expected, `pages of ${limit}`)
      }
    },
  ),

  contractCase('comment-count', 'The count of comments is the length of their list', async (storage) => {
    const two = ['a', 'b'].map((id) => commentOf({ ...one, id, authorId: 'ann' }))
    await commentsFixture(storage, [...two, ...elsewhere])
    assert.equal(await storage.read.comments.count(one), 2)
    assert.equal(await storage.read.comments.count({ ...one, resourceId: 'two' }), 1)
    assert.equal(await storage.read.comments.count({ ...one, tenantId: 'nowhere' }), 0)
  }),

  contractCase('comment-insert', 'A new comment is kept with every field as given', async (storage) => {
    const comments = [
      commentOf({ ...one, id: '!', authorId: 'ann', text: awkward, createdAt: 0 }),
      commentOf({ ...one, id: '~', authorId: 'bob', text: long, createdAt: 253_402_300_799_999 }),
    ]
    await commentsFixture(storage, comments)
    const listed = await storage.read.comments.list({ ...one, page })
    assert.deepEqual(
      listed.map(({ author: _, ...comment }) => comment),
      comments,
    )
  }),

  contractCase(
    'comment-insert-reference',
    'A comment by an unknown author, or on what is not there, is refused',
    async (storage) => {
      await commentsFixture(storage, [])
      for (const wrong of [
        { authorId: 'nobody' },
        { resourceId: 'none' },
        { resourceType: 'Doc' },
        { tenantId: 'nowhere' },
      ]) {
        const comment = commentOf({ ...one, id: 'x', authorId: 'ann', ...wrong })
        await refuses(storage, 'reference', (tx) => tx.comments.insert(comment))
        assert.equal(await storage.read.comments.count(comment), 0)
      }
    },
  ),
]
