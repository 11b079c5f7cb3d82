import { z } from 'zod'
import type { TenancyError } from '../../errors.js'
import type { NewEvent } from '../../events.js'
import { parseEmail } from '../../model/email.js'
import { tenantCommand } from '../command.js'
import type { Mail } from '../mails/mail.js'
import { accountsAt, refuseDirectAdd } from './direct-add.js'
import { eachAddress } from './each-address.js'
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
    const events: NewEvent[] = []
    const mails: Mail[] = []
    const results = await eachAddress(members, 'members', async (email, { role, roles, email: _, ...terms }) => {
      const placed = await placeMember(step, { ...email, ...terms, roles: await rolesOf(step, { role, roles }) })
      events.push(...placed.events)
      mails.push(placed.mail)
      return { member: placed.member, created: placed.created }
    })
    const told = results.map((result): AdditionResult =>
      'done' in result
        ? { status: 'added', email: result.email, ...result.done }
        : { status: 'failed', email: result.email, error: result.error },
    )
    return { result: told, events, mails }
  },
})
