import { userAt } from './model.js'
import type { Model, ModelInvitation } from './model.js'

/** The account that waits for who is invited. */
export function waitingFor(model: Model, invitation: ModelInvitation | null) {
  const holder = userAt(model, invitation?.email ?? '')
  return holder?.isWaiting ? holder : undefined
}

/**
 * Whether the address is somebody's whom this token does not make give way. The mailed one proves the address; the other
 * opens no account that is in a tenant already, or whose address is proven.
 */
export function isShut(model: Model, { email, mailedToken }: ModelInvitation, token: string): boolean {
  const holder = userAt(model, email)
  const isMailed = token === mailedToken
  if (!holder) return false
  if (!holder.isWaiting) return !isMailed || holder.isVerified
  const isFree = !holder.isVerified && !model.members.some(({ userId }) => userId === holder.id)
  return holder.status !== 'active' || !(isMailed || isFree)
}
