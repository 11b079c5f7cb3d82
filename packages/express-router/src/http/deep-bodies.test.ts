import { memoryStorage } from '@tenantry/core'
import express from 'express'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { rawRequest } from '../testing/raw-request.js'
import { serve } from '../testing/serve.js'
import { SURFACES_UNDER_TEST } from '../testing/surfaces-under-test.js'
import { createWorld, snapshot } from '../testing/world.js'
import type { World } from '../testing/world.js'
import { SURFACES } from '../surfaces.js'
import { tenancyRouter } from '../tenancy-router.js'

const BRACKETS = 500_000
const prefixes = Object.entries(SURFACES).map(([name, { prefix }]) => [name, prefix === '/' ? '' : prefix])
const surfaces = Object.entries(SURFACES_UNDER_TEST)
const publicRoutes = surfaces.flatMap(([name, { client }]) =>
  [...client.routes.values()]
    .filter((route) => route.public && route.method !== 'GET' && !route.upload)
    .map(({ method, path }) => [method, `${Object.fromEntries(prefixes)[name]}${path.replaceAll(/\{\w+\}/g, 'x')}`]),
) as [string, string][]

describe.each(['the router', 'a body parser of the host'])('a deep body read by %s', (reader) => {
  let world: World
  let server: Awaited<ReturnType<typeof serve>>
  beforeAll(async () => {
    world = await createWorld(memoryStorage())
    const parsers = reader === 'the router' ? [] : [express.json({ limit: '1mb' })]
    server = await serve(...parsers, tenancyRouter({ tenancy: world.tenancy, logger: { ...console, error: () => {} } }))
  })
  afterAll(async () => {
    await server.close()
    await world.close()
  })

  it.each(publicRoutes)('%s %s is refused, and changes nothing', async (method, path) => {
    const before = await snapshot(world)
    const body = `${'['.repeat(BRACKETS)}${']'.repeat(BRACKETS)}`
    const headers = ['Content-Type', 'application/json']
    expect((await rawRequest(server.url, { method, path, headers, body })).status).toBe(400)
    expect(await snapshot(world)).toEqual(before)
  })
})

it.each(publicRoutes)('%s %s makes nothing of a body that is too deep, whole or cut', async (method, path) => {
  const world = await createWorld(memoryStorage())
  const parse = vi.spyOn(JSON, 'parse')
  const headers = ['Content-Type', 'application/json']
  for (const body of ['['.repeat(BRACKETS), '{"a":'.repeat(BRACKETS / 5), `${'['.repeat(40)}${']'.repeat(40)}`])
    expect((await rawRequest(world.url, { method, path, headers, body })).status).toBe(400)
  const longest = Math.max(0, ...parse.mock.calls.map(([text]) => String(text).length))
  parse.mockRestore()
  await world.close()
  expect(longest).toBeLessThan(80)
})
