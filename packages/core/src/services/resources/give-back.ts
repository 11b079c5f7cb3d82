import type { NewEvent } from '../../events.js'
import type { Resource } from '../../model/resource.js'
import type { Loan } from '../../storage/resource-port.js'
import type { TenantStep } from '../command.js'
import { placesOf, requireHeld } from './held-tenants.js'
import { resourceNotFound } from './load-resource.js'

/** Ends a loan: the resource is private again, at home. Both tenants are told. */
export async function giveBack(
  step: Pick<TenantStep, 'tx' | 'now' | 'locks'>,
  loan: Loan,
): Promise<{ readonly resource: Resource; readonly events: readonly NewEvent[] }> {
  const { tx, now } = step
  const { type, id, tenantId, homeTenantId } = loan
  requireHeld(step, placesOf(loan))
  const taken = await tx.resources.takeBack({ tenantId, type, id, at: now })
  const resource = taken ? await tx.resources.find({ tenantId: homeTenantId, type, id }) : null
  if (!resource) throw resourceNotFound()
  const target = { type: 'resource', id } as const
  const events = placesOf(loan).map((place): NewEvent => ({
    type: 'resource.unshared',
    scope: { tenantId: place },
    target,
    data: { type, tenantId },
  }))
  return { resource, events }
}
