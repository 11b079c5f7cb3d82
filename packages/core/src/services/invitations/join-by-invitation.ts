import { TenancyError } from '../../errors.js'
import type { NewEvent } from '../../events.js'
import type { Invitation } from '../../model/invitation.js'
import type { Membership } from '../../model/membership.js'
import type { Tenant } from '../../model/tenant.js'
import type { User } from '../../model/user.js'
import type { DirectoryStep } from '../command.js'
import { checkSeats } from '../members/check-seats.js'
import { checkTenantsPerUser } from '../tenants/check-tenants-per-user.js'
import { invalidToken } from './open-invitation.js'

/** Turns an open invitation into a membership, within the limits of the tenant and of the user. */
export async function joinByInvitation(
  { context, tx, now }: DirectoryStep,
  { invitation, tenant, user }: { readonly invitation: Invitation; readonly tenant: Tenant; readonly user: User },
): Promise<{ readonly membership: Membership; readonly event: NewEvent }> {
  const key = { tenantId: tenant.id, userId: user.id }
  if (await tx.memberships.find(key)) throw new TenancyError('already_member', 'You are a member already', {})
  await checkSeats(context, tx, tenant)
  await checkTenantsPerUser(context, tx, user)
  const settled = await tx.invitations.settle({ tenantId: tenant.id, id: invitation.id, status: 'accepted', at: now })
  if (!settled) throw invalidToken()
  const membership: Membership = {
    ...key,
    roles: [invitation.role],
    active: true,
    overrides: {},
    invitedBy: invitation.inviterId,
    lastActiveAt: null,
    createdAt: now,
  }
  await tx.memberships.insert(membership)
  return {
    membership,
    event: {
      type: 'member.joined',
      scope: { tenantId: tenant.id },
      target: { type: 'member', id: user.id },
      data: { role: invitation.role, invitationId: invitation.id },
    },
  }
}
