import { z } from 'zod'
import { isTenancyError, TenancyError } from '../../errors.js'
import type { NewEvent } from '../../events.js'
import { parseEmail } from '../../model/email.js'
import { tenantCommand } from '../command.js'
import type { Mail } from '../mails/mail.js'
import { accountsAt, refuseDirectAdd } from './direct-add.js'
import { checkRolesGiven, newMemberFields, rolesOf } from './new-member.js'
import { placeMember } from './place-member.js'
import type { AddedMember } from './place-member.js'

/** What became of one address: a member, or the error that refused it alone. */
export type AdditionResult =
  | ({ readonly status: 'added'; readonly email: string } & AddedMember)
  | { readonly status: 'failed'; readonly email: string; readonly error: TenancyError }

/** Adds up to 100 people at once, as {@link addMember} does; one who is refused fails alone. The same address twice is one. */
export const addMembers = tenantCommand({
  input: z.strictObject({
    members: z
      .array(z.strictObject({ email: z.string().max(1000), ...newMemberFields }))
      .min(1)
      .max(100),
  }),
  permission: 'member:add',
  people: (scope, { members }) =>
    accountsAt(
      scope,
      members.map(({ email }) => parseEmail(email)),
    ),
  async run(step, { members }) {
    refuseDirectAdd(step)
    members.forEach(checkRolesGiven)
    const results: AdditionResult[] = []
    const events: NewEvent[] = []
    const mails: Mail[] = []
    const seen = new Set<string>()
    for (const { email: text, role, roles, ...terms } of members) {
      const email = parseEmail(text)
      const label = email?.emailKey ?? text
      if (seen.has(label)) continue
      seen.add(label)
      try {
        if (!email) throw new TenancyError('invalid_email', 'This is no email address', { field: 'members' })
        const placed = await placeMember(step, { ...email, ...terms, roles: await rolesOf(step, { role, roles }) })
        results.push({ status: 'added', email: email.email, member: placed.member, created: placed.created })
        events.push(...placed.events)
        mails.push(placed.mail)
      } catch (error) {
        if (!isTenancyError(error)) throw error
        results.push({ status: 'failed', email: email?.email ?? text, error })
      }
    }
    return { result: results, events, mails }
  },
})
