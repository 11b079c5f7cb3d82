import { unauthenticated } from '../../pipeline/actor.js'
import { globalQuery } from '../../pipeline/query.js'
import { requireAcrossTenants } from '../../steps/resources/find-across-tenants.js'
import { ResourceName } from '../../steps/resources/resource-input.js'

/** A resource that is the caller's, or that the caller may read, in whichever of their tenants it is. */
export const getOwnResource = globalQuery({
  input: ResourceName,
  who: 'user',
  async run({ context, read, user }, named) {
    if (!user) throw unauthenticated()
    return requireAcrossTenants({ context, reads: read, user }, named, 'read')
  },
})
