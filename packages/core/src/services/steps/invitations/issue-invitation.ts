import { TenancyError } from '../../../errors.js'
import type { NewEvent } from '../../../events.js'
import type { Email } from '../../../model/email.js'
import type { Invitation } from '../../../model/invitation.js'
import { hasRoom } from '../../../policy/invariants.js'
import type { User } from '../../../model/user.js'
import type { Role } from '../../../policy/policy.js'
import type { TenantStep } from '../../pipeline/command.js'
import { tenantLimit } from '../../pipeline/limits.js'
import type { EmailMessage } from '../../pipeline/email-message.js'
import { checkSeats } from '../members/check-seats.js'
import { hashToken } from '../../pipeline/secrets.js'
import { refuseRecentlyDeclined } from './refuse-recently-declined.js'
import { invitationEmail } from './invitation-email.js'

/**
 * An invitation with a link that accepts it, whose token is not the mailed one: it lets in and proves no address. `link`
 * is `null` when the host keeps links to the mail alone.
 */
export interface IssuedInvitation {
  readonly invitation: Invitation
  readonly link: string | null
}

interface Issued extends IssuedInvitation {
  readonly event: NewEvent
  readonly mail: EmailMessage
}

/**
 * Invites one address, or renews the invitation it has. Everything that may refuse comes before anything is written.
 */
export async function issueInvitation(
  step: TenantStep,
  { email, emailKey, role, language }: Email & { readonly role: Role; readonly language: string | null },
): Promise<Issued> {
  const { context, tx, tenant, now } = step
  await refuseMember(step, emailKey)
  await refuseRecentlyDeclined(step, emailKey)
  await checkSeats(context, tx, tenant)
  const pending = await tx.invitations.findPending({ tenantId: tenant.id, emailKey })
  if (!pending || pending.expiresAt <= now) await checkPendingInvitations(step)
  const inviter = await inviterOf(step)
  const mailed = context.newToken()
  const revealed = context.returnInvitationLinks ? context.newToken() : null
  const terms = { role: role.key, inviterId: inviter.id, language, expiresAt: now + context.lifetimes.invitation }
  const invitation: Invitation = pending
    ? { ...pending, ...terms }
    : {
        id: context.newId(),
        tenantId: tenant.id,
        email,
        emailKey,
        ...terms,
        status: 'pending',
        createdAt: now,
        resolvedAt: null,
      }
  const mail = await invitationEmail(step, { invitation, inviter, role, token: mailed })
  const tokens = {
    // Nobody gets it where no mail is sent.
    mailed: context.outbox ? hashToken(mailed) : null,
    revealed: revealed === null ? null : hashToken(revealed),
  }
  if (pending) await tx.invitations.renew({ tenantId: tenant.id, id: pending.id, ...terms, tokens })
  else await tx.invitations.insert(invitation, tokens)
  return {
    invitation,
    link: revealed === null ? null : context.invitationLink(revealed),
    event: {
      type: pending ? 'invitation.resent' : 'invitation.created',
      target: { type: 'invitation', id: invitation.id },
      data: { email: invitation.email, role: role.key },
    },
    mail,
  }
}

/** Who answers for an invitation for as long as it is open: whoever sends it, and for an operator the owner. */
async function inviterOf({ tx, tenant, user, membership }: TenantStep): Promise<User> {
  const inviter = membership ? user : await tx.users.find(tenant.ownerId)
  if (inviter?.status === 'active') return inviter
  throw new TenancyError('conflict', 'The owner’s account is not active: hand the tenant over first', {})
}

export async function refuseMember({ tx, tenantId }: TenantStep, emailKey: string): Promise<void> {
  const known = await tx.users.findByEmailKey(emailKey)
  if (!known || !(await tx.memberships.find({ tenantId, userId: known.id }))) return
  throw new TenancyError('already_member', 'This person is a member already', {})
}

async function checkPendingInvitations({ context, tx, tenant, now }: TenantStep): Promise<void> {
  const limit = tenantLimit(context.limits.pendingInvitationsPerTenant, tenant)
  if (limit === undefined || hasRoom(limit, await tx.invitations.countOpen({ tenantId: tenant.id, now }))) return
  throw new TenancyError('invitation_limit_exceeded', `At most ${limit} pending invitations`, { limit })
}
