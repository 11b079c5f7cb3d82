import type { NewEvent } from '../../events.js'
import type { Resource } from '../../model/resource.js'
import { tenantCommand } from '../command.js'
import type { TenantStep } from '../command.js'
import { requireHeld, tenantsOfResource } from './held-tenants.js'
import { loadResource, resourceNotFound } from './load-resource.js'
import { ResourceName } from './resource-input.js'

/** Removes a resource for good, and with it what was shared. One that is lent is gone from its home, too. */
export const deleteResource = tenantCommand({
  input: ResourceName,
  permission: null,
  otherTenants: tenantsOfResource,
  async run(step, { type, id }) {
    const resource = await loadResource(step, step.tx.resources, { type, id }, 'delete')
    return { result: undefined, events: await destroy(step, resource) }
  },
})

/** Removes a resource where it is seen and at home. Both tenants are told. */
export async function destroy(
  step: Pick<TenantStep, 'tx' | 'locks'>,
  { tenantId, homeTenantId, type, id }: Resource,
): Promise<readonly NewEvent[]> {
  const places = new Set([tenantId, homeTenantId])
  requireHeld(step, [...places])
  if (!(await step.tx.resources.delete({ tenantId, type, id }))) throw resourceNotFound()
  const target = { type: 'resource', id } as const
  return [...places].map((place): NewEvent => ({
    type: 'resource.deleted',
    scope: { tenantId: place },
    target,
    data: { type },
  }))
}
