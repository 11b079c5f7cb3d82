import { z } from 'zod'
import { Id } from '../../model/id.js'
import { FORMER_OWNER, OWNER } from '../../policy/roles.js'
import { memberCommand } from '../command.js'
import { invalidToken } from '../invitations/open-invitation.js'
import { asFellow } from '../members/as-fellow.js'
import { memberNotFound } from '../members/load-member.js'
import { transferMails } from './transfer-mails.js'
import { carriesOn } from './transfer-state.js'

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
      mails: transferMails(tenant, { from: user, to: target.user, shown: asFellow(target).user }),
    }
  },
})
