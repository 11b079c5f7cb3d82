import type { NewEvent } from '../../../events.js'
import type { Membership, Overrides } from '../../../model/membership.js'
import type { Tenant } from '../../../model/tenant.js'
import type { User } from '../../../model/user.js'
import { isOwnerOf, isPersonal } from '../../../policy/invariants.js'
import { OWNER } from '../../../policy/roles.js'
import { StorageError } from '../../../storage/storage-error.js'
import type { Step } from '../../pipeline/command.js'
import { resolveRequestOf } from '../join-requests/resolve-request-of.js'
import { inheritDepartures } from '../members/inherit-departures.js'
import { denialsIn, denialsOnReturn } from '../members/on-return.js'
import { inheritOrganizationMemberships } from '../organizations/inherit-organization-memberships.js'
import { endShares } from '../resources/release-resources.js'
import { endTenant } from '../tenants/end-tenant.js'
import { eraseAccount } from './erase-account.js'

type InheritingStep = Pick<Step, 'context' | 'tx' | 'now' | 'locks'>

/** From whom to whom. */
interface Inheritance {
  readonly from: User
  readonly to: User
}

/**
 * Gives what an account has that waited for its person to the account of that person, and ends it. Where both are members
 * the person keeps their own membership. Nothing that was denied to either account is lifted by it. Limits refuse who
 * joins; here nobody does.
 */
export async function inheritAccount(step: InheritingStep, { from, to }: Inheritance): Promise<readonly NewEvent[]> {
  const { tx } = step
  const memberships = await tx.memberships.listByUser(from.id)
  const departures = await tx.formerMembers.listByUser(from.id)
  if ([...memberships, ...departures].some(({ tenantId }) => !step.locks.tenants?.includes(tenantId))) throw justNow()
  const events: NewEvent[] = []
  // First of all, so that what returns to its own tenant is found there.
  for (const { tenantId } of memberships) events.push(...(await endShares(step, { tenantId, userId: from.id })))
  for (const membership of memberships) {
    const tenant = await tx.tenants.find(membership.tenantId)
    if (tenant) events.push(...(await inheritMembership(step, { tenant, membership, to })))
  }
  // After the memberships: what was denied when they began is decided by the person's own departures.
  await inheritDepartures(step, { departures, to })
  events.push(...(await inheritOrganizationMemberships(step, { from, to })))
  await eraseAccount(tx, from.id)
  const target = { type: 'user', id: from.id } as const
  return [...events, { type: 'user.claimed', scope: { userId: from.id }, target, data: { by: to.id } }]
}

async function inheritMembership(
  step: InheritingStep,
  { tenant, membership, to }: { readonly tenant: Tenant; readonly membership: Membership; readonly to: User },
): Promise<readonly NewEvent[]> {
  const { tx } = step
  const { tenantId, userId: from, roles } = membership
  // A personal tenant holds nothing of anybody else's, and its heir has one or wants none.
  if (isPersonal(tenant)) return tenant.status === 'deleted' ? [] : endTenant(step, tenant)
  const own = await tx.memberships.find({ tenantId, userId: to.id })
  const denied = own ? await denyToo(step, { own, overrides: membership.overrides }) : []
  if (!own) await takePlace(step, { ...membership, userId: to.id })
  if (isOwnerOf(tenant, from)) {
    await tx.ownershipTransfers.delete(tenantId)
    if (own) await tx.memberships.update({ tenantId, userId: to.id, set: { roles: [OWNER], active: true } })
    const isThere = await tx.tenants.update({ id: tenantId, status: tenant.status, set: { ownerId: to.id } })
    if (!isThere) throw justNow()
  }
  const count = await tx.resources.reassign({ tenantId, from, to: to.id })
  await tx.memberships.delete({ tenantId, userId: from })
  const [scope, target] = [{ tenantId }, { type: 'member', id: to.id }] as const
  const claimed = { type: 'member.claimed', scope, target, data: { from, roles } } as const
  if (count === 0) return [claimed, ...denied]
  return [
    { type: 'resource.reassigned', scope, target: { type: 'member', id: from }, data: { to: to.id, count } },
    claimed,
    ...denied,
  ]
}

/** The membership of the account that waited is the person's, with what was denied to them when they were here before. */
async function takePlace(step: InheritingStep, membership: Membership): Promise<void> {
  const { tx, now } = step
  const { tenantId, userId } = membership
  const denied = await denialsOnReturn(step, membership, { grantor: null, roles: [] })
  await tx.memberships.insert({ ...membership, overrides: { ...membership.overrides, ...denied } })
  await resolveRequestOf(tx, { tenantId, userId, at: now })
}

/** What was denied to the account that waited is denied to the person, in the membership that they keep. */
async function denyToo(
  { tx }: InheritingStep,
  { own, overrides: theirs }: { readonly own: Membership; readonly overrides: Overrides },
): Promise<readonly NewEvent[]> {
  const { tenantId, userId } = own
  const denied = denialsIn(theirs)
  if (Object.keys(denied).every((name) => own.overrides[name] === false)) return []
  const overrides = { ...own.overrides, ...denied }
  await tx.memberships.update({ tenantId, userId, set: { overrides } })
  const target = { type: 'member', id: userId } as const
  return [{ type: 'member.overrides_updated', scope: { tenantId }, target, data: { overrides } }]
}

function justNow(): StorageError {
  return new StorageError('busy', 'The account was added somewhere just now')
}
