import type { CommentFilter, CommentOfAuthor, CommentReads, CommentRepository } from '@tenantry/core'
import { sql, type Insertable, type Selection } from 'kysely'
import type { CommentTable } from '../schema/comment-table.js'
import type { Tables } from '../schema/tables.js'
import type { Sql } from '../database/dialect.js'
import { behind, onePage, pageArguments, type PageArguments } from '../statements/keyset.js'
import { ofTenant, type Executor } from '../statements/statement.js'

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

interface OnMany {
  readonly tenantId: string
  readonly resourceType: string
  /** A JSON array. */
  readonly resourceIds: string
  readonly limit: number
  readonly afterResource: string | undefined
  readonly afterAt: number | undefined
  readonly afterId: string | undefined
}

export function comments({ db, dialect }: Sql) {
  const ofType = ({ tenantId, resourceType }: Pick<CommentFilter, 'tenantId' | 'resourceType'>) =>
    db
      .selectFrom('comments')
      .where('comments.tenant_id', '=', tenantId)
      .where('comments.resource_type', '=', resourceType)
  const about = ({ resourceId, ...of }: CommentFilter) => ofType(of).where('comments.resource_id', '=', resourceId)
  const list = ofTenant('tenantId', (given: PageArguments & CommentFilter) =>
    onePage(
      about(given).innerJoin('users', 'users.id', 'comments.author_id').select(commentColumns),
      ['comments.created_at', 'comments.id'],
      'ascending',
      given,
    ),
  )
  const listOnMany = ofTenant('tenantId', (given: OnMany) => {
    const { resourceIds, limit, afterResource, afterAt, afterId } = given
    const query = ofType(given)
      .innerJoin('users', 'users.id', 'comments.author_id')
      .select(commentColumns)
      .where('comments.resource_id', 'in', sql<string>`(${dialect.jsonArrayTexts(sql.val(resourceIds))})`)
      .orderBy('comments.resource_id')
      .orderBy('comments.created_at')
      .orderBy('comments.id')
      .limit(limit)
    if (afterResource === undefined) return query
    const columns = ['comments.resource_id', 'comments.created_at', 'comments.id']
    return query.where(behind(columns, 'ascending', [afterResource, afterAt, afterId]))
  })
  const count = ofTenant('tenantId', (given: CommentFilter) =>
    about(given).select(({ fn }) => fn.countAll<number>().as('count')),
  )
  const insert = ofTenant('tenant_id', (row: Insertable<CommentTable>) => db.insertInto('comments').values(row), {
    deferrable: true,
  })

  const reads = (executor: Executor): CommentReads => ({
    async list({ tenantId, resourceType, resourceId, page }) {
      const rows = await list.all(executor, { tenantId, resourceType, resourceId, ...pageArguments(page) })
      return rows.map(toComment)
    },
    async listOnMany({ tenantId, resourceType, resourceIds, limit, after }) {
      const place = { afterResource: after?.resourceId, afterAt: after?.at, afterId: after?.id }
      const ids = JSON.stringify(resourceIds)
      const rows = await listOnMany.all(executor, { tenantId, resourceType, resourceIds: ids, limit, ...place })
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
