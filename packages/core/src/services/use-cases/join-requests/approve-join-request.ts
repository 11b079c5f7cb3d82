import { z } from 'zod'
import { TenancyError } from '../../../errors.js'
import { Id } from '../../../model/id.js'
import { tenantCommand } from '../../pipeline/command.js'
import { invitableRole } from '../../steps/invitations/invitable-role.js'
import { revokePendingOf } from '../../steps/invitations/revoke-pending.js'
import { insertMembership } from '../../steps/members/insert-membership.js'
import { toMemberUser } from '../../steps/members/to-member-user.js'
import { DEFAULT_ROLE } from '../../steps/members/on-return.js'
import { toJoinRequestUser } from '../../steps/join-requests/to-join-request-user.js'
import { decisionEmail } from '../../steps/join-requests/decision-email.js'
import { joinRequestNotFound, loadPendingRequest } from '../../steps/join-requests/load-pending-request.js'

/** Lets somebody in who has asked, as `member` or as what the approver may invite to. They are told by mail. */
export const approveJoinRequest = tenantCommand({
  input: z.strictObject({ joinRequestId: Id, role: z.string().default(DEFAULT_ROLE) }),
  permission: 'join_request:decide',
  people: toJoinRequestUser,
  async run(step, { joinRequestId: id, role: key }) {
    const { tx, tenant, tenantId, now } = step
    const role = await invitableRole(step, key)
    const { userId } = await loadPendingRequest(step, id)
    // Held since before the request was read, which never changes whose it is.
    const user = await tx.users.find(userId)
    if (!user) throw joinRequestNotFound()
    if (user.status !== 'active') throw new TenancyError('user_not_found', 'The account is not active', {})
    await tx.joinRequests.resolve({ tenantId, id, status: 'approved', at: now, decidedBy: step.user?.id ?? null })
    const invitedBy = step.membership?.userId ?? null
    const membership = await insertMembership(step, { tenant, user, role, invitedBy, grantor: step.subject })
    const revokedInvitationIds = await revokePendingOf(step, { tenantId, user })
    const data = { role: role.key, via: 'request', joinRequestId: id, revokedInvitationIds } as const
    return {
      result: toMemberUser({ ...membership, user }),
      events: [{ type: 'member.joined', target: { type: 'member', id: userId }, data }],
      emails: await decisionEmail(step, user, { approved: true }),
    }
  },
})
