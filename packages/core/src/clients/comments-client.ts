import type { CommentOfAuthor } from '../model/comment.js'
import type { Page } from '../model/page.js'
import type { commentOnResource } from '../services/use-cases/comments/comment-on-resource.js'
import type { listComments } from '../services/use-cases/comments/list-comments.js'
import type { InputOf } from './input-of.js'

export interface CommentOnResourceInput extends InputOf<typeof commentOnResource> {}
export interface ListCommentsInput extends InputOf<typeof listComments> {}

/** The comments on the resources of one tenant. */
export interface CommentsClient {
  /**
   * Lists the comments on a resource that the caller may read, oldest first.
   *
   * @throws {TenancyError} `resource_not_found`; `forbidden`.
   */
  list(input: ListCommentsInput): Promise<Page<CommentOfAuthor>>
  /**
   * Comments on a resource.
   *
   * @throws {TenancyError} `forbidden` without `<type>:comment`, which the host declares; `resource_not_found`.
   */
  create(input: CommentOnResourceInput): Promise<CommentOfAuthor>
}
