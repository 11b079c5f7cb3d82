import { TenancyError } from '../../errors.js'
import type { Invitation } from '../../model/invitation.js'
import type { TenantStep } from '../command.js'

/** An invitation of this tenant that nobody has settled yet; it may have expired. */
export async function loadPendingInvitation({ tx, tenantId }: TenantStep, id: string): Promise<Invitation> {
  const invitation = await tx.invitations.find({ tenantId, id })
  if (!invitation) throw new TenancyError('invitation_not_found', 'No such invitation', {})
  if (invitation.status === 'pending') return invitation
  throw new TenancyError('conflict', `The invitation is ${invitation.status} already`, {})
}
