import { z } from 'zod'
import { Id } from '../../model/id.js'
import { mayRemove } from '../../policy/authority.js'
import { isOwnerOf } from '../../policy/invariants.js'
import { tenantCommand } from '../command.js'
import { tenantsOfLoans } from '../resources/held-tenants.js'
import { expel } from './expel.js'
import { ownerMustStay } from './load-governable.js'
import { loadMember, outOfAuthority } from './load-member.js'

/**
 * Ends a membership, one's own included, for whoever may remove members. The owner stays, so that somebody who may
 * manage always remains.
 */
export const dismissMember = tenantCommand({
  input: z.strictObject({ userId: Id }),
  permission: 'member:remove',
  otherTenants: (scope, { userId }) => tenantsOfLoans(scope, userId),
  async run(step, { userId }) {
    const { context, tx, tenant, tenantId, subject } = step
    const { member, target } = await loadMember(context, tx, { tenantId, userId })
    if (isOwnerOf(tenant, userId)) throw ownerMustStay()
    if (!mayRemove(subject, target)) throw outOfAuthority()
    return expel(step, member)
  },
})
