import { z } from 'zod'
import { directoryQuery } from '../query.js'

/**
 * How many events wait to be delivered, a moment before which all were delivered or given up, and how many were given
 * up. For operators.
 */
export const relayBacklog = directoryQuery({
  input: z.strictObject({}),
  who: 'operator',
  async run({ read }) {
    const [backlog, dead] = await Promise.all([read.relay.backlog(), read.relay.countDead()])
    return { ...backlog, dead }
  },
})
