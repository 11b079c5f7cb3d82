import { readFile } from 'node:fs/promises'
import { postgresStorage } from '@tenantry/adapter-postgres'
import { attackCases } from '@tenantry/testkit'
import type { AttackCase, TestUsers } from '@tenantry/testkit'
import { memoryStorage, SYSTEM } from '@tenantry/core'
import express from 'express'
import type { Request, RequestHandler } from 'express'
import { afterEach, describe, expect, it } from 'vitest'
import { onlyInFullRun } from '../../../scripts/full-run.js'
import { useTestDatabase } from '../../../scripts/test-database.js'
import { tenancyRouter } from '@tenantry/express-router'
import { EVERY_API } from './testing/every-api.js'
import { serveApis } from './testing/serve-apis.js'
import type { HostOptions, MountName } from './testing/serve-apis.js'
import { ANNS_SESSION, testUsersOf } from './testing/test-users-of.js'
import { serve } from './testing/serve.js'
import { MEMORY, SQLITE } from './testing/storages.js'
import { createScenario } from './testing/scenario.js'
import type { Scenario } from './testing/scenario.js'

const NO_LIMITS = {
  tenancy: { limits: { requestsPerToken: Infinity, requestsPerUser: Infinity, emailsPerRecipient: Infinity } },
}

function setAddress(request: Request, value: string): void {
  Object.defineProperty(request, 'ip', { value, configurable: true })
}

/** Stands for a proxy that the host trusts: it says where a request comes from. */
const PLACE = 'x-comes-from'
const placed: RequestHandler = (request, _response, next) => {
  const ip = request.get(PLACE)
  if (ip !== undefined) setAddress(request, ip)
  next()
}

async function attacksOn(
  scenario: Scenario,
  { url = scenario.url, testUsers }: { readonly url?: string; readonly testUsers?: TestUsers } = {},
): Promise<readonly AttackCase[]> {
  const wait = async (milliseconds: number) => (scenario.clock.now += milliseconds)
  return attackCases(url, testUsers ?? (await testUsersOf(scenario)), {
    wait,
    from: (address) => ({ [PLACE]: address }),
  })
}

/** A host that goes by a cookie of Ann's, and by the tokens of the others. */
function byCookie({ tenancy, people }: Scenario): Required<Pick<HostOptions, 'authenticate'>> {
  return {
    async authenticate(request) {
      if (request.get('cookie') === ANNS_SESSION) return { userId: people.ann.id }
      const token = /^Bearer (.*)$/.exec(request.get('authorization') ?? '')?.[1]
      const bearer = token === undefined ? null : await tenancy.authenticate(token)
      return bearer?.kind === 'account' ? { userId: bearer.user.id } : null
    },
  }
}

/** The attacks that take a session of the host, which has no part in any other. */
async function attacksByCookie(
  scenario: Scenario,
  {
    testUsers,
    mount,
    ...more
  }: { readonly testUsers: TestUsers; readonly mount?: MountName } & Pick<HostOptions, 'trustedOrigins'>,
) {
  const server = await serveApis({ tenancy: scenario.tenancy, ...byCookie(scenario), ...more }, { mount })
  const attacks = await attacksOn(scenario, { url: server.url, testUsers: { ...testUsers, session: ANNS_SESSION } })
  return { server, attacks: attacks.filter(({ id }) => id === 'I04') }
}

