import { tenancyRouter } from '@tenantry/express-router'
import express, { type Express } from 'express'
import type { Database } from './database.js'
import { personOf } from './people.js'

/** The host: it says who calls, and the library does the rest. Nothing is kept between requests. */
export function createApp({ pool, tenancy }: Database): Express {
  const app = express()
  app.use(
    tenancyRouter({
      tenancy,
      apis: { console: true },
      async authenticate(request) {
        const person = await personOf(pool, request)
        // Only the operator adds people, so their addresses are known to be theirs.
        return person && { ...person, emailVerified: true }
      },
    }),
  )
  return app
}
