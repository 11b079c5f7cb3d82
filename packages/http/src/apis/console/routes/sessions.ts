import { TenancyError } from '@tenantry/core'
import { z } from 'zod'
import { defineRoute } from '../../../handler/route.js'
import { SAMPLE } from '../../../handler/sample.js'
import { Success, SUCCESS } from '../schemas.js'

const tag = 'Sessions'

const login = defineRoute({
  method: 'POST',
  path: '/login',
  summary: 'Sign in by email and password',
  tag,
  public: true,
  body: z.strictObject({ email: z.string().max(1000), password: z.string().max(1024) }),
  example: { email: SAMPLE.email, password: SAMPLE.password },
  response: Success.extend({ data: z.object({ access_token: z.string() }) }),
  async run({ as, body }) {
    const { accessToken } = await as.users.signIn(body)
    return { ...SUCCESS, data: { access_token: accessToken } }
  },
})

const logout = defineRoute({
  method: 'POST',
  path: '/logout',
  summary: 'End the access token that the request bears',
  tag,
  // The token is its own credential here, so a user who may no longer act can revoke it, too.
  public: true,
  response: Success,
  async run({ as, accessToken }) {
    if (accessToken === null) throw new TenancyError('unauthenticated', 'Sign in first', {})
    await as.users.signOut({ accessToken })
    return SUCCESS
  },
})

export const sessionRoutes = [login, logout]
