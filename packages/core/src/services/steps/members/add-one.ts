import { TenancyError } from '../../../errors.js'
import type { NewEvent } from '../../../events.js'
import type { MemberMetadata } from '../../../model/membership.js'
import { mayBeAddedUnasked } from '../../../policy/invariants.js'
import { authorize } from '../../pipeline/authorize.js'
import type { TenantStep } from '../../pipeline/command.js'
import { issueInvitation, refuseMember } from '../invitations/issue-invitation.js'
import type { IssuedInvitation } from '../invitations/issue-invitation.js'
import type { EmailMessage } from '../../pipeline/email-message.js'
import { addMembership } from './add-membership.js'
import type { AddedMember, MemberTerms } from './add-membership.js'

/**
 * What became of somebody who was to be added: a member at once, or invited, because their account has an address that
 * nobody has proven and may be a stranger's.
 */
export type Addition<Role extends string = string, Metadata = MemberMetadata> =
  ({ readonly status: 'added' } & AddedMember<Role, Metadata>) | ({ readonly status: 'invited' } & IssuedInvitation)

interface Done {
  readonly result: Addition
  readonly events: readonly NewEvent[]
  readonly mail: EmailMessage | null
}

/** Adds one address, or invites it where its account may be a stranger's. */
export async function addOne(step: TenantStep, terms: MemberTerms): Promise<Done> {
  const known = await step.tx.users.findByEmailKey(terms.emailKey)
  if (known && !mayBeAddedUnasked(known)) return inviteInstead(step, terms)
  return addOneMember(step, terms)
}

/** Adds one account, whosever its address is. */
export async function addOneMember(step: TenantStep, terms: MemberTerms): Promise<Done> {
  const { member, created, events, mail } = await addMembership(step, terms)
  return { result: { status: 'added', member, created }, events, mail }
}

/** An invitation offers one role: the highest of those that were to be given. */
async function inviteInstead(
  step: TenantStep,
  { email, emailKey, roles, active, language, notify }: MemberTerms,
): Promise<Done> {
  await refuseMember(step, emailKey)
  authorize(step.context, step, 'invitation:create')
  const [role] = [...roles].sort((a, b) => b.rank - a.rank)
  if (!role || !active) {
    const message = 'active: this account has no proven address, so it can only be invited, as active'
    throw new TenancyError('invalid_input', message, { field: 'active' })
  }
  if (notify === false)
    throw new TenancyError(
      'conflict',
      'This account has no proven address: add it by its userId, or let it be notified',
      {},
    )
  return inviteOne(step, { email, emailKey, role, language: language ?? step.user?.language ?? null })
}

export async function inviteOne(step: TenantStep, terms: Parameters<typeof issueInvitation>[1]): Promise<Done> {
  const { invitation, link, event, mail } = await issueInvitation(step, terms)
  return { result: { status: 'invited', invitation, link }, events: [event], mail }
}
