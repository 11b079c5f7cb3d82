import { TenancyError } from '../../../errors.js'
import type { OrganizationMembership } from '../../../model/organization.js'
import { keepsAnAdmin } from '../../../policy/invariants.js'
import type { Transaction } from '../../../storage/port.js'

type Flags = Pick<OrganizationMembership, 'active' | 'admin'>

/** Refuses what would leave nobody who runs the organization. Exact only while the organization's row is locked. */
export async function requireAnAdmin(
  tx: Transaction,
  { organizationId, ...before }: OrganizationMembership,
  after: Flags | null,
): Promise<void> {
  if (keepsAnAdmin(await tx.organizationMembers.countAdmins({ organizationId }), before, after)) return
  throw new TenancyError('last_admin', 'Name another admin of the organization first', {
    organizationIds: [organizationId],
  })
}
