import { z } from 'zod'
import { TenancyError } from '../../errors.js'
import { requireUserId } from '../actor.js'
import { loadStanding, requireTenantId } from '../authorize.js'
import { directoryCommand } from '../command.js'

/** Makes a tenant the one the caller works in when a request names none. */
export const switchTenant = directoryCommand({
  input: z.strictObject({ tenantId: z.string() }),
  who: 'user',
  async prepare({ actor }, input) {
    const userId = requireUserId(actor)
    requireTenantId(input)
    return { locks: { users: [userId] }, scope: { userId }, found: null }
  },
  async run({ context, tx, actor }, { tenantId }) {
    const userId = requireUserId(actor)
    const { tenant, membership, byOrganizationAlone } = await loadStanding(context, tx, { tenantId, userId })
    // Without a membership it would be the current one only until the next look.
    if (byOrganizationAlone) throw new TenancyError('forbidden', 'Only a tenant one is a member of can be current', {})
    await tx.users.update({ id: userId, set: { currentTenantId: tenantId } })
    return {
      result: { tenant, membership },
      events: [{ type: 'user.switched_tenant', target: { type: 'tenant', id: tenantId }, data: { tenantId } }],
    }
  },
})
