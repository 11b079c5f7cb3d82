import { z } from 'zod'
import { directoryQuery } from '../query.js'

/** How many events at most are still to be told, and a moment before which all were. For operators. */
export const notificationBacklog = directoryQuery({
  input: z.strictObject({}),
  who: 'operator',
  run: async ({ read }) => read.notificationChains.backlog(),
})
