import { TenancyError } from '../../../errors.js'
import type { Membership } from '../../../model/membership.js'
import type { Tenant } from '../../../model/tenant.js'
import type { User } from '../../../model/user.js'
import type { Subject } from '../../../policy/decide.js'
import type { Role } from '../../../policy/policy.js'
import type { Transaction } from '../../../storage/port.js'
import type { Context } from '../../pipeline/context.js'
import { resolveRequestOf } from '../join-requests/resolve-request-of.js'
import { checkTenantsPerUser } from '../tenants/check-tenants-per-user.js'
import { checkSeats } from './check-seats.js'
import { denialsOnReturn } from './on-return.js'

/** The part of a command's step that a new member needs. */
interface MembershipStep {
  readonly context: Context
  readonly tx: Transaction
  readonly now: number
}

interface MembershipInput {
  readonly tenant: Tenant
  readonly user: User
  readonly role: Role
  readonly invitedBy: string | null
  /** Who gives the role; `null` for somebody who comes by themselves. */
  readonly grantor: Subject | null
}

/**
 * Makes somebody a member, within the limits of the tenant and of the user, and resolves the request they may have made.
 * Whoever was a member before brings denials back.
 * Exact only while both rows are locked.
 */
export async function insertMembership(
  { context, tx, now }: MembershipStep,
  { tenant, user, role, invitedBy, grantor }: MembershipInput,
): Promise<Membership> {
  const key = { tenantId: tenant.id, userId: user.id }
  if (await tx.memberships.find(key)) throw new TenancyError('already_member', 'This person is a member already', {})
  await checkSeats(context, tx, tenant)
  await checkTenantsPerUser(context, tx, user)
  const membership: Membership = {
    ...key,
    roles: [role.key],
    active: true,
    overrides: await denialsOnReturn({ context, tx }, key, { grantor, roles: [role] }),
    invitedBy,
    lastActiveAt: null,
    metadata: null,
    createdAt: now,
  }
  await tx.memberships.insert(membership)
  await resolveRequestOf(tx, { ...key, at: now })
  return membership
}
