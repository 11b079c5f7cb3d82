import type { NewEvent } from '../../events.js'
import type { Invitation } from '../../model/invitation.js'
import type { Membership } from '../../model/membership.js'
import type { Tenant } from '../../model/tenant.js'
import type { User } from '../../model/user.js'
import type { DirectoryStep } from '../command.js'
import { admitMember } from '../members/admit-member.js'
import { invalidToken } from './open-invitation.js'

/** Turns an open invitation into a membership, within the limits of the tenant and of the user. */
export async function joinByInvitation(
  step: DirectoryStep,
  { invitation, tenant, user }: { readonly invitation: Invitation; readonly tenant: Tenant; readonly user: User },
): Promise<{ readonly membership: Membership; readonly event: NewEvent }> {
  const { tx, now } = step
  const { id, role, inviterId } = invitation
  const membership = await admitMember(step, { tenant, user, role, invitedBy: inviterId })
  const settled = await tx.invitations.settle({ tenantId: tenant.id, id, status: 'accepted', at: now })
  if (!settled) throw invalidToken()
  return {
    membership,
    event: {
      type: 'member.joined',
      scope: { tenantId: tenant.id },
      target: { type: 'member', id: user.id },
      data: { role, via: 'invitation', invitationId: id },
    },
  }
}
