import { userAt } from './model.js'
import type { Model, ModelInvitation, ModelUser } from './model.js'
import { isSpent, consume } from './rates.js'

/** What a guest bears who signs up by an invitation. */
export interface Bearing {
  readonly token: string
  readonly hasPassword: boolean
}

/**
 * What becomes of the account that has the invited address. The mailed token proves the address: it opens an account that
 * waits, or that has no password, for whoever gives it one, and takes the address from one without a proof. With the other,
 * a new account takes the place of one that waits in no tenant. `shut` is an address that is somebody's otherwise.
 */
export function entryOf(
  model: Model,
  { email, emailedToken }: ModelInvitation,
  { token, hasPassword }: Bearing,
): 'free' | 'opened' | 'replaced' | 'shut' {
  const holder = userAt(model, email)
  if (!holder) return 'free'
  const isActive = holder.status === 'active'
  if (token !== emailedToken) {
    const isNowhere = !model.members.some(({ userId }) => userId === holder.id)
    return holder.isWaiting && isActive && !holder.isVerified && isNowhere ? 'replaced' : 'shut'
  }
  if (holder.isWaiting) return isActive ? 'opened' : 'shut'
  if (!holder.isVerified) return 'replaced'
  return hasPassword && isActive && !holder.hasPassword ? 'opened' : 'shut'
}

/** Whether the inviter has been told often enough today who has an account. */
export function isToldEnough(model: Model, inviterId: string): boolean {
  return isSpent(model, 'takenInvitationsPerInviter', inviterId)
}

/** The inviter is told that an address has an account: each token counts once. */
export function insertForUsers(model: Model, inviterId: string, token: string): void {
  if (consume(model, 'takenInvitationsPerToken', token)) consume(model, 'takenInvitationsPerInviter', inviterId)
}

/** Stands for the address of who lost it to a proof: that of nobody. */
export function loseAddress(model: Model, user: ModelUser, actorId: string | null): void {
  Object.assign(user, { email: noAddress(user.id), isVerified: false })
  model.events.push({ chain: user.id, type: 'user.email_removed', actorId, targetId: user.id })
}

export function hasAddress({ id, email }: ModelUser): boolean {
  return email !== noAddress(id)
}

export function noAddress(userId: string): string {
  return `no address ${userId}`
}
