import { z } from 'zod'
import { LabelsInput, Labels } from '../../../model/labels.js'
import { Attributes, ResourceName as Name, ResourceVisibility, SizeBytes } from '../../../model/resource.js'
import type { Resource } from '../../../model/resource.js'
import { isShared } from '../../../policy/invariants.js'
import { tenantCommand } from '../../pipeline/command.js'
import { parseInput } from '../../pipeline/parse-input.js'
import { isSharedElsewhere, isOwn, loadResource, ownerOnly } from '../../steps/resources/load-resource.js'
import { ResourceName } from '../../steps/resources/resource-input.js'
import { shareInTenant } from '../../steps/resources/share.js'
import { unshareInTenant } from '../../steps/resources/unshare.js'
import { changeResource } from '../../steps/resources/change-resource.js'
import { ifVersion, requireVersion, versionOf } from '../../pipeline/version.js'

/** Changes what is given. `attributes` and `labels` are replaced as a whole, or with `merge` key by key. */
export const updateResource = tenantCommand({
  input: ResourceName.extend({
    name: Name.optional(),
    attributes: Attributes.optional(),
    labels: LabelsInput.optional(),
    /** Whether keys of `attributes` and kinds of `labels` that are not named stay as they are. */
    merge: z.boolean().default(false),
    sizeBytes: SizeBytes.optional(),
    /** What `versionOf` returned of it as the caller has read it; else `version_mismatch`. */
    ifVersion,
    /** Whether the tenant sees it, for its owner to say. */
    visibility: ResourceVisibility.optional(),
  }),
  permission: null,
  async run(step, { type, id, visibility, merge, ifVersion: expected, ...given }) {
    const resource = await loadResource(step, step.tx.resources, { type, id }, 'update')
    requireVersion(versionOf.resource(resource), expected)
    const fields = { ...given, ...whole(merge ? resource : { attributes: {}, labels: {} }, given) }
    const isShown = visibility === undefined || visibility === resource.visibility
    if (!isShown && !isOwn(step, resource)) throw ownerOnly()
    // A shared resource is visible; its owner unshares it first.
    if (!isShown && isShared(resource)) throw isSharedElsewhere()
    const written = await changeResource(step, resource, fields)
    if (isShown) return written
    const placed = await (visibility === 'tenant' ? shareInTenant : unshareInTenant)(step, written.result)
    return { result: placed.result, events: [...written.events, ...placed.events] }
  },
})

const Whole = z.object({ attributes: Attributes.optional(), labels: Labels.optional() })

/** What is given over what stays, held to the limits of the whole. */
function whole(
  staying: Pick<Resource, 'attributes' | 'labels'>,
  { attributes, labels }: z.input<typeof Whole>,
): z.output<typeof Whole> {
  return parseInput(Whole, {
    attributes: attributes && { ...staying.attributes, ...attributes },
    labels: labels && { ...staying.labels, ...labels },
  })
}
