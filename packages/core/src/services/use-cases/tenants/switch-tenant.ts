import { z } from 'zod'
import { TenancyError } from '../../../errors.js'
import { requireUserId } from '../../pipeline/actor.js'
import { resolveAccess, requireTenantId } from '../../pipeline/authorize.js'
import { globalCommand } from '../../pipeline/command.js'
import { markSeen } from '../../pipeline/mark-seen.js'

/** Makes a tenant the one the caller works in when a request names none. */
export const switchTenant = globalCommand({
  input: z.strictObject({ tenantId: z.string() }),
  who: 'user',
  async prepare({ actor }, input) {
    const userId = requireUserId(actor)
    requireTenantId(input)
    return { locks: { users: [userId] }, scope: { userId }, found: null }
  },
  async run({ context, tx, actor, now }, { tenantId }) {
    const userId = requireUserId(actor)
    const tenantAccess = await resolveAccess(context, tx, { tenantId, userId })
    const { tenant, membership, viaOrganization } = tenantAccess
    // Without a membership it would be the current one only until the next look.
    if (viaOrganization) throw new TenancyError('forbidden', 'Only a tenant one is a member of can be current', {})
    await markSeen(tx, tenantAccess, now)
    await tx.users.setState({ id: userId, set: { currentTenantId: tenantId } })
    return {
      result: { tenant, membership },
      events: [{ type: 'user.current_tenant_changed', target: { type: 'tenant', id: tenantId }, data: { tenantId } }],
    }
  },
})
