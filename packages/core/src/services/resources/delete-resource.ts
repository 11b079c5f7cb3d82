import type { NewEvent } from '../../events.js'
import { tenantCommand } from '../command.js'
import { requireHeld, tenantsOfResource } from './held-tenants.js'
import { loadResource, resourceNotFound } from './load-resource.js'
import { ResourceName } from './resource-input.js'

/** Removes a resource for good, and with it what was shared. One that is lent is gone from its home, too. */
export const deleteResource = tenantCommand({
  input: ResourceName,
  permission: null,
  otherTenants: tenantsOfResource,
  async run(step, { type, id }) {
    const { tx, tenantId } = step
    const resource = await loadResource(step, tx.resources, { type, id }, 'delete')
    const places = new Set([tenantId, resource.homeTenantId])
    requireHeld(step, [...places])
    if (!(await tx.resources.delete({ tenantId, type, id }))) throw resourceNotFound()
    const target = { type: 'resource', id } as const
    const events = [...places].map((place): NewEvent => ({
      type: 'resource.deleted',
      scope: { tenantId: place },
      target,
      data: { type },
    }))
    return { result: undefined, events }
  },
})
