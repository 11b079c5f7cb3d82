import { z } from 'zod'
import { Id } from '../../../model/id.js'
import { mayAcceptAs } from '../../../policy/authority.js'
import type { Role } from '../../../policy/policy.js'
import { requireUserId } from '../../pipeline/actor.js'
import { globalCommand } from '../../pipeline/command.js'
import type { GlobalStep } from '../../pipeline/command.js'
import { insufficientRank } from '../../steps/members/load-member.js'
import { DEFAULT_ROLE } from '../../steps/members/on-return.js'
import { assignableRole } from '../../steps/roles/assignable-role.js'
import { findRole } from '../../steps/roles/find-role.js'
import { joinByInvitation } from '../../steps/invitations/join-by-invitation.js'
import type { OpenInvitation } from '../../steps/invitations/open-invitation.js'
import { myInvitation } from '../../steps/invitations/my-invitation.js'

/**
 * Makes the caller a member of a tenant that has invited their proven address, without the token. They say as what:
 * as the role that is offered, or as less.
 */
export const acceptMyInvitation = globalCommand({
  input: z.strictObject({
    tenantId: Id,
    /** Default: `member`, or what is offered where that is less. */
    role: z.string().optional(),
  }),
  who: 'user',
  async prepare({ actor }, { tenantId }) {
    return { locks: { tenants: [tenantId], users: [requireUserId(actor)] }, scope: { tenantId }, found: null }
  },
  async run(step, { tenantId, role: wanted }) {
    const offer = await myInvitation(step, tenantId)
    const role = wanted === undefined ? await usualRole(step, offer) : await wantedRole(step, offer, wanted)
    const { membership, event } = await joinByInvitation(step, { ...offer, role })
    return { result: { tenant: offer.tenant, membership }, events: [event] }
  },
})

async function usualRole({ context, tx }: GlobalStep, { tenant, role: offered }: OpenInvitation): Promise<Role> {
  const usual = await findRole(context, tx, { tenantId: tenant.id, key: DEFAULT_ROLE })
  return usual && mayAcceptAs(offered, usual) ? usual : offered
}

async function wantedRole(
  { context, tx }: GlobalStep,
  { tenant, role: offered }: OpenInvitation,
  key: string,
): Promise<Role> {
  const role = await assignableRole(context, tx, { tenantId: tenant.id, key })
  if (!mayAcceptAs(offered, role)) throw insufficientRank()
  return role
}
