import { TenancyError } from '@tenantry/core'
import { z } from 'zod'
import { SAMPLE } from '../../../handler/sample.js'
import { present } from '../responses.js'
import { row } from '../row.js'
import { SignedIn } from '../schemas.js'
import { profile, signUpByInvitation } from './invitation-tokens.js'

const tag = 'Sessions'

const signUp = row({
  method: 'POST',
  path: '/sign-up',
  operationId: 'signUp',
  summary: 'Create an account and sign in, where the application allows it',
  tag,
  public: true,
  status: 201,
  body: z.strictObject({ email: z.string().max(1000), password: z.string().min(8).max(1024), ...profile }),
  example: { email: SAMPLE.email, password: SAMPLE.password },
  response: SignedIn,
  run: async ({ as, body }) => present(SignedIn, await as.users.signUp(body)),
})

const signIn = row({
  method: 'POST',
  path: '/sign-in',
  operationId: 'signIn',
  summary: 'Sign in by email address and password',
  tag,
  public: true,
  body: z.strictObject({ email: z.string().max(1000), password: z.string().max(1024) }),
  example: { email: SAMPLE.email, password: SAMPLE.password },
  response: SignedIn,
  run: async ({ as, body }) => present(SignedIn, await as.users.signIn(body)),
})

const signOut = row({
  method: 'POST',
  path: '/sign-out',
  operationId: 'signOut',
  summary: 'End the access token that the request bears',
  tag,
  // The token is its own credential here, so a user who may no longer act can revoke it, too.
  public: true,
  status: 204,
  response: z.undefined(),
  async run({ as, accessToken }) {
    if (accessToken === null) throw new TenancyError('unauthenticated', 'Sign in first', {})
    return void (await as.users.signOut({ accessToken }))
  },
})

const activateUser = row({
  method: 'POST',
  path: '/activate',
  operationId: 'activateUser',
  summary: 'Open an account that an admin created, with a password and the token from the email, and sign in',
  tag,
  public: true,
  body: z.strictObject({ token: z.string().max(200), password: z.string().min(8).max(1024), ...profile }),
  example: { token: SAMPLE.token, password: SAMPLE.password },
  response: SignedIn,
  run: async ({ as, body }) => present(SignedIn, await as.users.activate(body)),
})

/** Only with built-in accounts. Otherwise users sign in at the host. */
export const sessionRoutes = [signUp, signIn, signOut, activateUser, signUpByInvitation]
