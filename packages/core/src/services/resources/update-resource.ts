import { Labels } from '../../model/labels.js'
import { Attributes, ResourceName as Name, SizeBytes } from '../../model/resource.js'
import type { Resource } from '../../model/resource.js'
import { tenantCommand } from '../command.js'
import type { TenantStep } from '../command.js'
import type { Outcome } from '../outcome.js'
import { loadResource, resourceNotFound } from './load-resource.js'
import { ResourceName } from './resource-input.js'

/** Changes what is given; `attributes` and `labels` are replaced as a whole. */
export const updateResource = tenantCommand({
  input: ResourceName.extend({
    name: Name.optional(),
    attributes: Attributes.optional(),
    labels: Labels.optional(),
    sizeBytes: SizeBytes.optional(),
  }),
  permission: null,
  run: async (step, { type, id, ...fields }) =>
    rewrite(step, await loadResource(step, step.tx.resources, { type, id }, 'update'), fields),
})

/** Writes what differs. Nothing is told where nothing does. */
export async function rewrite(
  { tx, now }: Pick<TenantStep, 'tx' | 'now'>,
  resource: Resource,
  fields: { readonly [Field in 'name' | 'attributes' | 'labels' | 'sizeBytes']?: Resource[Field] | undefined },
): Promise<Outcome<Resource>> {
  const { tenantId, type, id } = resource
  const set = { ...resource, ...definedOf(fields) }
  const changed = (['name', 'attributes', 'labels', 'sizeBytes'] as const).filter(
    (field) => JSON.stringify(set[field]) !== JSON.stringify(resource[field]),
  )
  if (changed.length === 0) return { result: resource, events: [] }
  const { name, attributes, labels, sizeBytes } = set
  const given = { name, attributes, labels, sizeBytes, updatedAt: now, activeAt: now }
  if (!(await tx.resources.update({ tenantId, type, id, set: given }))) throw resourceNotFound()
  const target = { type: 'resource', id } as const
  return {
    result: { ...resource, ...given },
    events: [{ type: 'resource.updated', scope: { tenantId }, target, data: { type, changed } }],
  }
}

function definedOf<Fields extends object>(fields: Fields): { [Key in keyof Fields]?: Exclude<Fields[Key], undefined> } {
  // What is left has no value that is undefined.
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never
}
