import { tenantCommand } from '../../pipeline/command.js'
import { tenantsOfResource } from '../../steps/resources/locked-tenants.js'
import { loadResource } from '../../steps/resources/load-resource.js'
import { ResourceName } from '../../steps/resources/resource-input.js'
import { removeResource } from '../../steps/resources/remove-resource.js'

/** Deletes a resource permanently. A shared one is deleted in both tenants. */
export const deleteResource = tenantCommand({
  input: ResourceName,
  permission: null,
  otherTenants: tenantsOfResource,
  async run(step, { type, id }) {
    const resource = await loadResource(step, step.tx.resources, { type, id }, 'delete')
    return { result: undefined, events: await removeResource(step, resource) }
  },
})
