import { z } from 'zod'
import type { NewEvent } from '../../../events.js'
import { Id } from '../../../model/id.js'
import { removeResource } from '../../steps/resources/remove-resource.js'
import { requireAcrossTenants } from '../../steps/resources/find-across-tenants.js'
import { userCommand, tenantIdsOfResources } from '../../pipeline/user-command.js'

/** Removes up to 100 resources for good, in whichever of the caller's tenants they are: all of them, or none. */
export const deleteOwnResources = userCommand({
  input: z.strictObject({ type: z.string(), ids: z.array(Id).min(1).max(100) }),
  tenants: tenantIdsOfResources,
  async run(step, { type, ids }) {
    const { context, tx, user } = step
    const events: NewEvent[] = []
    for (const id of new Set(ids)) {
      const resource = await requireAcrossTenants({ context, reads: tx, user }, { type, id }, 'delete')
      events.push(...(await removeResource(step, resource)))
    }
    return { result: undefined, events }
  },
})
