import type { AddressInfo } from 'node:net'
import { isTenancyError } from '@tenantry/core'
import type { Question, Tenancy } from '@tenantry/core'
import express from 'express'
import type { ErrorRequestHandler } from 'express'

/** A host's own route that asks `access`, on a port of its own. */
export interface HttpHost {
  /** The tenancy that answers for a tenant. A host has one; here, every scenario declares its own. */
  readonly tenancies: Map<string, Tenancy>
  /** The answers to a batch; `null` when the caller is not let in. */
  ask(tenantId: string, userId: string, questions: readonly Question[]): Promise<readonly boolean[] | null>
  close(): Promise<void>
}

export async function openHttpHost(): Promise<HttpHost> {
  const tenancies = new Map<string, Tenancy>()
  const app = express()
  app.use(express.json({ limit: '10mb' }))
  app.post('/tenants/:tenantId/may', async (request, response) => {
    const { tenantId } = request.params
    const tenancy = tenancies.get(tenantId)
    if (!tenancy) return void response.sendStatus(404)
    const access = await tenancy
      .as({ userId: request.get('x-user-id') ?? '' })
      .in(tenantId)
      .access()
    // A host would check them first; whatever comes in, it has to be decided.
    response.json(access.canMany(request.body as readonly Question[]))
  })
  app.use(((error, _request, response, next) => {
    if (isTenancyError(error)) response.status(403).json({ code: error.code })
    else next(error)
  }) satisfies ErrorRequestHandler)
  const server = app.listen(0)
  await new Promise((resolve) => server.once('listening', resolve))
  // It listens on a port, so the address is one.
  const { port } = server.address() as AddressInfo
  return {
    tenancies,
    async ask(tenantId, userId, questions) {
      const response = await fetch(`http://127.0.0.1:${port}/tenants/${tenantId}/may`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-user-id': userId },
        body: JSON.stringify(questions),
      })
      if (response.status === 403) return null
      if (!response.ok) throw new Error(`The host answered ${response.status}: ${await response.text()}`)
      // What the route above sends.
      return (await response.json()) as readonly boolean[]
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
