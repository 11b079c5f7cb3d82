import { z } from 'zod'
import { TenancyError } from '../../errors.js'
import { isOwnerOf } from '../../policy/invariants.js'
import { tenantCommand } from '../command.js'
import { depart } from './depart.js'

/** Ends one's own membership. The owner hands the tenant over first. */
export const leaveTenant = tenantCommand({
  input: z.undefined(),
  permission: null,
  async run({ tx, tenant, user, membership: { roles }, now }) {
    if (isOwnerOf(tenant, user.id))
      throw new TenancyError('owner_must_stay', 'Hand the tenant over before leaving it', {})
    const revokedInvitationIds = await depart(tx, { user, tenantId: tenant.id, now })
    return {
      result: undefined,
      events: [{ type: 'member.left', target: { type: 'member', id: user.id }, data: { roles, revokedInvitationIds } }],
    }
  },
})
