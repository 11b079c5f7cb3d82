import type { NewEvent } from '../../../events.js'
import type { FormerMember } from '../../../model/former-member.js'
import type { Membership } from '../../../model/membership.js'
import type { Tenant } from '../../../model/tenant.js'
import type { TenantStep } from '../../pipeline/command.js'
import { endShares, reassignToOwner } from '../resources/release-resources.js'

interface ClosedMembership {
  readonly revokedInvitationIds: readonly string[]
  /** What became of their resources. */
  readonly events: readonly NewEvent[]
}

/**
 * Ends a membership, and all that would outlive it: the invitations that the member sent, one to the member's own
 * address, which would let them back in, and what they have shared into the tenant or out of it. What they were is kept for
 * when they come back.
 */
export async function closeMembership(
  step: Pick<TenantStep, 'context' | 'tx' | 'now' | 'locks'>,
  {
    user,
    tenant,
    membership,
    ending,
  }: {
    readonly user: { readonly id: string; readonly emailKey: string }
    readonly tenant: Tenant
    readonly membership: Pick<Membership, 'roles' | 'overrides'>
    /** How they go; `deleted` where the account goes, too. */
    readonly ending: FormerMember['ending'] | 'deleted'
  },
): Promise<ClosedMembership> {
  const { context, tx, now } = step
  const [tenantId, userId] = [tenant.id, user.id]
  await tx.memberships.delete({ tenantId, userId })
  const { roles, overrides } = membership
  if (ending !== 'deleted') await tx.formerMembers.put({ tenantId, userId, roles, overrides, ending, endedAt: now })
  const returned = await endShares(step, { tenantId, userId })
  const stay = context.removedMemberResources === 'keep' && ending !== 'deleted'
  const passed = stay ? [] : await reassignToOwner(step, { tenant, userId })
  const events = [...returned, ...passed]
  const sent = await tx.invitations.revokeByInviter({ tenantId, inviterId: userId, at: now })
  const received = await tx.invitations.findPending({ tenantId, emailKey: user.emailKey })
  if (!received) return { revokedInvitationIds: sent, events }
  await tx.invitations.resolve({ tenantId, id: received.id, status: 'revoked', at: now })
  return { revokedInvitationIds: [...sent, received.id], events }
}
