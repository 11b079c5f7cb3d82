import { TenancyError } from '../../../errors.js'
import type { NewEvent } from '../../../events.js'
import { keepsAnAdmin } from '../../../policy/invariants.js'
import type { OrganizationOfUser } from '../../../storage/organization-member-port.js'
import type { GlobalStep } from '../../pipeline/command.js'

/** Ends every membership of a person in an organization, or refuses when one would be left without an admin. */
export async function leaveOrganizations(
  { tx }: Pick<GlobalStep, 'tx'>,
  all: readonly OrganizationOfUser[],
): Promise<readonly NewEvent[]> {
  const events: NewEvent[] = []
  const organizationIds: string[] = []
  for (const { organization, membership } of all) {
    const { userId, active, admin } = membership
    const scope = { organizationId: organization.id }
    if (!keepsAnAdmin(await tx.organizationMembers.countAdmins(scope), membership, null)) {
      organizationIds.push(organization.id)
      continue
    }
    await tx.organizationMembers.delete({ ...scope, userId })
    const target = { type: 'organization_member', id: userId } as const
    events.push({ type: 'organization_member.removed', scope, target, data: { active, admin } })
  }
  if (organizationIds.length === 0) return events
  throw new TenancyError('last_admin', 'Name another admin of the organizations first', { organizationIds })
}
