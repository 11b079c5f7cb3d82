import type { Comment, CommentOfAuthor } from '../model/comment.js'
import type { PageRequest } from '../model/page.js'

/** Whose comments: those made about one resource in one tenant. */
export interface CommentFilter {
  readonly tenantId: string
  readonly resourceType: string
  readonly resourceId: string
}

/** Comments on several resources of one type in one tenant, behind a place. */
export interface CommentsOnMany {
  readonly tenantId: string
  readonly resourceType: string
  readonly resourceIds: readonly string[]
  readonly limit: number
  readonly after?: CommentPlace | undefined
}

/** Where a page of the comments on several resources ended. */
export interface CommentPlace {
  readonly resourceId: string
  readonly at: number
  readonly id: string
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

  /**
   * Comments on any of these resources, by the resource's id (bytes), then oldest first, then by id (bytes), each with
   * who made it. The place is the resource's id, `createdAt` and id.
   *
   * - MUST list those of these resources of one type in one tenant only [comment-list-on-many].
   * - MUST answer pages without gap or repetition, by place [comment-list-on-many-pages].
   */
  listOnMany(query: CommentsOnMany): Promise<readonly CommentOfAuthor[]>

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
