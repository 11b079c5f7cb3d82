import type { Event, Invitation, Member, Tenant } from '@tenantry/core'
import { LIMITS, SEATS } from './declaration.js'
import type { Observed, ObservedTenant } from './observe.js'

/** What holds in every tenant at every moment, whatever happened before. Each answers what is broken, or nothing. */
type Invariant = (observed: ObservedTenant & { readonly events: readonly Event[] }, now: number) => string | false

const INVARIANTS: readonly Invariant[] = [
  function hasOneOwnerWhoIsAnActiveMember({ tenant, members }) {
    const owners = members.filter(({ roles }) => roles.includes('owner'))
    if (owners.length !== 1) return `has ${owners.length} owners`
    return (owners[0]?.userId !== tenant.ownerId || !owners[0].active) && 'is owned by somebody who is no active member'
  },
  function countsItsMembers({ members, memberCount }) {
    return members.length !== memberCount && `has ${members.length} members and counts ${memberCount}`
  },
  // A smaller plan takes no seat away.
  function keepsItsSeats({ members }) {
    return members.length > Math.max(...Object.values(SEATS)) && `has ${members.length} members`
  },
  function keepsItsInvitations({ invitations }, now) {
    const open = invitations.filter(({ status, expiresAt }) => status === 'pending' && expiresAt > now)
    return open.length > LIMITS.pendingInvitationsPerTenant && `has ${open.length} open invitations`
  },
  function invitesAnAddressOnce({ invitations }) {
    const pending = invitations.filter(({ status }) => status === 'pending').map(({ emailKey }) => emailKey)
    return new Set(pending).size < pending.length && 'has two pending invitations of one address'
  },
  function wasEnteredByInvitationOrAddition({ tenant, members, invitations, events }) {
    const intruder = members.find(
      (member) => !isFounder(tenant, member) && !hasAccepted(invitations, member) && !wasAdded(events, member),
    )
    return intruder !== undefined && `has the member ${intruder.userId}, who accepted nothing and was added by nobody`
  },
  function keepsResourcesOfMembers({ members, resources }) {
    const orphan = resources.find(({ ownerId }) => !members.some(({ userId }) => userId === ownerId))
    return orphan !== undefined && `sees the resource ${orphan.id} of ${orphan.ownerId}, who is no member`
  },
  function lendsWhatMembersHave({ members, shares }) {
    const stray = shares.find(({ ownerId }) => !members.some(({ userId }) => userId === ownerId))
    return stray !== undefined && `has part in a share of ${stray.ownerId}, who is no member`
  },
  function isNotTakenAway({ tenant, members }) {
    return tenant.status !== 'deleted' && members.length === 0 && 'has no member'
  },
]

function isFounder(tenant: Tenant, member: Member): boolean {
  return member.invitedBy === null && member.createdAt === tenant.createdAt
}

function hasAccepted(invitations: readonly Invitation[], member: Member): boolean {
  return invitations.some(
    ({ status, inviterId, resolvedAt }) =>
      status === 'accepted' && inviterId === member.invitedBy && resolvedAt === member.createdAt,
  )
}

/** Whoever was added, or took over the account that was. */
function wasAdded(events: readonly Event[], { userId, invitedBy, createdAt }: Member): boolean {
  const claimed = events.filter(({ type, target }) => type === 'member.claimed' && target.id === userId)
  const ids = [userId, ...claimed.map(({ data }) => data['from'])]
  return events.some(
    ({ type, target, actorId, at }) =>
      type === 'member.added' && ids.includes(target.id) && actorId === invitedBy && at === createdAt,
  )
}

/** @throws {Error} naming the tenant and what is broken in it. */
export function checkInvariants({ tenants, chains }: Observed, now: number): void {
  for (const observed of tenants) {
    for (const invariant of INVARIANTS) {
      const problem = invariant({ ...observed, events: chains[observed.tenant.id] ?? [] }, now)
      if (problem !== false) throw new Error(`The tenant ${observed.tenant.id} ${problem} (${invariant.name}).`)
    }
  }
}
