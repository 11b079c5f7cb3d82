import { unauthenticated } from '../actor.js'
import { directoryQuery } from '../query.js'
import { loadAnywhere } from './find-anywhere.js'
import { ResourceName } from './resource-input.js'

/** A resource that is the caller's, or that the caller may read, in whichever of their tenants it is. */
export const getOwnResource = directoryQuery({
  input: ResourceName,
  who: 'user',
  async run({ context, read, user }, named) {
    if (!user) throw unauthenticated()
    return loadAnywhere({ context, reads: read, user }, named, 'read')
  },
})
