import { TenancyError } from '../../../errors.js'
import type { TenantStep } from '../../pipeline/command.js'

/** Refuses what would take a role from its holders, or give them one that has only its key in common with theirs. */
export async function refuseRoleInUse({ tx, tenantId, now }: TenantStep, key: string): Promise<void> {
  const members = await tx.memberships.count({ tenantId, role: key })
  const invitations = await tx.invitations.countOpen({ tenantId, role: key, now })
  if (members + invitations === 0) return
  throw new TenancyError('role_in_use', 'Members hold this role, or invitations offer it', { members, invitations })
}
