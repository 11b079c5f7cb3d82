import { z } from 'zod'
import { directoryQuery } from '../query.js'

/** How many mails wait, since when the oldest one is due, and how many gave up. For operators. */
export const mailBacklog = directoryQuery({
  input: z.strictObject({}),
  who: 'operator',
  async run({ read }) {
    const [backlog, dead] = await Promise.all([read.mails.backlog(), read.mails.countDead()])
    return { ...backlog, dead }
  },
})
