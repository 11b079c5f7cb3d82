import { z } from 'zod'
import { Id, Moment, text } from './id.js'
import type { User } from './user.js'

/** `pending` ends in one of the others; `superseded` when the person became a member in another way. */
export const JoinRequestStatus = z.enum(['pending', 'approved', 'rejected', 'withdrawn', 'superseded'])
export type JoinRequestStatus = z.infer<typeof JoinRequestStatus>

/** What somebody who asks to be let in says to those who decide. */
export const JoinMessage = text(1000)

/** A person's wish to become a member of a tenant that takes requests. */
export const JoinRequest = z.object({
  id: Id,
  tenantId: Id,
  userId: Id,
  message: JoinMessage.nullable(),
  status: JoinRequestStatus,
  createdAt: Moment,
  resolvedAt: Moment.nullable(),
  decidedBy: Id.nullable(),
})
export interface JoinRequest extends Readonly<z.infer<typeof JoinRequest>> {}

/** A person who asks to be let in, as those who decide see them. */
export type JoinRequestUser = Pick<User, 'id' | 'email' | 'emailVerifiedAt' | 'name' | 'avatarUrl'>

/** A join request with the person who made it. */
export interface JoinRequestOfApplicant extends JoinRequest {
  readonly applicant: JoinRequestUser
}
