import type { Member } from '../../../model/membership.js'
import type { TenantStep } from '../../pipeline/command.js'
import type { Outcome } from '../../pipeline/outcome.js'
import { closeMembership } from './close-membership.js'

/** Ends a membership, and tells so. */
export async function endMembership(step: TenantStep, member: Member): Promise<Outcome<Member>> {
  const user = await step.tx.users.find(member.userId)
  const { revokedInvitationIds, events } = await closeMembership(step, {
    user: user ?? member.user,
    tenant: step.tenant,
    membership: member,
    ending: member.userId === step.membership?.userId ? 'left' : 'removed',
  })
  const target = { type: 'member', id: member.userId } as const
  const data = { roles: member.roles, revokedInvitationIds }
  return { result: member, events: [{ type: 'member.removed', target, data }, ...events] }
}
