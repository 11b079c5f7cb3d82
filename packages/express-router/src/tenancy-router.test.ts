import { memoryStorage } from '@tenantry/core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { consoleRouter, tenancyRouter } from './index.js'
import { serve } from '../../http/src/testing/serve.js'
import { createScenario } from '../../http/src/testing/scenario.js'
import type { Scenario } from '../../http/src/testing/scenario.js'

let scenario: Scenario
beforeEach(async () => void (scenario = await createScenario(memoryStorage())))
afterEach(() => scenario.close())

describe('the router', () => {
  it('passes unmatched requests to the host, also other methods of public paths', async () => {
    const { tenancy } = scenario
    const server = await serve(tenancyRouter({ tenancy }), (request, response) => {
      response.send(`the host’s ${request.method} ${request.path}`)
    })
    for (const path of ['/', '/login', '/activate', '/elsewhere']) {
      expect(await (await fetch(`${server.url}${path}`)).text()).toBe(`the host’s GET ${path}`)
    }
    expect((await fetch(`${server.url}/workspaces`)).status).toBe(200)
    expect((await fetch(`${server.url}/tenancy/tenants`)).status).toBe(401)
    await server.close()
  })

  it('does not handle errors of the host', async () => {
    const { tenancy } = scenario
    const server = await serve(
      (_request, _response, next) => next(new Error('the host’s own')),
      tenancyRouter({ tenancy }),
    )
    server.app.set('env', 'test')
    const response = await fetch(`${server.url}/tenancy/tenants`)
    expect([response.status, await response.text()]).toEqual([500, expect.stringContaining('the host’s own')])
    await server.close()
  })

  it('can serve a single API', async () => {
    const server = await serve(consoleRouter({ tenancy: scenario.tenancy }))
    const headers = { authorization: `Bearer ${scenario.people.vic.token}` }
    expect((await fetch(`${server.url}/workspaces/current`, { headers })).status).toBe(200)
    expect((await fetch(`${server.url}/docs`)).status).toBe(404)
    await server.close()
  })

  it.each([
    [{ nonsense: true }],
    [{ console: { prefix: 'console' } }],
    [{ console: false }],
    [{ teams: { runCanvas: true } }],
    [{ teams: { runCanvs: null } }],
  ])('refuses the APIs %j', (apis) => {
    const options = { tenancy: scenario.tenancy, apis } as unknown as Parameters<typeof tenancyRouter>[0]
    expect(() => tenancyRouter(options)).toThrow(TypeError)
  })
})
