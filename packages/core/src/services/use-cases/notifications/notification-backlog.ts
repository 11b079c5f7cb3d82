import { z } from 'zod'
import { globalQuery } from '../../pipeline/query.js'

/** How many events at most are still to be told, and a moment before which all were. For operators. */
export const notificationBacklog = globalQuery({
  input: z.strictObject({}),
  who: 'operator',
  run: async ({ read }) => read.notificationChains.backlog(),
})
