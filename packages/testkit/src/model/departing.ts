import { addressKey, drop, invitationsOf, userOf } from './model.js'
import type { Model, ModelInvitation } from './model.js'

/** Whoever goes, leaves no usable invitation behind: none they sent, and none that would let them back in. */
export function depart(model: Model, tenantId: string, userId: string): void {
  drop(model.members, (member) => member.tenantId === tenantId && member.userId === userId)
  const address = addressKey(userOf(model, userId)?.email ?? '')
  revokePending(model, tenantId, ({ inviterId, email }) => inviterId === userId || addressKey(email) === address)
}

export function revokeSentBy(model: Model, tenantId: string, userId: string): void {
  revokePending(model, tenantId, ({ inviterId }) => inviterId === userId)
}

function revokePending(model: Model, tenantId: string, fits: (invitation: ModelInvitation) => boolean): void {
  for (const invitation of invitationsOf(model, tenantId)) {
    if (invitation.status !== 'pending' || !fits(invitation)) continue
    Object.assign(invitation, { status: 'revoked', settledAt: model.now })
  }
}
