import type { Resource } from '../../../model/resource.js'
import type { TenantStep } from '../../pipeline/command.js'
import type { Outcome } from '../../pipeline/outcome.js'
import { resourceNotFound } from './load-resource.js'

/** Writes the fields that differ. Without a difference there is no event. */
export async function changeResource(
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
