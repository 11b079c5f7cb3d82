import { tenantQuery } from '../query.js'
import { loadResource } from './load-resource.js'
import { ResourceName } from './resource-input.js'

/** A resource that is the caller's, or that the caller may read. */
export const getResource = tenantQuery({
  input: ResourceName,
  permission: null,
  run: (step, named) => loadResource(step, step.read.resources, named, 'read'),
})
