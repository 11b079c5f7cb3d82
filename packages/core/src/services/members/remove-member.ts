import { z } from 'zod'
import { Id } from '../../model/id.js'
import { mayRemove } from '../../policy/authority.js'
import { tenantCommand } from '../command.js'
import { tenantsOfLoans } from '../resources/held-tenants.js'
import { expel } from './expel.js'
import { loadMember, outOfAuthority } from './load-member.js'

/** Ends somebody else's membership, and the pending invitations they sent. */
export const removeMember = tenantCommand({
  input: z.strictObject({ userId: Id }),
  permission: 'member:remove',
  otherThanSelf: ({ userId }) => userId,
  otherTenants: (scope, { userId }) => tenantsOfLoans(scope, userId),
  async run(step, { userId }) {
    const { context, tx, tenantId, subject } = step
    const { member, target } = await loadMember(context, tx, { tenantId, userId })
    if (!mayRemove(subject, target)) throw outOfAuthority()
    return expel(step, member)
  },
})
