import { z } from 'zod'
import { TenancyError } from '../../../errors.js'
import type { NewEvent } from '../../../events.js'
import { Id } from '../../../model/id.js'
import type { Membership } from '../../../model/membership.js'
import { TypedPassword } from '../../../model/user.js'
import type { User } from '../../../model/user.js'
import { isOwnerOf } from '../../../policy/invariants.js'
import { globalCommand } from '../../pipeline/command.js'
import type { GlobalStep, Scope } from '../../pipeline/command.js'
import { leaveOrganizations } from '../../steps/organizations/leave-organizations.js'
import { closeMembership } from '../../steps/members/close-membership.js'
import { parseInput } from '../../pipeline/parse-input.js'
import { endTenant } from '../../steps/tenants/end-tenant.js'
import { eraseAccount } from '../../steps/users/erase-account.js'
import { namedOrSelf, ownOrAny, refuseOtherAccounts } from '../../steps/users/own-or-any.js'
import { proveCaller, requireProof } from '../../steps/users/prove-caller.js'
import type { CallerProof } from '../../steps/users/prove-caller.js'

const input = z
  .strictObject({
    /** Whose account. Default: the caller's own; another's needs an operator. */
    userId: Id.optional(),
    /** The caller's own, needed unless they signed in within the last ten minutes. */
    currentPassword: TypedPassword.optional(),
  })
  .prefault({})

/**
 * Deletes an account: its memberships end, its tokens and personal data go, its id stays for the audit log. Tenants
 * that nobody else belongs to are deleted with it; one with other members is handed over first. It needs a sign-in within
 * the last ten minutes, or the caller's current password: `reauthentication_required`.
 */
export async function deleteUser(scope: Scope, raw: z.input<typeof input>): Promise<void> {
  const { currentPassword, ...named } = parseInput(input, raw)
  const userId = namedOrSelf(scope, named.userId)
  const proof = await proveCaller(scope, { currentPassword, call: 'users.delete()', of: userId })
  return remove(scope, { userId, proof })
}

const remove = globalCommand({
  input: z.strictObject({ userId: Id, proof: z.custom<CallerProof>() }),
  who: 'anyone',
  async prepare(scope, { userId }) {
    await refuseOtherAccounts(scope, { userId })
    const memberships = await scope.context.storage.read.memberships.listByUser(userId)
    const tenants = memberships.map(({ tenantId }) => tenantId)
    const organizations = await scope.context.storage.read.organizationMembers.listByUser(userId)
    const found = { tenants, organizations: organizations.map(({ organization }) => organization.id) }
    return { locks: { ...found, users: [userId] }, scope: { userId }, found }
  },
  async run(step, { userId, proof }, locked) {
    const { tx } = step
    const user = await ownOrAny(step, step.tx, userId)
    await requireProof(step, proof)
    const memberships = await tx.memberships.listByUser(userId)
    const organizations = await tx.organizationMembers.listByUser(userId)
    // Joined while nothing was locked yet: whoever calls again finds it.
    if (
      memberships.some(({ tenantId }) => !locked.tenants.includes(tenantId)) ||
      organizations.some(({ organization }) => !locked.organizations.includes(organization.id))
    ) {
      throw new TenancyError('conflict', 'The account joined a tenant or organization just now; try again', {})
    }
    const events = [
      ...(await leaveEverything(step, user, memberships)),
      ...(await leaveOrganizations(step, organizations)),
    ]
    await eraseAccount(tx, userId)
    return {
      result: undefined,
      events: [...events, { type: 'user.deleted', target: { type: 'user', id: userId }, data: {} }],
    }
  },
})

async function leaveEverything(step: GlobalStep, user: User, memberships: readonly Membership[]): Promise<NewEvent[]> {
  const { tx } = step
  const events: NewEvent[] = []
  const shared: string[] = []
  for (const membership of memberships) {
    const { tenantId, roles } = membership
    const tenant = await tx.tenants.find(tenantId)
    if (!tenant) continue
    const scope = { tenantId }
    if (!isOwnerOf(tenant, user.id)) {
      const { revokedInvitationIds, events: released } = await closeMembership(step, {
        user,
        tenant,
        membership,
        ending: 'deleted',
      })
      const target = { type: 'member', id: user.id } as const
      events.push({ type: 'member.removed', scope, target, data: { roles, revokedInvitationIds } }, ...released)
    } else if (tenant.status === 'deleted') {
      continue
    } else if ((await tx.memberships.count({ tenantId })) > 1) {
      shared.push(tenantId)
    } else {
      events.push(...(await endTenant(step, tenant)))
    }
  }
  if (shared.length === 0) return events
  throw new TenancyError('user_owns_tenants', 'Hand over the tenants that have other members first', {
    tenantIds: shared,
  })
}
