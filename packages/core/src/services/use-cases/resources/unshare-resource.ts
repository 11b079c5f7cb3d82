import type { Resource } from '../../../model/resource.js'
import { isShared } from '../../../policy/invariants.js'
import { memberCommand } from '../../pipeline/command.js'
import type { TenantStep } from '../../pipeline/command.js'
import type { Outcome } from '../../pipeline/outcome.js'
import { unshare } from '../../steps/resources/unshare.js'
import { tenantsOfResource } from '../../steps/resources/locked-tenants.js'
import { findVisible, ownerOnly, resourceNotFound } from '../../steps/resources/load-resource.js'
import { ResourceName } from '../../steps/resources/resource-input.js'

/** Makes a resource private again. One that is lent goes home; its owner may ask for that here and there. */
export const unshareResource = memberCommand({
  input: ResourceName,
  permission: null,
  otherTenants: tenantsOfResource,
  async run(step, named) {
    const { tx, tenantId, user } = step
    const resource = await findVisible(step, tx.resources, named)
    if (!resource) {
      const share = await tx.resources.findShare({ ownerTenantId: tenantId, ...named })
      if (share?.ownerId !== user.id) throw resourceNotFound()
      const { resource: result, events } = await unshare(step, share)
      return { result, events }
    }
    if (resource.ownerId !== user.id) throw ownerOnly()
    if (!isShared(resource)) return hide(step, resource)
    const { resource: result, events } = await unshare(step, resource)
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