/** Those that succeeded, each with what it found. */
async function succeeding(attacks: readonly AttackCase[]): Promise<readonly string[]> {
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

let scenario: Scenario
afterEach(() => scenario.close())

/** In a full run each mount and each storage: neither knows of the other. */
const COMBINATIONS = [
  { ...SQLITE, mount: 'express' as const },
  ...onlyInFullRun({ ...MEMORY, mount: 'fetch' as const }, { ...POSTGRES, mount: 'express' as const }),
]

describe.each(COMBINATIONS)('the APIs on $storage, through $mount', ({ makeStorage, mount }) => {
  // Every parameter and field of every route of every API, each many times.
  it('withstand all attack cases', { timeout: 900_000 }, async () => {
    scenario = await createScenario(makeStorage(), { ...NO_LIMITS, mount, ipHeader: PLACE })
    const testUsers = await testUsersOf(scenario)
    const { server, attacks: withSession } = await attacksByCookie(scenario, { testUsers, mount })
    const attacks = [...(await attacksOn(scenario, { testUsers })), ...withSession]
    const [overHttp = ''] = (await readFile('docs/attacks.md', 'utf8')).split('## Below HTTP')
    expect(attacks).toHaveLength(overHttp.match(/^\| [A-I]\d\d /gm)?.length ?? 0)
    expect(await succeeding(attacks)).toEqual([])
    await server.close()
  })
})

describe('an attack case detects a host', () => {
  interface Hole extends Pick<HostOptions, 'authenticate' | 'userManagement'> {
    /** What stands before the router. */
    readonly before?: RequestHandler
  }

  const holes: readonly (readonly [string, (scenario: Scenario) => Hole, finders: readonly string[]])[] = [
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
    [
      'that takes each address of IPv6 for a client of its own',
      () => ({
        before(request, _, next) {
          const [, last = ''] = /:([0-9a-f]+)$/.exec(request.ip ?? '') ?? []
          if (last) setAddress(request, `2001:db8:0:${last}::1`)
          next()
        },
      }),
      ['I09'],
    ],
    [
      'that takes everybody for one client',
      () => ({
        before(request, _, next) {
          setAddress(request, '192.0.2.1')
          next()
        },
      }),
      ['I10'],
    ],
    [
      'that forgets what was denied to who comes back',
      ({ tenancy, people }) => {
        const left = new Set<string>()
        const overrides = { 'dataset:read': null, 'canvas:read': null }
        return {
          async before(request, _, next) {
            const [, before = '', after = ''] = /([^/]+)\/(leave|permissions|overrides)$/.exec(request.url) ?? []
            if (after === 'leave') left.add(before)
            for (const tenant of request.url.split('/').filter((part) => after !== 'leave' && left.has(part)))
              await tenancy
                .as(SYSTEM)
                .in(tenant, { reason: 'A mistake' })
                .members.setOverrides({ userId: people.otto.id, overrides })
            next()
          },
        }
      },
      ['I11'],
    ],
    [
      'that lets in by memberships alone',
      ({ tenancy, people, acme }) => ({
        async before(request, response, next) {
          const isOlgas = request.get('authorization') === `Bearer ${people.olga.token}`
          const memberships = await tenancy.as(SYSTEM).in(acme, { reason: 'A mistake' }).members.list({ limit: 100 })
          const own = memberships.items.find(({ userId }) => userId === people.olga.id)
          if (isOlgas && own && !own.active) response.status(404).json({})
          else next()
        },
      }),
      ['I12'],
    ],
    [
      'that takes every token for a sign-in of just now',
      ({ tenancy, clock }) => ({
        userManagement: 'builtin',
        async authenticate(request) {
          const token = /^Bearer (.*)$/.exec(request.get('authorization') ?? '')?.[1]
          const bearer = token === undefined ? null : await tenancy.authenticate(token)
          return bearer?.kind === 'account' ? { userId: bearer.user.id, signedInAt: clock.now } : null
        },
      }),
      ['I14'],
    ],
    [
      'that says whose an address is',
      ({ people }) => ({
        before(request, response, next) {
          express.json()(request, response, () => {
            const body = JSON.stringify(request.body ?? {})
            if (body.includes(people.gil.email)) response.status(409).json({})
            else if (request.method === 'POST' && body.includes(`"email":"${people.otto.email}","isAdmin`))
              response.json({ id: people.otto.id, known: true })
            else next()
          })
        },
      }),
      ['I15', 'I15'],
    ],
  ]

  it('that trusts pages of another origin', async () => {
    scenario = await createScenario(memoryStorage(), NO_LIMITS)
    const trustedOrigins = ['https://evil.example']
    const { server, attacks } = await attacksByCookie(scenario, {
      testUsers: await testUsersOf(scenario),
      trustedOrigins,
    })
    const found = await succeeding(attacks)
    await server.close()
    expect(found.map((attack) => attack.slice(0, 3))).toEqual(['I04'])
  })

  it.each(holes)('%s', async (_, hole, finders) => {
    scenario = await createScenario(memoryStorage(), NO_LIMITS)
    const { before = (_request, _response, next) => next(), ...options } = hole(scenario)
    const server = await serve(
      express()
        .use(placed)
        .use(before)
        .use(tenancyRouter({ tenancy: scenario.tenancy, apis: EVERY_API, ...options })),
    )
    const attacks = await attacksOn(scenario, { url: server.url })
    const found = await succeeding(attacks.filter(({ id }) => finders.includes(id)))
    await server.close()
    expect(found.map((attack) => attack.slice(0, 3)).toSorted()).toEqual(finders)
  })
})
