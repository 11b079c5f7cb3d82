import { z } from 'zod'
import { globalQuery } from '../../pipeline/query.js'

/**
 * How many events wait to be delivered, a moment before which all were delivered or given up, and how many were given
 * up. For operators.
 */
export const eventBacklog = globalQuery({
  input: z.strictObject({}),
  who: 'operator',
  async run({ read }) {
    const [backlog, dead] = await Promise.all([read.eventDelivery.backlog(), read.eventDelivery.countDeadLetters()])
    return { ...backlog, dead }
  },
})
