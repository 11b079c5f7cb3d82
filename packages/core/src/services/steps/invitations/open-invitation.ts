import { TenancyError } from '../../../errors.js'
import type { Invitation } from '../../../model/invitation.js'
import type { Tenant } from '../../../model/tenant.js'
import { mayInviteAs } from '../../../policy/authority.js'
import { decide, toSubject } from '../../../policy/decide.js'
import type { Subject } from '../../../policy/decide.js'
import { isOpen } from '../../../policy/invariants.js'
import type { Role } from '../../../policy/policy.js'
import type { LocatedInvitation } from '../../../storage/invitation-port.js'
import type { Reads } from '../../../storage/port.js'
import type { Scope } from '../../pipeline/command.js'
import type { Context } from '../../pipeline/context.js'
import { consumePerNetwork } from '../rate-limits/consume-per-network.js'
import { retryWhenBusy } from '../../pipeline/retry.js'
import { findRole } from '../roles/find-role.js'
import { hashToken } from '../../pipeline/secrets.js'

/** An invitation that can be accepted now, and what it offers. */
export interface OpenInvitation {
  readonly invitation: Invitation
  readonly tenant: Tenant
  readonly role: Role
  /** The inviter as they stand in the tenant now. */
  readonly inviter: Subject
}

export function invalidToken(): TenancyError {
  return new TenancyError('invalid_token', 'The token is wrong, used, replaced or expired', {})
}

/**
 * Which invitation a token belongs to. Wrong tokens are counted against the caller's network address; a host that rolls
 * back takes the count along, which a token of 256 bits can bear.
 */
export async function locateInvitation(scope: Scope, token: string): Promise<LocatedInvitation> {
  const { context } = scope
  const { read } = context.storage
  const key = await retryWhenBusy(() => read.invitations.locate(hashToken(token)), context)
  if (key) return key
  await consumePerNetwork(scope, 'invitationGuess')
  throw invalidToken()
}

/**
 * The invitation a token opens now, with its tenant: pending, not expired, the tenant active, the role still there, and
 * the inviter still entitled to give it. `null` for anything less.
 */
export async function openInvitation(
  context: Pick<Context, 'policy'>,
  reads: Pick<Reads, 'invitations' | 'access' | 'roles'>,
  { key, token, now }: { readonly key: LocatedInvitation; readonly token: string; readonly now: number },
): Promise<OpenInvitation | null> {
  const current = await reads.invitations.locate(hashToken(token))
  const invitation = await reads.invitations.find(key)
  return invitation && current?.id === key.id && current.by === key.by
    ? stillOffered(context, reads, { invitation, now })
    : null
}

/** {@link openInvitation} of one that was found by other means than its token. */
export async function stillOffered(
  context: Pick<Context, 'policy'>,
  reads: Pick<Reads, 'access' | 'roles'>,
  { invitation, now }: { readonly invitation: Invitation; readonly now: number },
): Promise<OpenInvitation | null> {
  if (!isOpen(invitation, now)) return null
  const { tenantId, inviterId } = invitation
  const facts = await reads.access.find({ tenantId, userId: inviterId })
  const role = await findRole(context, reads, { tenantId, key: invitation.role })
  if (!facts || !role) return null
  const inviter = toSubject(context.policy, facts)
  const entitled = decide(context.policy, inviter, 'invitation:create').allowed && mayInviteAs(inviter, role)
  return entitled ? { invitation, tenant: facts.tenant, role, inviter } : null
}
