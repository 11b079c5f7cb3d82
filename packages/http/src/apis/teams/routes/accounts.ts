import type { UserClient } from '@tenantry/core'
import { z } from 'zod'
import { RequestError } from '../../../handler/failure.js'
import { defineRoute, Reply } from '../../../handler/route.js'
import type { Call } from '../../../handler/route.js'
import { SAMPLE } from '../../../handler/sample.js'
import { answerOf, Done, done, Person } from '../schemas.js'
import { AnyId, onAccount } from '../ids.js'
import type { PasswordKey } from '../password-key.js'
import { toUserResponse } from '../responses.js'

const tag = 'Users'
const Address = z.string().max(1000)
// An encrypted password is as long as the key.
const Password = z.string().max(4096)
// Some clients send an empty string.
const Nickname = z.string().max(1000)
const nameOf = (nickname: string) => (nickname === '' ? undefined : nickname)

type Named = Pick<z.output<typeof NamedAccount>, 'user_id' | 'email'>
const NamedAccount = z.strictObject({ user_id: AnyId.optional(), email: Address.optional() })

/** Runs a call for the account with this ID or, without an ID, with this email address. */
async function onNamed<Result>(
  call: Pick<Call, 'actor' | 'as'>,
  { user_id, email }: Named,
  use: (userId: string) => Promise<Result>,
): Promise<Result> {
  if (user_id !== undefined) return onAccount(call, user_id, use)
  if (email !== undefined) return use((await call.as.users.get({ email })).id)
  throw new RequestError('invalid_field', 'user_id: is needed, or email', { field: 'user_id' })
}

/** Whether the caller is an operator. An operator vouches for the email address of an account that they create. */
async function isOperator(as: UserClient): Promise<boolean> {
  return (await as.users.me()).superuser
}

/** Routes for built-in accounts. Passwords may be sent encrypted. */
export function accountRoutes({ key }: { readonly key: PasswordKey }) {
  const opened = (password: string | undefined) => (password === undefined ? undefined : key.open(password))

  const publicKey = defineRoute({
    method: 'GET',
    path: '/user/public-key',
    summary: 'The key with which passwords may be encrypted: RSA-OAEP with SHA-256',
    tag,
    public: true,
    response: answerOf(z.object({ public_key: z.string(), algorithm: z.literal('RSA-OAEP-256') })),
    run: async () => done({ public_key: await key.publicKey(), algorithm: 'RSA-OAEP-256' as const }),
  })

  const login = defineRoute({
    method: 'POST',
    path: '/user/login',
    summary: 'Sign in; the token is in the header Authorization of the answer',
    tag,
    public: true,
    body: z.strictObject({ email: Address, password: Password }),
    example: { email: SAMPLE.email, password: SAMPLE.password },
    response: answerOf(Person),
    async run({ as, body: { email, password } }) {
      const { user, accessToken } = await as.users.signIn({ email, password: await key.open(password) })
      return new Reply(done(toUserResponse(user)), { headers: { Authorization: accessToken } })
    },
  })

  const register = defineRoute({
    method: 'POST',
    path: '/user/register',
    summary: 'Open an account of one’s own, where the host allows it, and sign in',
    tag,
    public: true,
    body: z.strictObject({ nickname: Nickname, email: Address, password: Password }),
    example: { nickname: 'Nell', email: 'nell@example.com', password: 'correct horse battery' },
    response: answerOf(Person),
    async run({ as, body: { nickname, email, password } }) {
      const name = nameOf(nickname)
      const { user, accessToken } = await as.users.signUp({ name, email, password: await key.open(password) })
      return new Reply(done(toUserResponse(user)), { headers: { Authorization: accessToken } })
    },
  })

  const createUser = defineRoute({
    method: 'POST',
    path: '/user/create',
    summary: 'Create an account; only an operator may create an operator',
    tag,
    body: z.strictObject({
      nickname: Nickname,
      email: Address,
      password: Password,
      is_superuser: z.boolean().default(false),
      /** The operator's own password, if their last sign-in is not recent. */
      current_password: Password.optional(),
    }),
    example: { nickname: 'Nell', email: 'nell@example.com', password: 'correct horse battery' },
    response: answerOf(Person),
    async run({ as, body: { nickname, email, password, is_superuser: superuser, current_password } }) {
      const name = nameOf(nickname)
      const currentPassword = await opened(current_password)
      const emailVerified = await isOperator(as)
      const account = { name, email, password: await key.open(password), superuser, emailVerified, currentPassword }
      return done(toUserResponse(await as.users.create(account)))
    },
  })

  const updateUser = defineRoute({
    method: 'PUT',
    path: '/user/update',
    summary: 'Change one’s own account, or any as an operator',
    tag,
    // If an ID is given, `email` is the new address.
    body: NamedAccount.extend({
      new_email: Address.optional(),
      nickname: Nickname.optional(),
      password: Password.optional(),
      is_superuser: z.boolean().optional(),
      // The caller's own password, encrypted or not, if their last sign-in is not recent.
      current_password: Password.optional(),
    }).refine(({ user_id, email, new_email }) => !user_id || email === undefined || new_email === undefined, {
      path: ['new_email'],
      message: 'says another address than email',
    }),
    example: { user_id: SAMPLE.id, nickname: 'Nell' },
    response: answerOf(Person),
    async run(call) {
      const { user_id, email, new_email, nickname, is_superuser: superuser } = call.body
      const { password, current_password } = call.body
      const changes = {
        name: nickname === '' ? null : nickname,
        superuser,
        email: new_email ?? (user_id && email),
        password: await opened(password),
        currentPassword: await opened(current_password),
      }
      const update = (userId: string) => call.as.users.update({ userId, ...changes })
      return done(toUserResponse(await onNamed(call, { user_id, email }, update)))
    },
  })

  const deleteUser = defineRoute({
    method: 'DELETE',
    path: '/user/delete',
    summary: 'Delete one’s own account, or any as an operator; teams with other members are handed over first',
    tag,
    body: NamedAccount.extend({
      // The caller's own password, encrypted or not, if their last sign-in is not recent.
      current_password: Password.optional(),
    }).refine(({ user_id, email }) => !user_id || email === undefined, {
      path: ['email'],
      message: 'is there beside user_id',
    }),
    example: { email: SAMPLE.email },
    response: Done,
    async run(call) {
      const { current_password } = call.body
      const currentPassword = await opened(current_password)
      await onNamed(call, call.body, (userId) => call.as.users.delete({ userId, currentPassword }))
      return done(true as const, 'The account is deleted')
    },
  })

  return [publicKey, login, register, createUser, updateUser, deleteUser]
}
