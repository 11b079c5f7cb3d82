import { TenancyError } from '../../../errors.js'
import type { Invitation } from '../../../model/invitation.js'
import type { TenantStep } from '../../pipeline/command.js'

/** An invitation of this tenant that nobody has resolved yet; it may have expired. */
export async function loadPendingInvitation({ tx, tenantId }: TenantStep, id: string): Promise<Invitation> {
  const invitation = await tx.invitations.find({ tenantId, id })
  if (!invitation) throw invitationNotFound()
  if (invitation.status === 'pending') return invitation
  throw new TenancyError('conflict', `The invitation is ${invitation.status} already`, {})
}

/** The invitation of a user to this tenant that nobody has resolved yet; it may have expired. */
export async function loadInvitationOf({ tx, tenantId }: TenantStep, userId: string): Promise<Invitation> {
  const user = await tx.users.find(userId)
  const invitation = user && (await tx.invitations.findPending({ tenantId, emailKey: user.emailKey }))
  if (!invitation) throw invitationNotFound()
  return invitation
}

function invitationNotFound(): TenancyError {
  return new TenancyError('invitation_not_found', 'No such invitation', {})
}
