import type { CommentFilter, CommentOfAuthor, CommentReads, CommentRepository } from '@tenantry/core'
import type { Insertable, Selection } from 'kysely'
import type { CommentTable } from './comment-table.js'
import type { Tables } from './database.js'
import type { Sql } from './dialect.js'
import { beyond, pageArguments, type PageArguments } from './keyset.js'
import { ofTenant, type Executor } from './statement.js'

const commentColumns = [
  'comments.tenant_id',
  'comments.resource_type',
  'comments.resource_id',
  'comments.id',
  'comments.author_id',
  'comments.text',
  'comments.created_at',
  'users.name as author_name',
  'users.avatar_url as author_avatar_url',
] as const

function toComment(row: Selection<Tables, 'comments' | 'users', (typeof commentColumns)[number]>): CommentOfAuthor {
  return {
    tenantId: row.tenant_id,
    resourceType: row.resource_type,
    resourceId: row.resource_id,
    id: row.id,
    authorId: row.author_id,
    text: row.text,
    createdAt: row.created_at,
    author: { id: row.author_id, name: row.author_name, avatarUrl: row.author_avatar_url },
  }
}

export function comments({ db }: Sql) {
  const about = ({ tenantId, resourceType, resourceId }: CommentFilter) =>
    db
      .selectFrom('comments')
      .where('comments.tenant_id', '=', tenantId)
      .where('comments.resource_type', '=', resourceType)
      .where('comments.resource_id', '=', resourceId)
  const list = ofTenant('tenantId', (given: PageArguments & CommentFilter) => {
    const position = ['comments.created_at', 'comments.id'] as const
    let query = about(given)
      .innerJoin('users', 'users.id', 'comments.author_id')
      .select(commentColumns)
      .orderBy(position[0])
      .orderBy(position[1])
      .limit(given.limit)
    if (given.afterAt !== undefined) query = query.where(beyond(position, 'ascending', given))
    return given.offset === undefined ? query : query.offset(given.offset)
  })
  const count = ofTenant('tenantId', (given: CommentFilter) =>
    about(given).select(({ fn }) => fn.countAll<number>().as('count')),
  )
  const insert = ofTenant('tenant_id', (row: Insertable<CommentTable>) => db.insertInto('comments').values(row))

  const reads = (executor: Executor): CommentReads => ({
    async list({ tenantId, resourceType, resourceId, page }) {
      const rows = await list.all(executor, { tenantId, resourceType, resourceId, ...pageArguments(page) })
      return rows.map(toComment)
    },
    async count({ tenantId, resourceType, resourceId }) {
      return (await count.first(executor, { tenantId, resourceType, resourceId }))?.count ?? 0
    },
  })

  const repository = (executor: Executor): CommentRepository => ({
    ...reads(executor),
    async insert({ tenantId, resourceType, resourceId, id, authorId, text, createdAt }) {
      const about = { tenant_id: tenantId, resource_type: resourceType, resource_id: resourceId }
      await insert.affect(executor, { ...about, id, author_id: authorId, text, created_at: createdAt })
    },
  })

  return { reads, repository }
}
