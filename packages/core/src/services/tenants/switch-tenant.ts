import { z } from 'zod'
import { TenancyError } from '../../errors.js'
import { requireUserId } from '../actor.js'
import { loadStanding, requireTenantId } from '../authorize.js'
import { directoryCommand } from '../command.js'
import { beThere } from '../members/be-there.js'

/** Makes a tenant the one the caller works in when a request names none. */
export const switchTenant = directoryCommand({
  input: z.strictObject({ tenantId: z.string() }),
  who: 'user',
  async prepare({ actor }, input) {
    const userId = requireUserId(actor)
    requireTenantId(input)
    return { locks: { users: [userId] }, scope: { userId }, found: null }
  },
  async run({ context, tx, actor, now }, { tenantId }) {
    const userId = requireUserId(actor)
    const standing = await loadStanding(context, tx, { tenantId, userId })
    const { tenant, membership, byOrganizationAlone } = standing
    // Without a membership it would be the current one only until the next look.
    if (byOrganizationAlone) throw new TenancyError('forbidden', 'Only a tenant one is a member of can be current', {})
    await beThere(tx, standing, now)
    await tx.users.setState({ id: userId, set: { currentTenantId: tenantId } })
    return {
      result: { tenant, membership },
      events: [{ type: 'user.switched_tenant', target: { type: 'tenant', id: tenantId }, data: { tenantId } }],
    }
  },
})
