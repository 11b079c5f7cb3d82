import { z } from 'zod'
import { Attributes, ResourceName, SizeBytes } from '../../../model/resource.js'
import type { Resource } from '../../../model/resource.js'
import { StorageError } from '../../../storage/storage-error.js'
import type { NewEvent } from '../../../events.js'
import { ownedTenantsOf } from '../../steps/tenants/owned-tenants.js'
import { openOneFor } from '../../steps/tenants/open-personal-tenant.js'
import { refuseTakenId } from '../../steps/resources/refuse-taken-id.js'
import { userCommand } from '../../pipeline/user-command.js'
import type { UserStep } from '../../pipeline/user-command.js'
import { checkTarget, changeVisibility, visibilityFields } from '../../steps/resources/visibility.js'
import { requireType } from '../../steps/resources/resource-input.js'

/**
 * Creates a resource in the caller's personal tenant, and shares it with a tenant if asked to. The first resource creates
 * the personal tenant. A private resource needs no permission.
 */
export const createOwnResource = userCommand({
  input: z.strictObject({
    type: z.string(),
    name: ResourceName,
    attributes: Attributes.prefault({}),
    sizeBytes: SizeBytes.default(0),
    ...visibilityFields,
  }),
  async tenants({ context, userId }, { tenantId }) {
    const { personal, nonPersonal } = await ownedTenantsOf(context.storage.read, userId)
    return [personal?.id, nonPersonal?.id, tenantId].flatMap((id) => id ?? [])
  },
  async run(step, { type, name, attributes, sizeBytes, ...wanted }) {
    const { context, tx, user, now } = step
    requireType(context, type)
    checkTarget(wanted)
    const ownerTenant = await ownerTenantOf(step)
    const resource: Resource = {
      tenantId: ownerTenant.id,
      ownerTenantId: ownerTenant.id,
      type,
      id: context.newId(),
      ownerId: user.id,
      visibility: 'private',
      name,
      attributes,
      labels: {},
      sizeBytes,
      createdAt: now,
      updatedAt: now,
      activeAt: now,
    }
    await tx.resources.insert(resource).catch(refuseTakenId)
    const created: NewEvent = {
      type: 'resource.created',
      scope: { tenantId: ownerTenant.id },
      target: { type: 'resource', id: resource.id },
      data: { type, name, visibility: 'private' },
    }
    const ownerStep = { ...step, locks: { ...step.locks, tenants: [...(step.locks.tenants ?? []), ownerTenant.id] } }
    const placed =
      wanted.visibility === 'tenant'
        ? await changeVisibility(ownerStep, resource, wanted)
        : { result: resource, events: [] }
    return { result: placed.result, events: [...ownerTenant.events, created, ...placed.events] }
  },
})

/** The caller's personal tenant; a new one is in nobody else's hands yet. */
async function ownerTenantOf(step: UserStep): Promise<{ readonly id: string; readonly events: readonly NewEvent[] }> {
  const { personal } = await ownedTenantsOf(step.tx, step.user.id)
  if (!personal) {
    const { tenant, event } = await openOneFor(step, step.user)
    return { id: tenant.id, events: [event] }
  }
  if (step.locks.tenants?.includes(personal.id)) return { id: personal.id, events: [] }
  throw new StorageError('busy', 'The personal tenant was opened just now')
}
