import { z } from 'zod'
import { TenancyError } from '../../../errors.js'
import { isOwnerOf } from '../../../policy/invariants.js'
import { memberCommand } from '../../pipeline/command.js'
import { userIdOf } from '../../pipeline/actor.js'
import { tenantsOfShares } from '../../steps/resources/locked-tenants.js'
import { closeMembership } from '../../steps/members/close-membership.js'
import { memberNotFound } from '../../steps/members/load-member.js'

/** Ends one's own membership. The owner hands the tenant over first. */
export const leaveTenant = memberCommand({
  input: z.undefined(),
  permission: null,
  otherTenants: (scope) => tenantsOfShares(scope, userIdOf(scope.actor) ?? undefined),
  async run(step) {
    const { tenant, user, membership } = step
    if (step.viaOrganization) throw memberNotFound()
    if (isOwnerOf(tenant, user.id))
      throw new TenancyError('owner_required', 'Transfer ownership before leaving the tenant', {})
    const { revokedInvitationIds, events } = await closeMembership(step, { user, tenant, membership, ending: 'left' })
    const data = { roles: membership.roles, revokedInvitationIds }
    return {
      result: undefined,
      events: [{ type: 'member.left', target: { type: 'member', id: user.id }, data }, ...events],
    }
  },
})
