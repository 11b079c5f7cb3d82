import type { PageRequest } from '../../../model/page.js'
import type { Tenant } from '../../../model/tenant.js'
import { permissionHolders } from '../../../policy/permission-holders.js'
import type { MembershipOfUser } from '../../../storage/membership-port.js'
import type { Transaction } from '../../../storage/port.js'
import type { Context } from '../../pipeline/context.js'
import { readingOf } from '../../steps/resources/load-resource.js'
import type { Audience } from '../../pipeline/notification-template.js'

interface Asked {
  readonly tenant: Tenant
  readonly page: PageRequest
}

/**
 * A page of the members an event may be told to, oldest membership first, as things stand now. Some of them may be inactive,
 * so that a full page is one behind which there may be more.
 */
export async function listRecipients(
  context: Pick<Context, 'policy'>,
  tx: Pick<Transaction, 'memberships' | 'resources'>,
  audience: Audience,
  { tenant, page }: Asked,
): Promise<readonly MembershipOfUser[]> {
  const { policy } = context
  const tenantId = tenant.id
  if (audience === 'managers')
    return tx.memberships.listHolders({ tenantId, ...permissionHolders(policy, tenant, 'member:assign'), page })
  if ('holdersOf' in audience) return tx.memberships.list({ tenantId, role: audience.holdersOf, page })
  if ('member' in audience) {
    const found = await tx.memberships.find({ tenantId, userId: audience.member })
    return found ? [found] : []
  }
  const resource = await tx.resources.find({ tenantId, ...audience.readersOf })
  // What is gone, or was made private meanwhile, is told to nobody.
  if (resource?.visibility !== 'tenant') return []
  const reading = readingOf(context, resource)
  if (reading === null) return []
  if (reading === 'membership') return tx.memberships.list({ tenantId, page })
  const holders = permissionHolders(policy, tenant, reading.permission, reading.facts)
  return tx.memberships.listHolders({ tenantId, ...holders, page })
}
