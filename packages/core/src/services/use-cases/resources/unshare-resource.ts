import { isShared } from '../../../policy/invariants.js'
import { memberCommand } from '../../pipeline/command.js'
import { unshare, unshareInTenant } from '../../steps/resources/unshare.js'
import { tenantsOfResource } from '../../steps/resources/locked-tenants.js'
import { findVisible, ownerOnly, resourceNotFound } from '../../steps/resources/load-resource.js'
import { ResourceName } from '../../steps/resources/resource-input.js'

/** Makes a resource private again. A shared one returns to its owner's tenant; the owner may call this in either tenant. */
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
    if (!isShared(resource)) return unshareInTenant(step, resource)
    const { resource: result, events } = await unshare(step, resource)
    return { result, events }
  },
})
