import { z } from 'zod'
import { TenancyError } from '../../errors.js'
import { isOwnerOf } from '../../policy/invariants.js'
import { memberCommand } from '../command.js'
import { userIdOf } from '../actor.js'
import { tenantsOfLoans } from '../resources/held-tenants.js'
import { depart } from './depart.js'
import { memberNotFound } from './load-member.js'

/** Ends one's own membership. The owner hands the tenant over first. */
export const leaveTenant = memberCommand({
  input: z.undefined(),
  permission: null,
  otherTenants: (scope) => tenantsOfLoans(scope, userIdOf(scope.actor) ?? undefined),
  async run(step) {
    const { tenant, user, membership } = step
    if (step.byOrganizationAlone) throw memberNotFound()
    if (isOwnerOf(tenant, user.id))
      throw new TenancyError('owner_must_stay', 'Hand the tenant over before leaving it', {})
    const { revokedInvitationIds, events } = await depart(step, { user, tenant, membership, ending: 'left' })
    const data = { roles: membership.roles, revokedInvitationIds }
    return {
      result: undefined,
      events: [{ type: 'member.left', target: { type: 'member', id: user.id }, data }, ...events],
    }
  },
})
