import { TenancyError } from '../../errors.js'
import { Id } from '../../model/id.js'
import type { Organization } from '../../model/organization.js'
import type { User } from '../../model/user.js'
import type { Reads } from '../../storage/port.js'
import { isSystem, unauthenticated, userIdOf } from './actor.js'
import type { Scope } from './command.js'

/** Who calls, about one organization. */
export interface OrganizationScope extends Scope {
  readonly organizationId: string
}

/** Where the actor stands in the organization. `user` is `null` for the host's own code. */
export interface OrganizationAccess {
  readonly organization: Organization
  readonly user: User | null
  readonly isOperator: boolean
}

export function organizationNotFound(): TenancyError {
  return new TenancyError('organization_not_found', 'No such organization', {})
}

/** The organization a call names. What is no id at all is answered as the id of none, before any storage sees it. */
export function requireOrganizationId({ organizationId }: OrganizationScope): string {
  if (Id.safeParse(organizationId).success) return organizationId
  throw organizationNotFound()
}

/**
 * Loads an active member's access, or an operator's. Whoever is neither gets the same answer as for an organization
 * that does not exist.
 */
export async function resolveOrganizationAccess(
  reads: Pick<Reads, 'users' | 'organizations' | 'organizationMembers'>,
  scope: OrganizationScope,
  who: 'member' | 'admin',
): Promise<OrganizationAccess> {
  const { actor, organizationId } = scope
  const userId = userIdOf(actor)
  const user = userId === null ? null : await reads.users.find(userId)
  if (user?.status !== 'active' && !isSystem(actor)) throw unauthenticated()
  const isOperator = isSystem(actor) || user?.superuser === true
  const member = userId === null ? null : await reads.organizationMembers.find({ organizationId, userId })
  const organization = await reads.organizations.find(organizationId)
  if (!organization || !(isOperator || member?.active)) throw organizationNotFound()
  if (who === 'admin' && !(isOperator || member?.admin)) {
    throw new TenancyError('forbidden', 'Only admins of the organization may do this', {})
  }
  return { organization, user, isOperator }
}
