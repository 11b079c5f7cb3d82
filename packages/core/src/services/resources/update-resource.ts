import { Attributes, ResourceName as Name, SizeBytes } from '../../model/resource.js'
import { tenantCommand } from '../command.js'
import { loadResource, resourceNotFound } from './load-resource.js'
import { ResourceName } from './resource-input.js'

/** Changes what is given; `attributes` are replaced as a whole. */
export const updateResource = tenantCommand({
  input: ResourceName.extend({
    name: Name.optional(),
    attributes: Attributes.optional(),
    sizeBytes: SizeBytes.optional(),
  }),
  permission: null,
  async run(step, { type, id, ...fields }) {
    const { tx, tenantId, now } = step
    const resource = await loadResource(step, tx.resources, { type, id }, 'update')
    const set = { ...resource, ...definedOf(fields) }
    const changed = (['name', 'attributes', 'sizeBytes'] as const).filter(
      (field) => JSON.stringify(set[field]) !== JSON.stringify(resource[field]),
    )
    if (changed.length === 0) return { result: resource, events: [] }
    const { name, attributes, sizeBytes } = set
    const given = { name, attributes, sizeBytes, updatedAt: now }
    if (!(await tx.resources.update({ tenantId, type, id, set: given }))) throw resourceNotFound()
    return {
      result: { ...resource, ...given },
      events: [{ type: 'resource.updated', target: { type: 'resource', id }, data: { type, changed } }],
    }
  },
})

function definedOf<Fields extends object>(fields: Fields): { [Key in keyof Fields]?: Exclude<Fields[Key], undefined> } {
  // What is left has no value that is undefined.
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never
}
