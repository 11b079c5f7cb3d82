import { memoryStorage } from '@tenantry/core'
import type { AddressInfo } from 'node:net'
import express4 from 'express4'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ask } from '../../http/src/testing/console-client.js'
import { EXAMPLES } from '../../http/src/testing/console-examples.js'
import { exampleIn } from '../../http/src/testing/api-client.js'
import { createScenario } from '../../http/src/testing/scenario.js'
import type { Scenario } from '../../http/src/testing/scenario.js'

// The package imports `express` and gets the host's: here Express 4.
vi.mock('express', () => import('express4'))

let scenario: Scenario
beforeEach(async () => void (scenario = await createScenario(memoryStorage())))
afterEach(() => scenario.close())

describe('on Express 4', () => {
  it('runs on Express 4 in this test', async () => {
    const { Router } = await import('express')
    expect(Router).toBe(express4.Router)
  })

  it.each([
    'GET /workspaces',
    'POST /workspaces',
    'GET /workspaces/current/members',
    'PUT /workspaces/current/members/{member_id}/update-role',
    'DELETE /workspaces/current/members/{member_id}',
    'POST /workspaces/current/leave',
    'POST /workspaces/custom-config/webapp-logo/upload',
    'GET /files/workspaces/{workspace_id}/webapp-logo',
    'POST /activate',
    'POST /logout',
  ])('%s answers', async (key) => {
    expect((await ask(scenario, key, await exampleIn(EXAMPLES, scenario, key))).status).toBeLessThan(300)
  })

  it('rejects the same requests as on Express 5', async () => {
    const rename = (body: unknown) => ask(scenario, 'POST /workspaces/info', { as: 'ann', body })
    expect((await rename({ name: 1 })).body).toMatchObject({ code: 'invalid-param', params: 'name' })
    expect((await ask(scenario, 'GET /workspaces', { as: null })).status).toBe(401)
    const list = 'GET /workspaces/current/members'
    expect((await ask(scenario, list, { as: 'ann', query: { 'page[]': '1' } })).body.code).toBe('invalid-param')
    const badPath = await fetch(`${scenario.url}/workspaces/current/members/%E0%A4%A`, { method: 'DELETE' })
    expect(await badPath.json()).toMatchObject({ code: 'invalid-param', params: 'path' })
    const patch = await fetch(`${scenario.url}/workspaces`, { method: 'PATCH' })
    expect([patch.status, patch.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST, OPTIONS'])
    expect((await fetch(`${scenario.url}/nothing`)).status).toBe(404)
  })

  it('responds to an internal error instead of leaving the request open', async () => {
    await scenario.tenancy.close()
    const { tenancyRouter } = await import('./tenancy-router.js')
    const router = tenancyRouter({
      tenancy: scenario.tenancy,
      logger: { info: () => {}, warn: () => {}, error: () => {} },
      authenticate: () => Promise.reject(new Error('down')),
    })
    const server = express4().use(express4.json(), router).listen(0)
    // Listening on a port, so the address is one.
    const { port } = server.address() as AddressInfo
    const response = await fetch(`http://127.0.0.1:${port}/tenancy/tenants`)
    expect([response.status, await response.json()]).toEqual([500, expect.objectContaining({ code: 'internal_error' })])
    server.closeAllConnections()
    server.close()
  })
})
