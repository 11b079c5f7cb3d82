import { z } from 'zod'
import { TenancyError } from '../../../errors.js'
import { parseEmail } from '../../../model/email.js'
import type { Email } from '../../../model/email.js'
import { Id, Moment } from '../../../model/id.js'
import type { Transaction } from '../../../storage/port.js'
import { memberFields } from './member-fields.js'

/** One person of a list: by address, or, where an operator adds them, by the id of the account. */
export const AddMemberRow = z
  .strictObject({
    email: z.string().max(1000).optional(),
    userId: Id.optional(),
    /** When they became a member elsewhere, in the past. Operators only. Default: now. */
    joinedAt: Moment.optional(),
    ...memberFields,
  })
  .refine(({ email, userId }) => (email === undefined) !== (userId === undefined), 'needs either an email or a userId')

export type AddMemberRow = z.output<typeof AddMemberRow>

/** How a result names its row: as it was given, an address in its own spelling. */
export type RowName = { readonly email: string } | { readonly userId: string }

export function nameOf({ email = '', userId }: AddMemberRow): RowName {
  return userId === undefined ? { email: parseEmail(email)?.email ?? email } : { userId }
}

/** The rows without those that name the same account or address as an earlier one. */
export function distinctRows<Row extends AddMemberRow>(rows: readonly Row[]): readonly Row[] {
  const seen = new Set<string>()
  return rows.filter(({ email = '', userId }) => {
    const name = userId === undefined ? `email ${parseEmail(email)?.emailKey ?? email}` : `user ${userId}`
    return !seen.has(name) && seen.add(name)
  })
}

/** The address of who a row names. */
export async function addressOf(
  { users }: Pick<Transaction, 'users'>,
  { email, userId }: AddMemberRow,
): Promise<Email> {
  if (userId === undefined) {
    const parsed = parseEmail(email ?? '')
    if (!parsed) throw new TenancyError('invalid_email', 'Invalid email address', { field: 'members' })
    return parsed
  }
  const user = await users.find(userId)
  if (!user || user.status === 'deleted') throw new TenancyError('user_not_found', 'No such user', {})
  return { email: user.email, emailKey: user.emailKey }
}
