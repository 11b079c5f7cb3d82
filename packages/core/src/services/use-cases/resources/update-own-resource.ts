import { z } from 'zod'
import { Attributes, ResourceName as Name, SizeBytes } from '../../../model/resource.js'
import { resolveAccess } from '../../pipeline/authorize.js'
import { parseInput } from '../../pipeline/parse-input.js'
import { ownedTenantsOf } from '../../steps/tenants/owned-tenants.js'
import { requireAcrossTenants } from '../../steps/resources/find-across-tenants.js'
import { requireLocked } from '../../steps/resources/locked-tenants.js'
import { ownerOnly } from '../../steps/resources/load-resource.js'
import { userCommand, tenantIdsOfResources } from '../../pipeline/user-command.js'
import { checkTarget, isElsewhere, changeVisibility, visibilityFields } from '../../steps/resources/visibility.js'
import { ResourceName } from '../../steps/resources/resource-input.js'
import { changeResource } from '../../steps/resources/change-resource.js'
import { ifVersion, requireVersion, versionOf } from '../../pipeline/version.js'

/**
 * Changes what is given, in whichever of the caller's tenants it is; `attributes` are put in place of those of the
 * same names, or beside them. Who sees it
 * is its owner's alone to change: saying again what is so changes nothing.
 */
export const updateOwnResource = userCommand({
  input: ResourceName.extend({
    name: Name.optional(),
    attributes: Attributes.optional(),
    sizeBytes: SizeBytes.optional(),
    /** What `versionOf` returned of it as the caller has read it; else `version_mismatch`. */
    ifVersion,
    ...visibilityFields,
  }),
  async tenants(scope, { type, id, tenantId }) {
    const { nonPersonal } = await ownedTenantsOf(scope.context.storage.read, scope.userId)
    const places = await tenantIdsOfResources(scope, { type, ids: [id] })
    return [...places, ...[tenantId, nonPersonal?.id].flatMap((one) => one ?? [])]
  },
  async run(step, { type, id, visibility, tenantId, attributes: given, ifVersion: expected, ...fields }) {
    const { context, tx, user } = step
    const resource = await requireAcrossTenants({ context, reads: tx, user }, { type, id }, 'update')
    requireLocked(step, [resource.tenantId, resource.ownerTenantId])
    requireVersion(versionOf.resource(resource), expected)
    checkTarget({ visibility: visibility ?? resource.visibility, tenantId })
    const moves = isElsewhere(resource, { visibility, tenantId })
    if (moves && resource.ownerId !== user.id) throw ownerOnly()
    // Where its owner no longer works it can be unshared, and stays for its readers as it is.
    if (!moves) await resolveAccess(context, tx, { tenantId: resource.tenantId, userId: user.id })
    const attributes = given && { ...resource.attributes, ...given }
    // As a whole, too, they must not be too large.
    parseInput(z.object({ attributes: Attributes.optional() }), { attributes })
    const written = await changeResource(step, resource, { ...fields, attributes })
    if (!moves) return written
    const moved = await changeVisibility(step, written.result, { visibility, tenantId })
    return { result: moved.result, events: [...written.events, ...moved.events] }
  },
})
