import { tenancyRouter } from '@tenantry/express-router'
import express, { type Express } from 'express'
import type { Database } from './database.js'
import { personOf } from './people.js'

/** The host authenticates users, and the library does the rest. Nothing is cached between requests. */
export function createApp({ pool, tenancy }: Database): Express {
  const app = express()
  app.use(
    tenancyRouter({
      tenancy,
      apis: { console: true },
      async authenticate(request) {
        const person = await personOf(pool, request)
        // Only the operator adds users, so their addresses count as verified.
        return person && { ...person, emailVerified: true }
      },
    }),
  )
  return app
}
