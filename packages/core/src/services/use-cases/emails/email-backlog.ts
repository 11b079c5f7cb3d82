import { z } from 'zod'
import { globalQuery } from '../../pipeline/query.js'

/** How many mails wait, since when the oldest one is due, and how many gave up. For operators. */
export const emailBacklog = globalQuery({
  input: z.strictObject({}),
  who: 'operator',
  async run({ read }) {
    const [backlog, dead] = await Promise.all([read.emails.backlog(), read.emails.countDeadLetters()])
    return { ...backlog, dead }
  },
})
