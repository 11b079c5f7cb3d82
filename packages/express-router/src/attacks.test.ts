import { readFile } from 'node:fs/promises'
import { postgresStorage } from '@tenantry/adapter-postgres'
import { attack } from '@tenantry/testkit'
import type { Attack } from '@tenantry/testkit'
import { memoryStorage } from '@tenantry/core'
import express from 'express'
import type { RequestHandler } from 'express'
import { afterEach, describe, expect, it } from 'vitest'
import type { RouterOptions } from './http/surface.js'
import { useTestDatabase } from '../../../scripts/test-database.js'
import { tenancyRouter } from './tenancy-router.js'
import { castOf } from './testing/cast-of.js'
import { serve } from './testing/serve.js'
import { STORAGES } from './testing/storages.js'
import { createWorld } from './testing/world.js'
import type { World } from './testing/world.js'

const NO_LIMITS = {
  tenancy: { limits: { requestsPerToken: Infinity, requestsPerUser: Infinity, mailsPerRecipient: Infinity } },
}

async function attacksOn(world: World, url = world.url): Promise<readonly Attack[]> {
  return attack(url, await castOf(world), { wait: async (milliseconds) => (world.clock.now += milliseconds) })
}

/** Those that succeeded, each with what it found. */
async function succeeding(attacks: readonly Attack[]): Promise<readonly string[]> {
  const found: string[] = []
  for (const { id, name, run } of attacks)
    await run().catch((error: unknown) => found.push(`${id} ${name}: ${String(error)}`))
  return found
}

const database = useTestDatabase()
const POSTGRES = {
  storage: 'PostgreSQL',
  makeStorage: () => postgresStorage({ connectionString: database.url, schema: database.newSchema() }),
}

let world: World
afterEach(() => world.close())

describe.each([...STORAGES, POSTGRES])('the surfaces on $storage', ({ makeStorage }) => {
  // Every parameter and field of every route of every surface, each many times.
  it('withstand every attack', { timeout: 300_000 }, async () => {
    world = await createWorld(makeStorage(), NO_LIMITS)
    const attacks = await attacksOn(world)
    const [overHttp = ''] = (await readFile('docs/attacks.md', 'utf8')).split('## Below HTTP')
    expect(attacks).toHaveLength(overHttp.match(/^\| [A-I]\d\d /gm)?.length ?? 0)
    expect(await succeeding(attacks)).toEqual([])
  })
})

describe('an attack finds a host', () => {
  interface Hole extends Pick<RouterOptions, 'authenticate'> {
    /** What stands before the router. */
    readonly before?: RequestHandler
  }

  const holes: readonly (readonly [string, (world: World) => Hole, finders: readonly string[]])[] = [
    [
      'that says of other tenants that they are there',
      ({ globex, people }) => ({
        before(request, response, next) {
          const isForeign = [globex, people.gil.id].some((id) => request.url.includes(id))
          if (isForeign) response.status(403).json({})
          else next()
        },
      }),
      ['A01', 'A06', 'B01'],
    ],
    [
      'that tells who has an account',
      ({ people }) => ({
        before(request, response, next) {
          if (request.url.includes(encodeURIComponent(people.gil.email))) response.json({ found: true })
          else next()
        },
      }),
      ['A05'],
    ],
    [
      'that takes everybody for the owner',
      ({ people }) => ({ authenticate: () => ({ userId: people.ann.id }) }),
      ['A12', 'B04', 'B05', 'B06', 'B07', 'B10', 'C10', 'C18', 'D02'],
    ],
    [
      'that drops the fields it does not know',
      () => ({
        before(request, _, next) {
          if (request.url === '/workspaces/info') request.body = { name: 'x' }
          next()
        },
      }),
      ['H01', 'H04'],
    ],
    [
      'that fails inside on what is no id',
      () => ({
        before(request, response, next) {
          if (request.url.includes('OR%201')) response.status(500).json({})
          else next()
        },
      }),
      ['A10'],
    ],
  ]

  it.each(holes)('%s', async (_, hole, finders) => {
    world = await createWorld(memoryStorage(), NO_LIMITS)
    const { before = (_request, _response, next) => next(), ...options } = hole(world)
    const server = await serve(
      express()
        .use(before)
        .use(tenancyRouter({ tenancy: world.tenancy, ...options })),
    )
    const attacks = await attacksOn(world, server.url)
    const found = await succeeding(attacks.filter(({ id }) => finders.includes(id)))
    await server.close()
    expect(found.map((attack) => attack.slice(0, 3)).toSorted()).toEqual(finders)
  })
})
