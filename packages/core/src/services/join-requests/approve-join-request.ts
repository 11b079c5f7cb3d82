import { z } from 'zod'
import { TenancyError } from '../../errors.js'
import { Id } from '../../model/id.js'
import { tenantCommand } from '../command.js'
import { invitableRole } from '../invitations/invitable-role.js'
import { revokePendingOf } from '../invitations/revoke-pending.js'
import { admitMember } from '../members/admit-member.js'
import { asFellow } from '../members/as-fellow.js'
import { JOINED_AS } from '../members/on-return.js'
import { applicantOf } from './applicant-of.js'
import { decisionMail } from './decision-mail.js'
import { joinRequestNotFound, loadPendingRequest } from './load-pending-request.js'

/** Lets somebody in who has asked, as `member` or as what the approver may invite to. They are told by mail. */
export const approveJoinRequest = tenantCommand({
  input: z.strictObject({ joinRequestId: Id, role: z.string().default(JOINED_AS) }),
  permission: 'join_request:decide',
  people: applicantOf,
  async run(step, { joinRequestId: id, role: key }) {
    const { tx, tenant, tenantId, now } = step
    const role = await invitableRole(step, key)
    const { userId } = await loadPendingRequest(step, id)
    // Held since before the request was read, which never changes whose it is.
    const user = await tx.users.find(userId)
    if (!user) throw joinRequestNotFound()
    if (user.status !== 'active') throw new TenancyError('user_not_found', 'The account is not active', {})
    await tx.joinRequests.settle({ tenantId, id, status: 'approved', at: now, decidedBy: step.user?.id ?? null })
    const invitedBy = step.membership?.userId ?? null
    const membership = await admitMember(step, { tenant, user, role, invitedBy, grantor: step.subject })
    const revokedInvitationIds = await revokePendingOf(step, { tenantId, user })
    const data = { role: role.key, via: 'request', joinRequestId: id, revokedInvitationIds } as const
    return {
      result: asFellow({ ...membership, user }),
      events: [{ type: 'member.joined', target: { type: 'member', id: userId }, data }],
      mails: await decisionMail(step, user, { approved: true }),
    }
  },
})
