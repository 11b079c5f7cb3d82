import { sqliteStorage } from '@tenantry/adapter-sqlite'
import { createTenancy } from '@tenantry/core'
import { consolePreset, tenancyRouter } from '@tenantry/express-router'
import type { Database } from 'better-sqlite3'
import express, { type Express } from 'express'
import { sessions, signedInUser } from './sessions.js'
import { signingUp } from './sign-up.js'
import { createUsersTable } from './users.js'

/** A host with its own users and sessions, and the library in the same database. */
export async function createApp(database: Database, { sessionKey }: { readonly sessionKey: string }): Promise<Express> {
  createUsersTable(database)
  const preset = consolePreset()
  const resources = { ...preset.resources, note: ['create', 'read'] } as const
  const tenancy = createTenancy({ storage: sqliteStorage({ database }), ...preset, resources })
  await tenancy.migrate()

  const app = express()
  app.use(sessions(database, { key: sessionKey }))
  app.use(signingUp(database, tenancy))
  app.use(
    tenancyRouter({
      tenancy,
      apis: { console: true },
      authenticate(request) {
        const user = signedInUser(database, request)
        // Creates the account on the first request, and keeps its name and email up to date.
        return user && { id: String(user.id), email: user.email, name: user.name, emailVerified: user.emailVerified }
      },
    }),
  )
  return app
}
