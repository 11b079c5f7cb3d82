import type { NewEvent } from '../../../events.js'
import type { Email } from '../../../model/email.js'
import { noAddress } from '../../../model/no-address.js'
import type { User } from '../../../model/user.js'
import { takesAddress } from '../../../policy/invariants.js'
import type { AddressClaim } from '../../../policy/invariants.js'
import type { Locks } from '../../../storage/port.js'
import type { Scope, Step } from '../../pipeline/command.js'
import { tenantIdsOf } from '../resources/locked-tenants.js'
import { accountCreatedConcurrently } from './new-user.js'

/** A proof by mail, or an operator's word: what is proven to be another account's stays there. */
export const PROOF: AddressClaim = { by: 'person', isProven: true }

/** Which account claims an address: its id, or `null` for one that is about to be made. */
interface Claimant {
  readonly userId: string | null
  readonly emailKey: string
}

/** What became of a claim. */
export interface ClaimedAddress {
  readonly granted: boolean
  /** The account that waited for whoever proves the address: all that is its own is the claimant's now. */
  readonly inherited: User | null
  readonly events: readonly NewEvent[]
}

/** The rows to hold for {@link claimAddress}: the claimant, who has the address, and what would be inherited. */
export async function locksOfClaim(
  { context }: Scope,
  { userId, emailKey }: Claimant,
  { isProven }: AddressClaim,
): Promise<Locks> {
  const { read } = context.storage
  const own = userId === null ? [] : [userId]
  const holder = await read.users.findByEmailKey(emailKey)
  if (!holder || holder.id === userId) return { users: own }
  const users = [...own, holder.id]
  if (!isProven || !isInheritable(holder)) return { users }
  const departures = await read.formerMembers.listByUser(holder.id)
  const tenants = departures.map(({ tenantId }) => tenantId)
  for (const { tenantId } of await read.memberships.listByUser(holder.id)) {
    const shares = await read.resources.listShares({ tenantId, ownerId: holder.id })
    tenants.push(tenantId, ...shares.flatMap(tenantIdsOf))
  }
  const organizations = await read.organizationMembers.listByUser(holder.id)
  return {
    users,
    tenants: [...new Set(tenants)],
    organizations: organizations.map(({ organization }) => organization.id),
  }
}

/**
 * Makes an address free for whoever claims it, where the claim is the better one. Who has it keeps the account, without
 * the address. The claimant's row is written next, and {@link inheritAccount} comes last.
 */
export async function claimAddress(
  { tx, locks }: Pick<Step, 'tx' | 'locks'>,
  { userId, emailKey }: Claimant,
  claim: AddressClaim,
): Promise<ClaimedAddress> {
  const holder = await tx.users.findByEmailKey(emailKey)
  if (!holder || holder.id === userId) return { granted: true, inherited: null, events: [] }
  if (!locks.users?.includes(holder.id)) throw accountCreatedConcurrently()
  if (!takesAddress(claim, holder)) return { granted: false, inherited: null, events: [] }
  await tx.users.update({ id: holder.id, set: { ...noAddress(holder.id), emailVerifiedAt: null } })
  if (claim.isProven && isInheritable(holder)) return { granted: true, inherited: holder, events: [] }
  return { granted: true, inherited: null, events: [lost(holder)] }
}

/** What an operator has disabled comes to life in no other account either. */
function isInheritable({ waitingSince, status }: User): boolean {
  return waitingSince !== null && status === 'active'
}

function lost({ id, email }: Pick<Email, 'email'> & { readonly id: string }): NewEvent {
  return { type: 'user.email_removed', scope: { userId: id }, target: { type: 'user', id }, data: { email } }
}
