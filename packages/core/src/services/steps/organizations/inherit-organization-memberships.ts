import type { NewEvent } from '../../../events.js'
import type { User } from '../../../model/user.js'
import { keepsAnAdmin } from '../../../policy/invariants.js'
import { StorageError } from '../../../storage/storage-error.js'
import type { Step } from '../../pipeline/command.js'

/**
 * Gives what somebody is in organizations to somebody else. Who is a member already stays what they are, unless the
 * organization would be left without an admin.
 */
export async function inheritOrganizationMemberships(
  { tx, locks }: Pick<Step, 'tx' | 'locks'>,
  { from, to }: { readonly from: Pick<User, 'id'>; readonly to: Pick<User, 'id'> },
): Promise<readonly NewEvent[]> {
  const events: NewEvent[] = []
  for (const { membership } of await tx.organizationMembers.listByUser(from.id)) {
    const { organizationId, active, admin } = membership
    if (!locks.organizations?.includes(organizationId))
      throw new StorageError('busy', 'The account was added to an organization just now')
    const isLast = !keepsAnAdmin(await tx.organizationMembers.countAdmins({ organizationId }), membership, null)
    const own = await tx.organizationMembers.find({ organizationId, userId: to.id })
    if (!own) await tx.organizationMembers.insert({ ...membership, userId: to.id })
    else if (isLast)
      await tx.organizationMembers.update({ organizationId, userId: to.id, set: { active: true, admin: true } })
    await tx.organizationMembers.delete({ organizationId, userId: from.id })
    const target = { type: 'organization_member', id: to.id } as const
    events.push({
      type: 'organization_member.claimed',
      scope: { organizationId },
      target,
      data: { from: from.id, active, admin },
    })
  }
  return events
}
