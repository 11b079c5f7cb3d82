import { z } from 'zod'
import { Id } from '../../../model/id.js'
import { FORMER_OWNER, OWNER } from '../../../policy/roles.js'
import { memberCommand } from '../../pipeline/command.js'
import { invalidToken } from '../../steps/invitations/open-invitation.js'
import { toMemberUser } from '../../steps/members/to-member-user.js'
import { memberNotFound } from '../../steps/members/load-member.js'
import { transferEmails } from '../../steps/ownership/transfer-emails.js'
import { carriesOn } from '../../steps/ownership/transfer-state.js'

/** Last step: hands the tenant to an active member. The old owner stays on as admin; both are told by mail. */
export const completeTransfer = memberCommand({
  input: z.strictObject({ userId: Id, token: z.string().max(200) }),
  permission: 'tenant:transfer',
  otherThanSelf: ({ userId }) => userId,
  async run({ tx, tenant, user, now }, { userId, token }) {
    const tenantId = tenant.id
    const target = await tx.memberships.find({ tenantId, userId })
    if (!target?.active || target.user.status !== 'active') throw memberNotFound()
    const transfer = await tx.ownershipTransfers.find(tenantId)
    if (!carriesOn(transfer, { phase: 'verified', token, ownerId: user.id, now })) throw invalidToken()
    await tx.ownershipTransfers.delete(tenantId)
    await tx.tenants.update({ id: tenantId, status: 'active', set: { ownerId: userId } })
    await tx.memberships.update({ tenantId, userId, set: { roles: [OWNER] } })
    await tx.memberships.update({ tenantId, userId: user.id, set: { roles: [FORMER_OWNER] } })
    return {
      result: { ...tenant, ownerId: userId },
      events: [
        { type: 'ownership.transferred', target: { type: 'member', id: userId }, data: { from: user.id, to: userId } },
      ],
      emails: transferEmails(tenant, { from: user, to: target.user, shown: toMemberUser(target).user }),
    }
  },
})
