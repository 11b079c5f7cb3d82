import type { Addition, IssuedInvitation, TenancyError } from '@tenantry/core'
import { z } from 'zod'
import { WireId } from '../../handler/fields.js'
import { Problem, toProblem } from './errors.js'
import { present } from './responses.js'
import { Invitation, Member } from './schemas.js'

/** The result of adding a user: `member` if they were added, `invitation` and `link` if they were invited. */
export const AddResult = z.object({
  status: z.enum(['added', 'invited']),
  member: Member.nullable(),
  invitation: Invitation.nullable(),
  link: z.string().nullable(),
})

/** The result of one row of a bulk request, with its email address or user ID, and `error` if it was rejected. */
export const RowResult = AddResult.extend({
  status: z.enum(['added', 'invited', 'failed']),
  email: z.string().nullable(),
  userId: WireId.nullable(),
  error: Problem.nullable(),
})

type Row = { readonly email?: string; readonly userId?: string | null } & (
  | Addition
  | ({ readonly status: 'invited' } & IssuedInvitation)
  | { readonly status: 'failed'; readonly error: TenancyError }
)

// Callers must not learn whether an account existed, so the result contains neither a "created" flag nor a user ID.
const NOTHING = { member: null, invitation: null, link: null }

export function toAddResult(result: Addition): z.infer<typeof AddResult> {
  if (result.status === 'added') return { ...NOTHING, status: 'added', member: present(Member, result.member) }
  return { ...NOTHING, status: 'invited', invitation: present(Invitation, result.invitation), link: result.link }
}

export function toRowResult(result: Row): z.infer<typeof RowResult> {
  const { email = null } = result
  const userId = email === null ? (result.userId ?? null) : null
  if (result.status === 'failed') return { ...NOTHING, status: 'failed', email, userId, error: toProblem(result.error) }
  return { ...toAddResult(result), email, userId, error: null }
}
