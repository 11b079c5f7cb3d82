import type { NewEvent } from '../../../events.js'
import { hasAddress } from '../../../model/no-address.js'
import type { User } from '../../../model/user.js'
import type { GlobalStep } from '../../pipeline/command.js'
import { openTenant } from './open-tenant.js'

/**
 * Makes the tenant that comes with a new account, where the host wants one: named after its owner, whatever limits there
 * are. Answers the events to tell.
 */
export async function openPersonalTenant(step: GlobalStep, owner: User): Promise<readonly NewEvent[]> {
  if (!step.context.personalTenants) return []
  return [(await openOneFor(step, owner)).event]
}

/** Makes somebody's personal tenant, which they do not have yet. */
export async function openOneFor(step: Pick<GlobalStep, 'context' | 'tx' | 'now'>, owner: User) {
  // The local part of an address is a line of ASCII.
  const local = hasAddress(owner) ? owner.emailKey.slice(0, owner.emailKey.lastIndexOf('@')) : owner.id
  const name = owner.name ?? local.slice(0, 100)
  return openTenant(step, owner, { name, type: 'personal', joinPolicy: 'closed' })
}
