import fc from 'fast-check'
import { command } from '../command.js'
import { issue, mayIssue, renew } from '../issuing.js'
import { addressKey } from '../model.js'
import type { Model } from '../model.js'
import { acting, address, number, pickActing, pickInvitation, role } from '../picks.js'
import type { Acting } from '../picks.js'
import { mayInvite } from '../role-rules.js'
import { firstOf, may, refuseIf } from '../rules.js'

export const inviteMember = command({
  name: 'invite one',
  picks: fc.record({ by: acting, email: address, role }),
  resolve(model, { by, ...terms }) {
    const who = pickActing(model, by)
    return who && { ...who, ...terms }
  },
  sentence: ({ actorId, tenantId, email, role }) => `${actorId} invites ${email} to ${tenantId} as ${role}`,
  predict: (model, input) =>
    firstOf(
      () => may(model, input, 'invitation:create'),
      () => mayInvite(model, input, input.role),
      () => mayIssue(model, input.tenantId, input.email),
    ),
  act: ({ tenancy }, { actorId, tenantId, email, role }) =>
    tenancy.as({ userId: actorId }).in(tenantId).members.invite({ email, role }),
  apply: (model, input, { invitation, link }) => issue(model, { ...input, id: invitation.id, link }),
})

const NO_ADDRESS = 'nobody at all'

export const inviteMembers = command({
  name: 'invite many',
  picks: fc.record({
    by: acting,
    emails: fc.array(fc.oneof({ weight: 6, arbitrary: address }, { weight: 1, arbitrary: fc.constant(NO_ADDRESS) }), {
      minLength: 1,
      maxLength: 4,
    }),
    role,
  }),
  resolve(model, { by, ...terms }) {
    const who = pickActing(model, by)
    return who && { ...who, ...terms }
  },
  sentence: ({ actorId, tenantId, emails, role }) =>
    `${actorId} invites ${emails.join(', ')} to ${tenantId} as ${role}`,
  predict: (model, input) =>
    firstOf(
      () => may(model, input, 'invitation:create'),
      () => mayInvite(model, input, input.role),
    ),
  act: ({ tenancy }, { actorId, tenantId, emails, role }) =>
    tenancy.as({ userId: actorId }).in(tenantId).members.inviteMany({ emails, role }),
  apply(model, input, results) {
    // Each address once, as it was written first; one that is refused fails alone.
    const isFirst = (email: string, at: number) =>
      input.emails.findIndex((other) => addressKey(other) === addressKey(email)) === at
    const emails = input.emails.filter(isFirst)
    if (results.length !== emails.length) throw new Error(`${emails.length} addresses got ${results.length} results.`)
    for (const [at, email] of emails.entries()) {
      const result = results[at]
      const expected = email === NO_ADDRESS ? 'invalid_email' : mayIssue(model, input.tenantId, email)
      const got = result?.status === 'failed' ? result.error.code : null
      if (got !== expected) throw new Error(`The model says ${expected ?? 'ok'} for ${email}, not ${got ?? 'ok'}.`)
      if (result?.status === 'invited') issue(model, { ...input, email, id: result.invitation.id, link: result.link })
    }
  },
})

const onInvitation = fc.record({ by: acting, invitation: number })

function resolveOnInvitation(
  model: Model,
  picks: typeof onInvitation extends fc.Arbitrary<infer Picks> ? Picks : never,
) {
  const who = pickActing(model, picks.by)
  const invitation = who && pickInvitation(model, who.tenantId, picks.invitation)
  return invitation && { ...who, invitationId: invitation.id }
}

type OnInvitation = Acting & { readonly invitationId: string }

/** Another tenant's invitation is one that does not exist. */
const invitationOf = (model: Model, { tenantId, invitationId }: OnInvitation) =>
  model.invitations.find((invitation) => invitation.tenantId === tenantId && invitation.id === invitationId)

function mayTouch(model: Model, input: OnInvitation, permission: string) {
  const invitation = invitationOf(model, input)
  return firstOf(
    () => may(model, input, permission),
    () => refuseIf(!invitation, 'invitation_not_found'),
    () => refuseIf(invitation?.status !== 'pending', 'conflict'),
  )
}

export const resendInvitation = command({
  name: 'resend an invitation',
  picks: onInvitation,
  resolve: resolveOnInvitation,
  sentence: ({ actorId, tenantId, invitationId }) => `${actorId} resends ${invitationId} of ${tenantId}`,
  predict(model, input: OnInvitation) {
    const invitation = invitationOf(model, input)
    return firstOf(
      () => mayTouch(model, input, 'invitation:create'),
      () => mayInvite(model, input, invitation?.role ?? ''),
      () => mayIssue(model, input.tenantId, invitation?.email ?? ''),
    )
  },
  act: ({ tenancy }, { actorId, tenantId, invitationId }) =>
    tenancy.as({ userId: actorId }).in(tenantId).invitations.resend({ invitationId }),
  apply(model, input, { link }) {
    const invitation = invitationOf(model, input)
    if (invitation) renew(model, invitation, { ...input, role: invitation.role, link })
  },
})

export const revokeInvitation = command({
  name: 'revoke an invitation',
  picks: onInvitation,
  resolve: resolveOnInvitation,
  sentence: ({ actorId, tenantId, invitationId }) => `${actorId} revokes ${invitationId} of ${tenantId}`,
  predict: (model, input: OnInvitation) => mayTouch(model, input, 'invitation:revoke'),
  act: ({ tenancy }, { actorId, tenantId, invitationId }) =>
    tenancy.as({ userId: actorId }).in(tenantId).invitations.revoke({ invitationId }),
  apply(model, input) {
    Object.assign(invitationOf(model, input) ?? {}, { status: 'revoked', resolvedAt: model.now })
    const { actorId, tenantId, invitationId } = input
    model.events.push({ chain: tenantId, type: 'invitation.revoked', actorId, targetId: invitationId })
  },
})
