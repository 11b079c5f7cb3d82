import { tenantQuery } from '../../pipeline/query.js'
import { loadResource } from '../../steps/resources/load-resource.js'
import { ResourceName } from '../../steps/resources/resource-input.js'

/** A resource that is the caller's, or that the caller may read. */
export const getResource = tenantQuery({
  input: ResourceName,
  permission: null,
  run: (step, named) => loadResource(step, step.read.resources, named, 'read'),
})
