import type { NewEvent } from '../../events.js'
import type { Membership } from '../../model/membership.js'
import type { User } from '../../model/user.js'
import type { DirectoryStep } from '../command.js'
import { admitMember } from '../members/admit-member.js'
import { invalidToken } from './open-invitation.js'
import type { OpenInvitation } from './open-invitation.js'

/** Who joins, and as what: no more than the invitation offers. */
type Joining = OpenInvitation & { readonly user: User }

/** Turns an open invitation into a membership, within the limits of the tenant and of the user. */
export async function joinByInvitation(
  step: DirectoryStep,
  { invitation, tenant, user, role, inviter }: Joining,
): Promise<{ readonly membership: Membership; readonly event: NewEvent }> {
  const { tx, now } = step
  const { id, inviterId } = invitation
  const membership = await admitMember(step, { tenant, user, role, invitedBy: inviterId, grantor: inviter })
  const settled = await tx.invitations.settle({ tenantId: tenant.id, id, status: 'accepted', at: now })
  if (!settled) throw invalidToken()
  return {
    membership,
    event: {
      type: 'member.joined',
      scope: { tenantId: tenant.id },
      target: { type: 'member', id: user.id },
      data: { role: role.key, via: 'invitation', invitationId: id },
    },
  }
}
