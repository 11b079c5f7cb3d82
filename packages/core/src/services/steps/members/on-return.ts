import type { FormerMember } from '../../../model/former-member.js'
import type { Overrides } from '../../../model/membership.js'
import { mayReturnAs } from '../../../policy/authority.js'
import { decide } from '../../../policy/decide.js'
import type { Subject } from '../../../policy/decide.js'
import { resolveRole } from '../../../policy/custom-role.js'
import { hasBit } from '../../../policy/permissions.js'
import type { Role } from '../../../policy/policy.js'
import type { Transaction } from '../../../storage/port.js'
import type { Context } from '../../pipeline/context.js'
import { findRole } from '../roles/find-role.js'

/** The role of whoever comes in without being given one of their own. */
export const DEFAULT_ROLE = 'member'

interface ReturningStep {
  readonly context: Pick<Context, 'policy'>
  readonly tx: Pick<Transaction, 'roles' | 'formerMembers'>
}

interface Key {
  readonly tenantId: string
  readonly userId: string
}

/**
 * The role that somebody may take in an open tenant by themselves: `member`, or what they had where that is less. `null`
 * where they need an approval: they were removed, or nothing of what they had fits.
 */
export async function roleOnJoining({ context, tx }: ReturningStep, key: Key): Promise<string | null> {
  const former = await tx.formerMembers.find(key)
  if (!former) return DEFAULT_ROLE
  if (former.ending === 'removed') return null
  const usual = await findRole(context, tx, { tenantId: key.tenantId, key: DEFAULT_ROLE })
  const held = await rolesOf({ context, tx }, former)
  if (usual && mayReturnAs(held, usual)) return usual.key
  const lesser = held.filter((role) => usual && mayReturnAs([usual], role))
  return lesser.sort((one, other) => other.rank - one.rank)[0]?.key ?? null
}

/** What they held that is still there. A role that was made anew under the same key since then revives nothing. */
async function rolesOf({ context, tx }: ReturningStep, former: FormerMember): Promise<readonly Role[]> {
  const own = await tx.roles.list(former.tenantId)
  return former.roles.flatMap((key) => {
    const isNew = own.some((role) => role.key === key && role.createdAt > former.endedAt)
    return isNew ? [] : (resolveRole(context.policy, own, key) ?? [])
  })
}

/**
 * The denials that somebody brings back to a tenant, whichever way they come. Only a grantor who could take a denial
 * away from this member leaves it out. Nobody grants to whoever joins by themselves.
 */
export async function denialsOnReturn(
  { context, tx }: ReturningStep,
  key: Key,
  { grantor, roles }: { readonly grantor: Subject | null; readonly roles: readonly Role[] },
): Promise<Overrides> {
  const former = await tx.formerMembers.find(key)
  const denied = Object.entries(denialsIn(former?.overrides ?? {}))
  const outranks = grantor !== null && roles.every(({ rank }) => rank < grantor.rank)
  const mayOverride = outranks && decide(context.policy, grantor, 'member:override').allowed
  const isKept = ([name]: readonly [string, boolean]) => {
    const bit = context.policy.bits.get(name)
    return !mayOverride || bit === undefined || !hasBit(grantor.effective, bit)
  }
  return Object.fromEntries(denied.filter(isKept))
}

/** What is denied, without what is granted. */
export function denialsIn(overrides: Overrides): Overrides {
  return Object.fromEntries(Object.entries(overrides).filter(([, value]) => !value))
}
