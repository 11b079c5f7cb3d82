import type { Resource } from '../../model/resource.js'
import { isLent } from '../../policy/invariants.js'
import { memberCommand } from '../command.js'
import type { TenantStep } from '../command.js'
import type { Outcome } from '../outcome.js'
import { giveBack } from './give-back.js'
import { tenantsOfResource } from './held-tenants.js'
import { findKnown, ownersAlone, resourceNotFound } from './load-resource.js'
import { ResourceName } from './resource-input.js'

/** Makes a resource private again. One that is lent goes home; its owner may ask for that here and there. */
export const unshareResource = memberCommand({
  input: ResourceName,
  permission: null,
  otherTenants: tenantsOfResource,
  async run(step, named) {
    const { tx, tenantId, user } = step
    const resource = await findKnown(step, tx.resources, named)
    if (!resource) {
      const loan = await tx.resources.findLoan({ homeTenantId: tenantId, ...named })
      if (loan?.ownerId !== user.id) throw resourceNotFound()
      const { resource: result, events } = await giveBack(step, loan)
      return { result, events }
    }
    if (resource.ownerId !== user.id) throw ownersAlone()
    if (!isLent(resource)) return hide(step, resource)
    const { resource: result, events } = await giveBack(step, resource)
    return { result, events }
  },
})

/** Makes what is at home private. */
export async function hide(
  { tx, now }: Pick<TenantStep, 'tx' | 'now'>,
  resource: Resource,
): Promise<Outcome<Resource>> {
  const { tenantId, type, id } = resource
  if (resource.visibility === 'private') return { result: resource, events: [] }
  const set = { visibility: 'private', updatedAt: now, activeAt: now } as const
  if (!(await tx.resources.update({ tenantId, type, id, set }))) throw resourceNotFound()
  const target = { type: 'resource', id } as const
  return {
    result: { ...resource, ...set },
    events: [{ type: 'resource.unshared', scope: { tenantId }, target, data: { type, tenantId } }],
  }
}
