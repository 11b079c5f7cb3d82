import { z } from 'zod'
import { queryInteger } from '../../http/fields.js'
import { defineRoute } from '../../http/route.js'
import { answerOf, done, Person } from '../answers.js'
import { presentUser } from '../present.js'

const tag = 'Users'

const getMe = defineRoute({
  method: 'GET',
  path: '/user/info',
  summary: 'The caller',
  tag,
  answer: answerOf(Person),
  run: async ({ as }) => done(presentUser(await as.users.me())),
})

const listUsers = defineRoute({
  method: 'GET',
  path: '/user/list',
  summary: 'The accounts that the caller knows, oldest first; all of them for an operator',
  tag,
  query: z.strictObject({
    page: queryInteger({ maximum: 1_000_000, fallback: 1 }),
    page_size: queryInteger({ maximum: 100, fallback: 100 }),
    email: z.string().max(200).describe('Part of an address').optional(),
  }),
  answer: answerOf(z.object({ users: z.array(Person), total: z.int() })),
  async run({ as, query: { page, page_size: limit, email } }) {
    const { items, total = 0 } = await as.users.list({ page, limit, email })
    return done({ users: items.map(presentUser), total })
  },
})

/** Who there is, wherever accounts are kept. */
export const directoryRoutes = [getMe, listUsers]
