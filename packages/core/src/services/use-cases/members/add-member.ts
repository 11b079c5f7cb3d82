import { z } from 'zod'
import { EmailInput } from '../../../model/email.js'
import { tenantCommand } from '../../pipeline/command.js'
import { addOne } from '../../steps/members/add-one.js'
import { accountsAt, refuseDirectAdd } from '../../steps/members/allow-direct-add.js'
import { checkRolesGiven, memberFields, rolesOf } from '../../steps/members/member-fields.js'

/**
 * Makes the account of an address a member at once, without an invitation; an address that has none gets an account
 * without a password. They are told by mail. An account that is there is changed in nothing, and one whose address nobody
 * has proven is invited instead, as it may be a stranger's: to the highest of the roles, which needs `invitation:create`.
 */
export const addMember = tenantCommand({
  input: z.strictObject({ email: EmailInput, ...memberFields }),
  permission: 'member:add',
  people: (scope, { email }) => accountsAt(scope, [email]),
  async run(step, { email, role, roles, ...terms }) {
    refuseDirectAdd(step)
    checkRolesGiven({ role, roles })
    const done = await addOne(step, { ...email, ...terms, roles: await rolesOf(step, { role, roles }) })
    return { result: done.result, events: done.events, emails: done.mail ? [done.mail] : [] }
  },
})
