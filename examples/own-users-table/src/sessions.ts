import type { Database } from 'better-sqlite3'
import cookieSession from 'cookie-session'
import { json, Router } from 'express'
import type { Request } from 'express'
import { checkPassword, findUser, type HostUser } from './users.js'

const DAY_MS = 86_400_000

/** The host's own sign-in, with a signed cookie that cross-site requests do not send. */
export function sessions(database: Database, { key }: { readonly key: string }): Router {
  const router = Router()
  router.use(cookieSession({ name: 'session', keys: [key], maxAge: DAY_MS, sameSite: 'lax', httpOnly: true }))

  router.post('/sign-in', json(), async (request, response) => {
    const { email, password } = (request.body ?? {}) as Readonly<Record<string, unknown>> // Whatever was sent.
    if (typeof email !== 'string' || typeof password !== 'string') return void response.status(400).json({})
    const user = await checkPassword(database, email, password)
    if (!user) return void response.status(401).json({})
    request.session = { userId: user.id }
    response.json({ name: user.name })
  })

  router.post('/sign-out', (request, response) => {
    request.session = null
    response.json({})
  })
  return router
}

/** The signed-in user, as currently stored in the users table. */
export function signedInUser(database: Database, request: Request): HostUser | null {
  const userId: unknown = request.session?.userId
  return typeof userId === 'number' ? findUser(database, userId) : null
}
