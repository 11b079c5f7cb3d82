import { z } from 'zod'
import { Id, Moment, text } from './id.js'
import type { User } from './user.js'

/** What somebody says about a resource: 1 to 10,000 characters after trimming, lines included. */
export const CommentText = text(10_000).trim().min(1, 'must not be empty')

/**
 * What a member said about a resource, in the tenant in which it is seen. It stays in that tenant: one that is shared
 * takes none along, and what is said about it there goes when the share ends.
 */
export const Comment = z.object({
  tenantId: Id,
  resourceType: z.string(),
  resourceId: Id,
  id: Id,
  authorId: Id,
  text: CommentText,
  createdAt: Moment,
})
export interface Comment extends Readonly<z.output<typeof Comment>> {}

/** Who made a comment, as the members of its tenant see them. Of a deleted account, only the id is left. */
export type CommentAuthor = Pick<User, 'id' | 'name' | 'avatarUrl'>

/** A comment with the person who made it. */
export interface CommentOfAuthor extends Comment {
  readonly author: CommentAuthor
}
