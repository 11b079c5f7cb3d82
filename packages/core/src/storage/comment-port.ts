import type { Comment, CommentOfAuthor } from '../model/comment.js'
import type { PageRequest } from '../model/page.js'

/** Whose comments: those made about one resource in one tenant. */
export interface CommentFilter {
  readonly tenantId: string
  readonly resourceType: string
  readonly resourceId: string
}

export interface CommentReads {
  /**
   * Comments on one resource, oldest first, then by id (bytes), each with who made it. The position is `createdAt` and
   * id.
   *
   * - MUST list those of one resource in one tenant only, each with its author's id, name and avatar as they are now
   *   [comment-list].
   * - MUST answer pages without gap or repetition, by position and by offset alike [comment-list-pages].
   */
  list(query: CommentFilter & { readonly page: PageRequest }): Promise<readonly CommentOfAuthor[]>

  /** MUST count what {@link list} lists [comment-count]. */
  count(filter: CommentFilter): Promise<number>
}

export interface CommentRepository extends CommentReads {
  /**
   * - MUST keep every field as given [comment-insert].
   * - MUST refuse a comment by an unknown author, or on what has no row in the tenant (`reference`), at once or at the
   *   commit [comment-insert-reference].
   */
  insert(comment: Comment): Promise<void>
}
