import type { FormerMember } from '../../../model/former-member.js'
import type { User } from '../../../model/user.js'
import type { Step } from '../../pipeline/command.js'
import { denialsIn } from './on-return.js'

/** Keeps for one account what another was in the tenants it went from. Of two departures from one tenant, both count. */
export async function inheritDepartures(
  { tx }: Pick<Step, 'tx'>,
  { departures, to }: { readonly departures: readonly FormerMember[]; readonly to: Pick<User, 'id'> },
): Promise<void> {
  for (const departure of departures) {
    const theirs = { ...departure, userId: to.id }
    const own = await tx.formerMembers.find(theirs)
    await tx.formerMembers.put(own ? lesserOf(own, theirs) : theirs)
  }
}

/** What allows no more than either: a removal stays one, denials add up, and only what both were comes back. */
function lesserOf(one: FormerMember, other: FormerMember): FormerMember {
  return {
    ...one,
    roles: one.roles.filter((key) => other.roles.includes(key)),
    overrides: { ...denialsIn(one.overrides), ...denialsIn(other.overrides) },
    ending: [one, other].some(({ ending }) => ending === 'removed') ? 'removed' : 'left',
    // Roles that were made later revive nothing.
    endedAt: Math.min(one.endedAt, other.endedAt),
  }
}
