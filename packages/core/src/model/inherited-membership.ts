import type { Membership } from './membership.js'
import type { OrganizationMembership } from './organization.js'

/** What stands for a membership where somebody runs the tenant's organization and is no active member. */
export function inheritedMembership(
  { userId, createdAt }: Pick<OrganizationMembership, 'userId' | 'createdAt'>,
  { tenantId, role }: { readonly tenantId: string; readonly role: string },
): Membership {
  const none = { overrides: {}, invitedBy: null, lastActiveAt: null, metadata: null }
  return { tenantId, userId, roles: [role], active: true, ...none, createdAt }
}
