import { memoryStorage } from '@tenantry/core'
import express from 'express'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { EVERY_API } from '../testing/every-api.js'
import { rawRequest } from '../testing/raw-request.js'
import { serve } from '../testing/serve.js'
import { APIS_UNDER_TEST } from '../testing/apis-under-test.js'
import { createScenario } from '../testing/scenario.js'
import { snapshot } from '../testing/snapshot.js'
import type { Scenario } from '../testing/scenario.js'
import { APIS } from '../apis.js'
import { tenancyRouter } from '@tenantry/express-router'

const BRACKETS = 500_000
const prefixes = Object.entries(APIS).map(([name, { prefix }]) => [name, prefix === '/' ? '' : prefix])
const apis = Object.entries(APIS_UNDER_TEST)
const publicRoutes = apis.flatMap(([name, { client }]) =>
  [...client.routes.values()]
    .filter((route) => route.public && route.method !== 'GET' && !route.upload)
    .map(({ method, path }) => [method, `${Object.fromEntries(prefixes)[name]}${path.replaceAll(/\{\w+\}/g, 'x')}`]),
) as [string, string][]

describe.each(['the router', 'a body parser of the host'])('a deeply nested body read by %s', (reader) => {
  let scenario: Scenario
  let server: Awaited<ReturnType<typeof serve>>
  beforeAll(async () => {
    scenario = await createScenario(memoryStorage())
    const parsers = reader === 'the router' ? [] : [express.json({ limit: '1mb' })]
    server = await serve(
      ...parsers,
      tenancyRouter({ tenancy: scenario.tenancy, apis: EVERY_API, logger: { ...console, error: () => {} } }),
    )
  })
  afterAll(async () => {
    await server.close()
    await scenario.close()
  })

  it.each(publicRoutes)('%s %s rejects it and changes nothing', async (method, path) => {
    const before = await snapshot(scenario)
    const body = `${'['.repeat(BRACKETS)}${']'.repeat(BRACKETS)}`
    const headers = ['Content-Type', 'application/json']
    expect((await rawRequest(server.url, { method, path, headers, body })).status).toBe(400)
    expect(await snapshot(scenario)).toEqual(before)
  })
})

it.each(publicRoutes)('%s %s rejects it without parsing it, whether complete or truncated', async (method, path) => {
  const scenario = await createScenario(memoryStorage())
  const parse = vi.spyOn(JSON, 'parse')
  const headers = ['Content-Type', 'application/json']
  for (const body of ['['.repeat(BRACKETS), '{"a":'.repeat(BRACKETS / 5), `${'['.repeat(40)}${']'.repeat(40)}`])
    expect((await rawRequest(scenario.url, { method, path, headers, body })).status).toBe(400)
  const longest = Math.max(0, ...parse.mock.calls.map(([text]) => String(text).length))
  parse.mockRestore()
  await scenario.close()
  expect(longest).toBeLessThan(80)
})
