import type { NewEvent } from '../../../events.js'
import type { Membership } from '../../../model/membership.js'
import type { User } from '../../../model/user.js'
import type { GlobalStep } from '../../pipeline/command.js'
import { insertMembership } from '../members/insert-membership.js'
import { invalidToken } from './open-invitation.js'
import type { OpenInvitation } from './open-invitation.js'

/** Who joins, and as what: no more than the invitation offers. */
type JoiningUser = OpenInvitation & { readonly user: User }

/** Turns an open invitation into a membership, within the limits of the tenant and of the user. */
export async function joinByInvitation(
  step: GlobalStep,
  { invitation, tenant, user, role, inviter }: JoiningUser,
): Promise<{ readonly membership: Membership; readonly event: NewEvent }> {
  const { tx, now } = step
  const { id, inviterId } = invitation
  const membership = await insertMembership(step, { tenant, user, role, invitedBy: inviterId, grantor: inviter })
  const resolved = await tx.invitations.resolve({ tenantId: tenant.id, id, status: 'accepted', at: now })
  if (!resolved) throw invalidToken()
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
