import type { Comment } from '../../model/comment.js'
import type { CommentFilter, CommentReads, CommentRepository } from '../comment-port.js'
import type { Draft } from './draft.js'
import { keep } from './keep.js'
import { everywhere } from './table.js'
import type { TableDrafts, Tables } from './tables.js'
import { compareIds, takePage } from './take-page.js'

// No type and no id has a space.
const keyOf = ({ resourceType, resourceId, id }: Comment) => `${resourceType} ${resourceId} ${id}`

function about({ comments }: Pick<Tables, 'comments'>, { tenantId, resourceType, resourceId }: CommentFilter) {
  return comments
    .rows(tenantId)
    .filter((comment) => comment.resourceType === resourceType && comment.resourceId === resourceId)
}

export function commentReads(tables: Tables): CommentReads {
  const position = ({ createdAt, id }: Comment) => ({ at: createdAt, id })
  const withAuthor = (comment: Comment) => {
    const author = tables.users.get(everywhere, comment.authorId)
    return author ? [{ ...comment, author: { id: author.id, name: author.name, avatarUrl: author.avatarUrl } }] : []
  }
  return {
    list: async ({ page, ...filter }) => takePage(about(tables, filter), page, 'oldest', position).flatMap(withAuthor),
    async listOnMany({ resourceIds, limit, after, ...ofType }) {
      const ids = [...new Set(resourceIds)].filter((id) => !after || id >= after.resourceId).sort(compareIds)
      const pages = ids.map((resourceId) => {
        const from = after?.resourceId === resourceId ? after : undefined
        return takePage(about(tables, { ...ofType, resourceId }), { limit, after: from }, 'oldest', position)
      })
      return pages.flat().slice(0, limit).flatMap(withAuthor)
    },
    count: async (filter) => about(tables, filter).length,
  }
}

export function commentRepository(draft: Draft): CommentRepository {
  const { comments, resources, shares, users } = draft.tables
  return {
    ...commentReads(draft.tables),
    async insert(comment) {
      const { tenantId, resourceType, resourceId, authorId } = comment
      const key = `${resourceType} ${resourceId}`
      comments.set(tenantId, keyOf(comment), keep(comment))
      draft.atCommit(() => (resources.get(tenantId, key) ?? shares.get(tenantId, key)) !== undefined)
      draft.atCommit(() => users.get(everywhere, authorId) !== undefined)
    },
  }
}

/** Removes what was said about a resource in one tenant. */
export function forgetComments(
  tables: TableDrafts,
  { tenantId, type, id }: { readonly tenantId: string; readonly type: string; readonly id: string },
): void {
  for (const comment of about(tables, { tenantId, resourceType: type, resourceId: id }))
    tables.comments.remove(tenantId, keyOf(comment))
}
