import { z } from 'zod'
import { EmailInput } from '../../model/email.js'
import { tenantCommand } from '../command.js'
import { checkRolesGiven, newMemberFields, rolesOf } from './new-member.js'
import { placeMember } from './place-member.js'
import { accountsAt, refuseDirectAdd } from './direct-add.js'

/**
 * Makes the account of an address a member at once, without an invitation; an address that has none gets an account
 * without a password. They are told by mail. An account that is there is changed in nothing.
 */
export const addMember = tenantCommand({
  input: z.strictObject({ email: EmailInput, ...newMemberFields }),
  permission: 'member:add',
  people: (scope, { email }) => accountsAt(scope, [email]),
  async run(step, { email, role, roles, ...terms }) {
    refuseDirectAdd(step)
    checkRolesGiven({ role, roles })
    const placed = await placeMember(step, { ...email, ...terms, roles: await rolesOf(step, { role, roles }) })
    const { member, created, events, mail } = placed
    return { result: { member, created }, events, mails: mail ? [mail] : [] }
  },
})
