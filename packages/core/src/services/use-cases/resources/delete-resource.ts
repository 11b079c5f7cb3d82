import type { NewEvent } from '../../../events.js'
import type { Resource } from '../../../model/resource.js'
import { tenantCommand } from '../../pipeline/command.js'
import type { TenantStep } from '../../pipeline/command.js'
import { requireLocked, tenantsOfResource } from '../../steps/resources/locked-tenants.js'
import { loadResource, resourceNotFound } from '../../steps/resources/load-resource.js'
import { ResourceName } from '../../steps/resources/resource-input.js'

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
  { tenantId, ownerTenantId, type, id }: Resource,
): Promise<readonly NewEvent[]> {
  const places = new Set([tenantId, ownerTenantId])
  requireLocked(step, [...places])
  if (!(await step.tx.resources.delete({ tenantId, type, id }))) throw resourceNotFound()
  const target = { type: 'resource', id } as const
  return [...places].map((place): NewEvent => ({
    type: 'resource.deleted',
    scope: { tenantId: place },
    target,
    data: { type },
  }))
}
