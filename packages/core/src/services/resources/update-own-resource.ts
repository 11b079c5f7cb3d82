import { z } from 'zod'
import { Attributes, ResourceName as Name, SizeBytes } from '../../model/resource.js'
import { loadStanding } from '../authorize.js'
import { parseInput } from '../parse-input.js'
import { homesOf } from '../tenants/homes-of.js'
import { loadAnywhere } from './find-anywhere.js'
import { requireHeld } from './held-tenants.js'
import { ownersAlone } from './load-resource.js'
import { ownCommand, placesOfIds } from './own-command.js'
import { checkPlace, isElsewhere, moveTo, placeFields } from './place.js'
import { Expected, requireExpected, ResourceName } from './resource-input.js'
import { rewrite } from './update-resource.js'

/**
 * Changes what is given, in whichever of the caller's tenants it is; `attributes` are put in place of those of the
 * same names, or beside them. Who sees it
 * is its owner's alone to change: saying again what is so changes nothing.
 */
export const updateOwnResource = ownCommand({
  input: ResourceName.extend({
    name: Name.optional(),
    attributes: Attributes.optional(),
    sizeBytes: SizeBytes.optional(),
    /** What it must still hold, as the caller has read it; else `conflict`. */
    expected: Expected.optional(),
    ...placeFields,
  }),
  async tenants(scope, { type, id, tenantId }) {
    const { team } = await homesOf(scope.context.storage.read, scope.userId)
    const places = await placesOfIds(scope, { type, ids: [id] })
    return [...places, ...[tenantId, team?.id].flatMap((one) => one ?? [])]
  },
  async run(step, { type, id, visibility, tenantId, attributes: given, expected, ...fields }) {
    const { context, tx, user } = step
    const resource = await loadAnywhere({ context, reads: tx, user }, { type, id }, 'update')
    requireHeld(step, [resource.tenantId, resource.homeTenantId])
    requireExpected(resource, expected)
    checkPlace({ visibility: visibility ?? resource.visibility, tenantId })
    const moves = isElsewhere(resource, { visibility, tenantId })
    if (moves && resource.ownerId !== user.id) throw ownersAlone()
    // Where its owner no longer works it can be taken back, and stays for its readers as it is.
    if (!moves) await loadStanding(context, tx, { tenantId: resource.tenantId, userId: user.id })
    const attributes = given && { ...resource.attributes, ...given }
    // As a whole, too, they must not be too large.
    parseInput(z.object({ attributes: Attributes.optional() }), { attributes })
    const written = await rewrite(step, resource, { ...fields, attributes })
    if (!moves) return written
    const moved = await moveTo(step, written.result, { visibility, tenantId })
    return { result: moved.result, events: [...written.events, ...moved.events] }
  },
})
