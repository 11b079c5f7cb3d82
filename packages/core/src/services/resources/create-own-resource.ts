import { z } from 'zod'
import { Attributes, ResourceName, SizeBytes } from '../../model/resource.js'
import type { Resource } from '../../model/resource.js'
import { StorageError } from '../../storage/storage-error.js'
import type { NewEvent } from '../../events.js'
import { homesOf } from '../tenants/homes-of.js'
import { openOneFor } from '../tenants/open-personal-tenant.js'
import { refuseTakenId } from './create-resource.js'
import { ownCommand } from './own-command.js'
import type { OwnStep } from './own-command.js'
import { checkPlace, moveTo, placeFields } from './place.js'
import { requireType } from './resource-input.js'

/**
 * Makes a resource of one's own, at home in one's personal tenant, which is opened with the first one, and shows it to
 * a tenant if asked to. Nobody needs a right for what nobody else sees.
 */
export const createOwnResource = ownCommand({
  input: z.strictObject({
    type: z.string(),
    name: ResourceName,
    attributes: Attributes.prefault({}),
    sizeBytes: SizeBytes.default(0),
    ...placeFields,
  }),
  async tenants({ context, userId }, { tenantId }) {
    const { personal, team } = await homesOf(context.storage.read, userId)
    return [personal?.id, team?.id, tenantId].flatMap((id) => id ?? [])
  },
  async run(step, { type, name, attributes, sizeBytes, ...wanted }) {
    const { context, tx, user, now } = step
    requireType(context, type)
    checkPlace(wanted)
    const home = await homeOf(step)
    const resource: Resource = {
      tenantId: home.id,
      homeTenantId: home.id,
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
      scope: { tenantId: home.id },
      target: { type: 'resource', id: resource.id },
      data: { type, name, visibility: 'private' },
    }
    const homeStep = { ...step, locks: { ...step.locks, tenants: [...(step.locks.tenants ?? []), home.id] } }
    const placed =
      wanted.visibility === 'tenant' ? await moveTo(homeStep, resource, wanted) : { result: resource, events: [] }
    return { result: placed.result, events: [...home.events, created, ...placed.events] }
  },
})

/** The caller's personal tenant; a new one is in nobody else's hands yet. */
async function homeOf(step: OwnStep): Promise<{ readonly id: string; readonly events: readonly NewEvent[] }> {
  const { personal } = await homesOf(step.tx, step.user.id)
  if (!personal) {
    const { tenant, event } = await openOneFor(step, step.user)
    return { id: tenant.id, events: [event] }
  }
  if (step.locks.tenants?.includes(personal.id)) return { id: personal.id, events: [] }
  throw new StorageError('busy', 'The personal tenant was opened just now')
}
