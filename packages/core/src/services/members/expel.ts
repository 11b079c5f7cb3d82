import type { Member } from '../../model/membership.js'
import type { TenantStep } from '../command.js'
import type { Outcome } from '../outcome.js'
import { depart } from './depart.js'

/** Ends a membership, and tells so. */
export async function expel(step: TenantStep, member: Member): Promise<Outcome<Member>> {
  const user = await step.tx.users.find(member.userId)
  const { revokedInvitationIds, events } = await depart(step, {
    user: user ?? member.user,
    tenant: step.tenant,
    membership: member,
    ending: member.userId === step.membership?.userId ? 'left' : 'removed',
  })
  const target = { type: 'member', id: member.userId } as const
  const data = { roles: member.roles, revokedInvitationIds }
  return { result: member, events: [{ type: 'member.removed', target, data }, ...events] }
}
