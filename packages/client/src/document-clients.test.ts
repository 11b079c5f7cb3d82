import { memoryStorage } from '@tenantry/core'
import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from 'vitest'
import { createScenario } from '../../http/src/testing/scenario.js'
import type { Scenario } from '../../http/src/testing/scenario.js'
import {
  createConsoleClient,
  createOpenapiClient,
  createTeamsClient,
  createTenantClient,
  createWorkspacesClient,
} from './index.js'

let scenario: Scenario
let token: string
beforeAll(async () => {
  scenario = await createScenario(memoryStorage())
  token = scenario.people.ann.token
})
afterAll(() => scenario.close())

describe('the client of', () => {
  it('console lists workspaces, with the types of its document', async () => {
    const client = createConsoleClient({ baseUrl: scenario.url, token })
    const { data, error } = await client.GET('/workspaces')
    expect(error).toBeUndefined()
    expectTypeOf(data?.workspaces[0]?.name).toEqualTypeOf<string | undefined>()
    expect(data?.workspaces.map(({ name }) => name)).toContain('Acme')
  })

  it('openapi lists workspaces', async () => {
    const client = createOpenapiClient({ baseUrl: `${scenario.url}/openapi/v1`, token })
    const { data } = await client.GET('/workspaces')
    expect(data?.workspaces.map(({ name }) => name)).toContain('Acme')
  })

  it('tenant reads a tenant, whose ID is a parameter of the path', async () => {
    const client = createTenantClient({ baseUrl: scenario.url, token })
    const { data } = await client.GET('/tenant/{tenantId}', { params: { path: { tenantId: scenario.acme } } })
    expect(data).toMatchObject({ id: scenario.acme })
  })

  it('teams lists teams', async () => {
    const client = createTeamsClient({ baseUrl: `${scenario.url}/v1`, token })
    const { data } = await client.GET('/tenant/list')
    expect(data?.code).toBe(0)
  })

  it('workspaces lists workspaces', async () => {
    const client = createWorkspacesClient({ baseUrl: `${scenario.url}/api/v3`, token })
    const { data } = await client.GET('/workspaces')
    expect(data).toBeDefined()
  })
})

describe('a client of any API', () => {
  it('returns an error response with the type of the document', async () => {
    const client = createConsoleClient({ baseUrl: scenario.url })
    const { data, error, response } = await client.GET('/workspaces')
    expect(data).toBeUndefined()
    expectTypeOf(error?.code).toEqualTypeOf<string | undefined>()
    expect([response.status, error?.code]).toEqual([401, 'unauthorized'])
  })

  it('reads the token before each request', async () => {
    const tokens = [null, token]
    const client = createConsoleClient({ baseUrl: scenario.url, token: async () => tokens.shift() ?? null })
    const statuses = [await client.GET('/workspaces'), await client.GET('/workspaces')]
    expect(statuses.map(({ response }) => response.status)).toEqual([401, 200])
  })

  it.each(['..', '.', ''])('rejects %j as a path parameter, which would reach another path', async (tenantId) => {
    const client = createTenantClient({ baseUrl: scenario.url, token })
    await expect(client.GET('/tenant/{tenantId}', { params: { path: { tenantId } } })).rejects.toThrow(TypeError)
  })

  it('encodes a path parameter as one segment', async () => {
    const sent: string[] = []
    const client = createTenantClient({
      baseUrl: 'https://app.example.com/',
      fetch: async ({ url }) => {
        sent.push(url)
        return Response.json({})
      },
    })
    await client.GET('/tenant/{tenantId}', { params: { path: { tenantId: '../admin?a=b#c' } } })
    expect(sent).toEqual(['https://app.example.com/tenant/..%2Fadmin%3Fa%3Db%23c'])
  })
})
