import { parseEmail } from '@tenantry/core'
import { z } from 'zod'
import { queryInteger } from '../../../handler/fields.js'
import { defineRoute } from '../../../handler/route.js'
import { answerOf, done, Person } from '../schemas.js'
import { toUserResponse } from '../responses.js'

const tag = 'Users'
const Address = z
  .string()
  .max(1000)
  .refine((text) => parseEmail(text) !== null, 'must be an address')

const getMe = defineRoute({
  method: 'GET',
  path: '/user/info',
  summary: 'The caller',
  tag,
  response: answerOf(Person),
  run: async ({ as }) => done(toUserResponse(await as.users.me())),
})

const listUsers = defineRoute({
  method: 'GET',
  path: '/user/list',
  summary: 'The accounts that the caller knows, oldest first; all of them for an operator',
  tag,
  query: z.strictObject({
    page: queryInteger({ maximum: 1_000_000, fallback: 1 }),
    page_size: queryInteger({ maximum: 100, fallback: 100 }),
    email: Address.optional(),
  }),
  response: answerOf(z.array(Person)).extend({ total: z.int() }),
  async run({ as, query: { page, page_size: limit, email } }) {
    const { items, total = 0 } = await as.users.list({ page, limit, email })
    return { ...done(items.map(toUserResponse)), total }
  },
})

/** The directory of users, whoever manages them. */
export const directoryRoutes = [getMe, listUsers]
