import { SYSTEM } from '@tenantry/core'
import type { Actor } from '@tenantry/core'
import fc from 'fast-check'
import { userOf } from './model.js'
import type { Model, ModelUser } from './model.js'
import { number, pick } from './picks.js'
import { firstOf, refuseIf, signedIn } from './rules.js'
import type { Refusal } from './rules.js'

/** An account, and who acts on it: mostly its owner or an operator (`null`), now and then somebody else. */
export const account = fc.record({
  user: number,
  by: fc.constantFrom('self', 'self', 'operator', 'anyone'),
  at: number,
})
export type AccountPicks = typeof account extends fc.Arbitrary<infer Picks> ? Picks : never

export interface OnAccount {
  readonly actorId: string | null
  readonly userId: string
}

export function pickAccount(model: Model, { user, by, at }: AccountPicks): OnAccount | null {
  const target = pick(model.users, user)
  if (!target) return null
  if (by === 'operator') return { actorId: null, userId: target.id }
  return { actorId: by === 'self' ? target.id : (pick(model.users, at)?.id ?? null), userId: target.id }
}

export const actorOf = ({ actorId }: OnAccount): Actor => (actorId === null ? SYSTEM : { userId: actorId })
export const nameOf = ({ actorId }: OnAccount) => actorId ?? 'an operator'

/** An account as it begins, without a password. */
export function newAccount(account: Pick<ModelUser, 'id' | 'email' | 'isVerified'> & Partial<ModelUser>): ModelUser {
  return { isWaiting: false, status: 'active', hasPassword: false, currentTenantId: null, ...account }
}

/** One's own account, or any for an operator. */
export function ownOrAny(model: Model, { actorId, userId }: OnAccount): Refusal {
  return firstOf(
    () => (actorId === null ? null : signedIn(model, actorId)),
    () => refuseIf(actorId !== null && actorId !== userId, 'forbidden'),
    () => refuseIf((userOf(model, userId)?.status ?? 'deleted') === 'deleted', 'user_not_found'),
  )
}

/** An account was changed, in its address or its proof or in something else. */
export function recordChange(model: Model, on: OnAccount, { ofAddress }: { readonly ofAddress: boolean }): void {
  model.changes.push({ userId: on.userId, at: model.now, ofAddress })
  record(model, 'user.updated', on)
}

export function record(model: Model, type: string, { actorId, userId }: OnAccount, targetId = userId): void {
  model.events.push({ chain: userId, type, actorId, targetId })
}
