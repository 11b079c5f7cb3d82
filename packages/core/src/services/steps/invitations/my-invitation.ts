import { TenancyError } from '../../../errors.js'
import type { User } from '../../../model/user.js'
import { isInvitee } from '../../../policy/invariants.js'
import { unauthenticated } from '../../pipeline/actor.js'
import type { GlobalStep } from '../../pipeline/command.js'
import { stillOffered } from './open-invitation.js'
import type { OpenInvitation } from './open-invitation.js'

/**
 * The invitation that a tenant has sent to the caller's own address. Without its token, the address must be proven: to
 * everybody else there is none.
 */
export async function myInvitation(
  { context, tx, user, now }: GlobalStep,
  tenantId: string,
): Promise<OpenInvitation & { readonly user: User }> {
  if (!user) throw unauthenticated()
  const invitation = await tx.invitations.findPending({ tenantId, emailKey: user.emailKey })
  const opened = invitation && isInvitee(invitation, user) && (await stillOffered(context, tx, { invitation, now }))
  if (opened) return { ...opened, user }
  throw new TenancyError('invitation_not_found', 'No open invitation to an address that is proven yours', {})
}
