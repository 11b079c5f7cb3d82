import { z } from 'zod'
import { TenancyError } from '../../../errors.js'
import type { NewEvent } from '../../../events.js'
import { Id } from '../../../model/id.js'
import { isOwnerOf } from '../../../policy/invariants.js'
import { FORMER_OWNER, OWNER } from '../../../policy/roles.js'
import { tenantNotFound } from '../../pipeline/authorize.js'
import type { TenantStep } from '../../pipeline/command.js'
import { revokePendingOf } from '../../steps/invitations/revoke-pending.js'
import { insertMembership } from '../../steps/members/insert-membership.js'
import { operatorCommand } from '../../pipeline/operator-command.js'
import { refusePersonal } from '../../steps/tenants/refuse-personal.js'
import { transferEmails } from '../../steps/ownership/transfer-emails.js'

/**
 * Hands a tenant to somebody without asking its owner, for hosts that confirm by other means and for owners who are
 * gone. Who is no member becomes one, within the tenant's limits; who is not active becomes active. The old owner stays
 * on as admin, and a transfer under way ends. Both are told by mail, where the host sends any.
 */
export const transferOwnership = operatorCommand({
  input: z.strictObject({ userId: Id }),
  statuses: ['active', 'suspended', 'archived'],
  people: async (_, { userId }) => [userId],
  async run(step, { userId }) {
    const { tx, tenant } = step
    refusePersonal(tenant)
    if (isOwnerOf(tenant, userId)) throw new TenancyError('conflict', 'This is the owner already', {})
    const [target, owner] = [await tx.users.find(userId), await tx.users.find(tenant.ownerId)]
    if (target?.status !== 'active' || !owner) throw new TenancyError('user_not_found', 'No such user', {})
    const joined = await becomeOwner(step, target)
    await tx.ownershipTransfers.delete(tenant.id)
    if (!(await tx.tenants.update({ id: tenant.id, status: tenant.status, set: { ownerId: userId } })))
      throw tenantNotFound()
    await tx.memberships.update({ tenantId: tenant.id, userId: owner.id, set: { roles: [FORMER_OWNER] } })
    const data = { from: owner.id, to: userId }
    return {
      result: { ...tenant, ownerId: userId },
      events: [...joined, { type: 'ownership.transferred', target: { type: 'member', id: userId }, data }],
      emails: transferEmails(tenant, { from: owner, to: target }),
    }
  },
})

/** Gives the role alone; the tenant says who its owner is. Answers what that made of them. */
async function becomeOwner(step: TenantStep, user: NonNullable<TenantStep['user']>): Promise<readonly NewEvent[]> {
  const { tx, tenant } = step
  const key = { tenantId: tenant.id, userId: user.id }
  const about = { type: 'member', id: user.id } as const
  const membership = await tx.memberships.find(key)
  if (membership) {
    await tx.memberships.update({ ...key, set: { roles: [OWNER], active: true } })
    return membership.active ? [] : [{ type: 'member.activated', target: about, data: {} }]
  }
  const role = step.context.policy.roles.get(OWNER)
  if (!role) throw new TypeError('roles: there is no owner')
  await insertMembership(step, { tenant, user, role, invitedBy: null, grantor: step.subject })
  const revokedInvitationIds = await revokePendingOf(step, { tenantId: tenant.id, user })
  const data = { roles: [OWNER], active: true, created: false, revokedInvitationIds }
  return [{ type: 'member.added', target: about, data }]
}
