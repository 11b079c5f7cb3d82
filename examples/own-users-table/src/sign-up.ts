import { hash } from '@node-rs/argon2'
import { isTenancyError, SYSTEM, type Tenancy } from '@tenantry/core'
import type { Database } from 'better-sqlite3'
import { json, Router } from 'express'
import { insertUser, isTaken } from './users.js'

interface SignUp {
  readonly email: string
  readonly name: string
  readonly password: string
  readonly company: string
}

/** Creates a user in the host's table and a workspace in the library, both or neither. */
async function signUp(database: Database, tenancy: Tenancy, { email, name, password, company }: SignUp) {
  const passwordHash = await hash(password)

  // Until the commit, only the library is awaited. On SQLite it never yields to the event loop, so no statement of
  // another request runs in this transaction.
  database.exec('begin immediate')
  try {
    const id = insertUser(database, { email, name, passwordHash, emailVerified: false })
    const here = tenancy.withTransaction(database)
    await here.as(SYSTEM).users.ensure({ id: String(id), email, name })
    const workspace = await here.as({ userId: String(id) }).tenants.create({ name: company })
    database.exec('commit')
    return { id, workspaceId: workspace.id }
  } catch (error) {
    if (database.inTransaction) database.exec('rollback')
    throw error
  }
}

export function signingUp(database: Database, tenancy: Tenancy): Router {
  const router = Router()
  router.post('/sign-up', json(), async (request, response) => {
    const form = (request.body ?? {}) as Readonly<Record<string, unknown>> // Whatever was sent.
    const { email, name, password, company } = form
    if (typeof email !== 'string' || typeof name !== 'string') return void response.status(400).json({})
    if (typeof password !== 'string' || typeof company !== 'string') return void response.status(400).json({})
    try {
      const { id, workspaceId } = await signUp(database, tenancy, { email, name, password, company })
      request.session = { userId: id }
      response.status(201).json({ workspace: workspaceId })
    } catch (error) {
      if (isTaken(error)) return void response.status(409).json({ error: 'The address has an account.' })
      if (isTenancyError(error)) return void response.status(400).json({ error: error.message })
      throw error
    }
  })
  return router
}
