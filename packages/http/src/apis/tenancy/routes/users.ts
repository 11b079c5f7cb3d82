import { versionOf } from '@tenantry/core'
import { z } from 'zod'
import { WireId, wireLine } from '../../../handler/fields.js'
import { PAGE_HEADERS, pageOf, pageQuery, toPageReply } from '../pages.js'
import { ETAG_HEADERS, ifMatch, versionIn, withETag } from '../etags.js'
import { present } from '../responses.js'
import { created, CREATED_HEADERS, pathOf, row } from '../row.js'
import { DirectoryUser, User } from '../schemas.js'
import { currentPassword, profile } from './me.js'

const tag = 'Users'
const OneUser = z.strictObject({ userId: WireId.describe('The ID of a user') })

const listUsers = row({
  method: 'GET',
  path: '/users',
  operationId: 'listUsers',
  summary: 'List accounts, oldest first: for operators all, for others those they know',
  tag,
  query: z.strictObject({
    ...pageQuery,
    keyword: z.string().max(800).optional().describe('Part of a name or email address'),
    email: z.string().max(1000).optional().describe('A whole email address'),
  }),
  response: pageOf(DirectoryUser),
  responseHeaders: PAGE_HEADERS,
  run: async ({ as, query }) => toPageReply(query, await as.users.list(query), (user) => present(DirectoryUser, user)),
})

const createUser = row({
  method: 'POST',
  path: '/users',
  operationId: 'createUser',
  summary: 'Create an account for somebody, where the application allows it',
  tag,
  status: 201,
  body: z.strictObject({
    id: WireId.optional().describe('Your own ID. For operators'),
    email: z.string().max(1000),
    emailVerified: z.boolean().optional().describe('For operators'),
    name: wireLine(100).optional(),
    password: z.string().min(8).max(1024).optional(),
    language: z.string().max(35).optional(),
    timeZone: z.string().max(64).optional(),
    superuser: z.boolean().optional().describe('For operators'),
    currentPassword,
  }),
  example: { email: 'new@example.com', name: 'Nora' },
  response: User,
  responseHeaders: CREATED_HEADERS,
  async run(call) {
    const user = await call.as.users.create(call.body)
    return created(call, pathOf('users', user.id), present(User, user))
  },
})

const getUser = row({
  method: 'GET',
  path: '/users/{userId}',
  operationId: 'getUser',
  summary: 'Get an account: one’s own, or as an operator any',
  tag,
  params: OneUser,
  response: User,
  responseHeaders: ETAG_HEADERS,
  async run({ as, params }) {
    const user = await as.users.get({ userId: params.userId })
    return withETag(present(User, user), versionOf.user(user))
  },
})

const updateUser = row({
  method: 'PATCH',
  path: '/users/{userId}',
  operationId: 'updateUser',
  summary: 'Change an account: one’s own, or as an operator any',
  tag,
  params: OneUser,
  body: z.strictObject({
    ...profile,
    email: z.string().max(1000).optional(),
    emailVerified: z.boolean().optional().describe('For operators'),
    password: z.string().min(8).max(1024).optional(),
    superuser: z.boolean().optional().describe('For operators'),
    status: z.enum(['active', 'disabled']).optional().describe('For operators'),
    currentPassword,
  }),
  example: { status: 'disabled' },
  headers: ifMatch,
  response: User,
  responseHeaders: ETAG_HEADERS,
  async run({ as, params, headers, body }) {
    const user = await as.users.update({ userId: params.userId, ...body, ifVersion: versionIn(headers) })
    return withETag(present(User, user), versionOf.user(user))
  },
})

const deleteUser = row({
  method: 'DELETE',
  path: '/users/{userId}',
  operationId: 'deleteUser',
  summary: 'Delete an account: one’s own, or as an operator any',
  tag,
  params: OneUser,
  status: 204,
  body: z.strictObject({ currentPassword }),
  example: {},
  response: z.undefined(),
  run: async ({ as, params, body }) => void (await as.users.delete({ userId: params.userId, ...body })),
})

export const userRoutes = [listUsers, createUser, getUser, updateUser, deleteUser]
