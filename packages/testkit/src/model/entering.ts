import { opens } from './issuing.js'
import { memberOf } from './model.js'
import type { Model, ModelInvitation } from './model.js'
import { denialsOnReturn } from './role-rules.js'

/** A token opens only what it was last given for; a resolved invitation has none. */
export function openedBy(model: Model, token: string): ModelInvitation | null {
  const invitation = model.invitations.find((one) => isOf(one, token))
  return opens(model, invitation) ? invitation : null
}

/** Whether a token still belongs to an invitation that waits, opened by it or not. */
export function isWaiting(model: Model, token: string): boolean {
  return model.invitations.some((one) => isOf(one, token) && one.status === 'pending')
}

export function isOf({ token, emailedToken }: ModelInvitation, one: string): boolean {
  return token === one || emailedToken === one
}

export function join(model: Model, invitation: ModelInvitation, userId: string): void {
  const { tenantId, role, inviterId } = invitation
  Object.assign(invitation, { status: 'accepted', resolvedAt: model.now })
  model.members.push({
    tenantId,
    userId,
    roles: [role],
    active: true,
    overrides: denialsOnReturn(model, { actorId: inviterId, tenantId }, userId, role),
    invitedBy: inviterId,
    isUnseen: false,
    createdAt: model.now,
  })
}

/** Whether somebody is in a tenant, or will be with what they inherit. */
export function isIn(model: Model, tenantId: string, ids: readonly string[]): boolean {
  return ids.some((id) => memberOf(model, tenantId, id) !== undefined)
}
