import { LIFETIMES, LIMITS } from './declaration.js'
import { addressKey, invitationsOf, isOpen, memberOf, userAt } from './model.js'
import type { Model, ModelInvitation } from './model.js'
import { mayInvite } from './role-rules.js'
import { firstOf, may, refuseIf, seatLeft } from './rules.js'
import type { Refusal } from './rules.js'

/** What one address meets on its way into a tenant, invited or added. */
export function mayEnter(model: Model, tenantId: string, email: string): Refusal {
  const known = userAt(model, email)
  return firstOf(
    () => refuseIf(known !== undefined && memberOf(model, tenantId, known.id) !== undefined, 'already_member'),
    () => refuseIf(declinedLately(model, tenantId, email), 'recently_declined'),
    () => seatLeft(model, tenantId),
  )
}

/** What an invitation of one address meets, once the inviter may invite with that role. */
export function mayIssue(model: Model, tenantId: string, email: string): Refusal {
  return firstOf(
    () => mayEnter(model, tenantId, email),
    () => mayOpen(model, tenantId, pendingOf(model, tenantId, email)),
  )
}

/** At most so many invitations of a tenant are open at once; renewing an open one adds none. */
function mayOpen(model: Model, tenantId: string, renewed: ModelInvitation | undefined): Refusal {
  const open = invitationsOf(model, tenantId).filter((invitation) => isOpen(invitation, model.now))
  const isAnother = renewed === undefined || !open.includes(renewed)
  return refuseIf(isAnother && open.length >= LIMITS.pendingInvitationsPerTenant, 'invitation_limit_exceeded')
}

function declinedLately(model: Model, tenantId: string, email: string): boolean {
  return invitationsOf(model, tenantId).some(
    (invitation) =>
      invitation.status === 'declined' &&
      addressKey(invitation.email) === addressKey(email) &&
      model.now - (invitation.resolvedAt ?? 0) < LIFETIMES.inviteCooldown,
  )
}

export function pendingOf(model: Model, tenantId: string, email: string): ModelInvitation | undefined {
  return invitationsOf(model, tenantId).find(
    (invitation) => invitation.status === 'pending' && addressKey(invitation.email) === addressKey(email),
  )
}

interface Terms {
  readonly actorId: string
  readonly tenantId: string
  readonly role: string
  readonly link: string | null
}

/** One pending invitation per address: inviting it again renews the one there is. */
export function issue(model: Model, given: Terms & { readonly id: string; readonly email: string }): void {
  const { actorId, tenantId, role, id, email } = given
  const pending = pendingOf(model, tenantId, email)
  if (pending) return renew(model, pending, given)
  const tokens = tokensOf(given.link)
  model.invitations.push({
    id,
    tenantId,
    email,
    role,
    status: 'pending',
    inviterId: actorId,
    expiresAt: model.now + LIFETIMES.invitation,
    resolvedAt: null,
    ...tokens,
  })
  model.invitationTokens.push(tokens.emailedToken, tokens.token)
  model.events.push({ chain: tenantId, type: 'invitation.created', actorId, targetId: id })
  model.mailed.push(email)
}

/** A new token in place of the earlier one, a new expiry, and the inviter is whoever did it. */
export function renew(model: Model, invitation: ModelInvitation, { actorId, tenantId, role, link }: Terms): void {
  const tokens = tokensOf(link)
  const expiresAt = model.now + LIFETIMES.invitation
  Object.assign(invitation, { role, inviterId: actorId, expiresAt, ...tokens })
  model.invitationTokens.push(tokens.emailedToken, tokens.token)
  model.events.push({ chain: tenantId, type: 'invitation.resent', actorId, targetId: invitation.id })
  model.mailed.push(invitation.email)
}

/** Tokens are counted, and made in pairs, the mailed one first. */
function tokensOf(link: string | null): Pick<ModelInvitation, 'token' | 'emailedToken'> {
  const token = link?.split('token=')[1]
  if (token === undefined) throw new Error('An invitation came without its link.')
  const number = String(Number(token.slice('token-'.length)) - 1)
  return { token, emailedToken: `token-${number.padStart(5, '0')}` }
}

/** An invitation opens something while it is pending, in time, its tenant active, and its inviter could still send it. */
export function opens(model: Model, invitation: ModelInvitation | undefined): invitation is ModelInvitation {
  if (invitation?.status !== 'pending' || invitation.expiresAt <= model.now) return false
  const inviting = { tenantId: invitation.tenantId, actorId: invitation.inviterId }
  return may(model, inviting, 'invitation:create') === null && mayInvite(model, inviting, invitation.role) === null
}
