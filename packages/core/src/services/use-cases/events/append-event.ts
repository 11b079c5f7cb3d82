import { z } from 'zod'
import { EventTarget } from '../../../model/event.js'
import { HostEventData, HostName } from '../../../model/host-event.js'
import { tenantCommand } from '../../pipeline/command.js'

/**
 * Appends an event of the host's own to the tenant's chain: `{ type: 'app.invoice.paid' }`. It is hashed, listed,
 * delivered and told to listeners as ours are. No API offers this; the host's code calls it, as the member who did it.
 */
export const appendEvent = tenantCommand({
  input: z.strictObject({
    type: HostName,
    /** What it is about, such as `{ type: 'app.invoice', id: 'inv-7' }`. Default: the tenant. */
    target: EventTarget.strict().optional(),
    /** At most 8 KiB of JSON. Whoever reads the audit log reads it: no secrets. */
    data: HostEventData.prefault({}),
  }),
  permission: null,
  async run({ tenantId }, { type, target, data }) {
    const about = target ?? ({ type: 'tenant', id: tenantId } as const)
    return { result: undefined, events: [{ type, target: about, data }] }
  },
})
