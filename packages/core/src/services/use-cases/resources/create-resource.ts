import { z } from 'zod'
import { Id } from '../../../model/id.js'
import { Labels } from '../../../model/labels.js'
import { Attributes, ResourceName, ResourceVisibility, SizeBytes } from '../../../model/resource.js'
import type { Resource } from '../../../model/resource.js'
import { memberCommand } from '../../pipeline/command.js'
import { authorizeCreation } from '../../steps/resources/load-resource.js'
import { refuseTakenId } from '../../steps/resources/refuse-taken-id.js'

/** Creates a resource in the tenant; the caller owns it. */
export const createResource = memberCommand({
  input: z.strictObject({
    type: z.string(),
    /** The host's own id. Default: a new one. */
    id: Id.optional(),
    name: ResourceName,
    visibility: ResourceVisibility.default('private'),
    attributes: Attributes.prefault({}),
    labels: Labels.prefault({}),
    sizeBytes: SizeBytes.default(0),
  }),
  permission: null,
  async run(step, { type, id = step.context.newId(), ...fields }) {
    const { tx, tenantId, user, now } = step
    authorizeCreation(step, type)
    const times = { createdAt: now, updatedAt: now, activeAt: now }
    const resource: Resource = { tenantId, type, id, ownerTenantId: tenantId, ownerId: user.id, ...fields, ...times }
    await tx.resources.insert(resource).catch(refuseTakenId)
    const data = { type, name: resource.name, visibility: resource.visibility }
    return { result: resource, events: [{ type: 'resource.created', target: { type: 'resource', id }, data }] }
  },
})
