import { memberOf, userAt } from './model.js'
import type { Model } from './model.js'
import { holds } from './rules.js'
import type { Refusal } from './rules.js'

/** Whoever was added unasked is a stranger in the tenant until they have done something in it, which this notes. */
export function recordLastActivity(model: Model, input: unknown): void {
  if (typeof input !== 'object' || input === null || !('tenantId' in input && 'actorId' in input)) return
  const member = memberOf(model, String(input.tenantId), String(input.actorId))
  if (member) member.isUnseen = false
}

/** An address that another account has is malformed to whoever may not list that account. */
export function addressFree(
  model: Model,
  { actorId, userId, email }: { readonly actorId: string | null; readonly userId: string; readonly email: string },
): Refusal {
  const holder = userAt(model, email)
  if (!holder || holder.id === userId) return null
  return actorId === null || mayList(model, actorId, holder.id) ? 'email_taken' : 'invalid_email'
}

/** Operators list everybody, others their members of the same tenant, where they may see those. */
function mayList(model: Model, actorId: string, userId: string): boolean {
  return model.members.some(
    (member) => member.userId === userId && !member.isUnseen && holds(model, member.tenantId, actorId, 'member:read'),
  )
}
