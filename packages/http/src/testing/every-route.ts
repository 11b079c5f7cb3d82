import { memoryStorage } from '@tenantry/core'
import { afterEach, describe, expect, it } from 'vitest'
import type { Route } from '../handler/route.js'
import { nameOf, slotsOf, withValue } from './slots.js'
import { onlyInFullRun } from '../../../../scripts/full-run.js'
import { MEMORY, SQLITE } from './storages.js'
import { exampleIn } from './api-client.js'
import type { Examples, ApiResponse, ApiClient, ApiRequest } from './api-client.js'
import { createScenario } from './scenario.js'
import { snapshot } from './snapshot.js'
import type { Scenario } from './scenario.js'

export const UNKNOWN = '01900000-0000-7000-8000-000000000000'

/** Values that the tables contain, under the names of the APIs and of the model. */
// prettier-ignore
const COLUMNS = [
  'id', 'tenant_id', 'tenantId', 'workspace_id', 'user_id', 'userId', 'owner_id', 'ownerId', 'organizationId', 'role', 'roles', 'rank', 'permissions',
  'overrides', 'active', 'status', 'plan', 'slug', 'settings', 'email', 'email_key', 'email_verified', 'emailVerifiedAt', 'name', 'language',
  'password', 'password_hash', 'superuser', 'is_superuser', 'created_at', 'createdAt', 'expires_at', 'expiresIn', 'inviter_id', 'invited_by',
  'token', 'token_hash', 'code', 'phase', 'seq', 'hash', 'actor', 'issuer', 'subject', 'limit', 'credit', '__proto__', 'constructor',
]

export interface RoutesUnderTest {
  readonly client: ApiClient
  readonly examples: Examples
  /** The number of events that a request records. Default: none for `GET`, else one. */
  readonly events: Readonly<Record<string, number>>
  /** The request sent to another tenant; `null` for a route outside tenants. */
  readonly intoTenant: (route: Route, request: ApiRequest, tenantId: string) => ApiRequest | null
  /** For each ID parameter, by name or by method, path and name: an ID of Globex, or `null` if any ID is allowed. */
  readonly foreign: Readonly<Record<string, ((scenario: Scenario) => string | Promise<string>) | null>>
  /** IDs, by method, path and name, that are only input of a permission check, so they are never rejected. */
  readonly facts?: readonly string[]
  /** Parameters that are named like an ID but belong to no tenant. */
  readonly ofNobody?: readonly string[]
  /** Routes that an archived tenant accepts. */
  readonly ofArchived?: readonly string[]
  /** Routes that pass every field to the host. */
  readonly open?: readonly string[]
  /** Routes in a tenant that users who are not members may call. */
  readonly ofStrangers?: readonly string[]
  /** Routes whose error for an invalid field does not name the field. */
  readonly unnamed?: readonly string[]
}

/** Tests for every route of an API's table. They are derived from the table, so a new route is tested immediately. */
export function testEveryRoute({ client, examples, events, intoTenant, foreign, ...options }: RoutesUnderTest): void {
  const { facts = [], ofNobody = [], ofArchived = [], open = [], ofStrangers = [], unnamed = [] } = options
  const { routes, ask } = client
  const keys = [...routes.keys()]
  const keysWhere = (is: (route: Route, key: string) => boolean) =>
    [...routes].filter(([key, route]) => is(route, key)).map(([key]) => key)
  const inTenants = keysWhere((route) => intoTenant(route, { as: null }, UNKNOWN) !== null)
  const inActive = inTenants.filter((key) => !ofArchived.includes(key))
  const slots = [...routes].flatMap(([key, route]) => slotsOf(route).map((slot) => ({ key, slot, name: nameOf(slot) })))
  const foreignIn = (key: string, name: string) => {
    const ofRow = foreign[`${key} ${name}`]
    return ofRow === undefined ? foreign[name] : ofRow
  }

  /** The example of a route, sent to a tenant. */
  async function askIn(scenario: Scenario, key: string, change: { tenantId: string; request: ApiRequest }) {
    const route = routes.get(key)
    const request = route && intoTenant(route, change.request, change.tenantId)
    if (!request) throw new Error(`${key} is in no tenant`)
    return ask(scenario, key, request)
  }

  let scenario: Scenario
  afterEach(() => scenario.close())

  it('has an example of every route', async () => {
    scenario = await createScenario(memoryStorage())
    expect(Object.keys(examples).sort()).toEqual(keys.sort())
  })

  it('knows every name that looks like an id', async () => {
    scenario = await createScenario(memoryStorage())
    const ids = slots.filter(({ name }) => /(^|[_-])ids?$|Ids?$/.test(name) && !ofNobody.includes(name))
    expect(ids.filter(({ key, name }) => foreignIn(key, name) === undefined)).toEqual([])
  })

  describe.each([MEMORY, ...onlyInFullRun(SQLITE)])('on $storage', ({ makeStorage }) => {
    it.each(keys)('%s answers what it declares, and writes exactly the events it should', async (key) => {
      scenario = await createScenario(makeStorage())
      const request = await exampleIn(examples, scenario, key)
      scenario.events.length = 0
      const response = await ask(scenario, key, request)
      expect({ status: response.status, text: response.text }).toMatchObject({ status: routes.get(key)?.status ?? 200 })
      expect(scenario.events).toHaveLength(events[key] ?? (key.startsWith('GET ') ? 0 : 1))
      for (const event of scenario.events) {
        if (request.as) expect(event.actorId).toBe(scenario.people[request.as].id)
        expect(event.ip).toContain('127.0.0.1')
      }
    })

    it.each(inTenants)('%s refuses a tenant the caller is no member of, and falls back to no other', async (key) => {
      scenario = await createScenario(makeStorage())
      const request = await exampleIn(examples, scenario, key)
      const before = await snapshot(scenario)
      const intoGlobex = await askIn(scenario, key, { tenantId: scenario.globex, request })
      expectRefusal(intoGlobex, await askIn(scenario, key, { tenantId: UNKNOWN, request }))
      expect(await snapshot(scenario)).toEqual(before)
    })

    const ofMembers = inActive.filter((key) => !ofStrangers.includes(key))

    it.each(ofMembers)('%s refuses a member who was removed a second ago', async (key) => {
      scenario = await createScenario(makeStorage())
      const { tenancy, people, acme } = scenario
      const request = { ...(await exampleIn(examples, scenario, key)), as: 'ada' } as const
      await tenancy.as({ userId: people.ann.id }).in(acme).members.remove({ userId: people.ada.id })
      const removed = await askIn(scenario, key, { tenantId: acme, request })
      expectRefusal(removed, await askIn(scenario, key, { tenantId: UNKNOWN, request }))
    })

    const foreignIds = slots
      .filter(({ key, name }) => foreignIn(key, name))
      .map(({ key, slot }) => [key, slot] as const)

    it.each(foreignIds)(
      '%s, %s: an id of another tenant is answered as an unknown one, to the byte',
      async (key, slot) => {
        scenario = await createScenario(makeStorage())
        const request = await exampleIn(examples, scenario, key)
        const id = (await foreignIn(key, nameOf(slot))?.(scenario)) ?? ''
        const before = await snapshot(scenario)
        const response = await ask(scenario, key, withValue(request, slot, id))
        const unknown = await ask(scenario, key, withValue(request, slot, UNKNOWN))
        if (facts.includes(`${key} ${nameOf(slot)}`)) expect(response.text).toBe(unknown.text)
        else expectRefusal(response, unknown)
        expect(await snapshot(scenario)).toEqual(before)
      },
    )
  })

  it.each(inActive)('%s refuses an archived tenant, also to its owner', async (key) => {
    scenario = await createScenario(memoryStorage())
    const request = { ...(await exampleIn(examples, scenario, key)), as: 'ann' } as const
    await scenario.tenancy.as({ userId: scenario.people.ann.id }).in(scenario.acme).archive()
    const before = await snapshot(scenario)
    const response = await askIn(scenario, key, { tenantId: scenario.acme, request })
    expect([403, 404]).toContain(response.status)
    expect(await snapshot(scenario)).toEqual(before)
  })

  it.each(keysWhere((route) => !route.public))('%s refuses who is not signed in, and changes nothing', async (key) => {
    scenario = await createScenario(memoryStorage())
    const request = await exampleIn(examples, scenario, key)
    const before = await snapshot(scenario)
    for (const headers of [{}, { authorization: 'Bearer dfoa_forged' }, { authorization: 'Basic YTpi' }]) {
      const response = await ask(scenario, key, { ...request, as: null, headers: { ...request.headers, ...headers } })
      expect(response.status).toBe(401)
    }
    expect(await snapshot(scenario)).toEqual(before)
  })

  const writing = keysWhere((route, key) => !key.startsWith('GET ') && !route.upload && !open.includes(key))

  it.each(writing)('%s refuses every field that it does not declare', async (key) => {
    scenario = await createScenario(memoryStorage(), {
      tenancy: { limits: { requestsPerToken: Infinity, requestsPerUser: Infinity } },
    })
    const request = await exampleIn(examples, scenario, key)
    const route = routes.get(key)
    const declared = route ? slotsOf(route).map(([, name]) => name) : []
    const before = await snapshot(scenario)
    for (const column of COLUMNS.filter((name) => !declared.includes(name))) {
      // Written as text, because `__proto__` in a literal would set the prototype.
      const text = JSON.stringify(request.body ?? {})
        .replace(/\}$/, `,"${column}":"x"}`)
        .replace('{,', '{')
      const response = await ask(scenario, key, { ...request, body: JSON.parse(text) as unknown })
      expect(response.status).toBe(400)
      if (!unnamed.includes(key)) expect(response.text).toContain(column)
    }
    expect(await snapshot(scenario)).toEqual(before)
  })
}

/** Rejected with a response that is byte-identical for a foreign and an unknown ID. */
function expectRefusal(response: ApiResponse, unknown: ApiResponse): void {
  expect(response.status).toBeGreaterThanOrEqual(400)
  expect(response.status).toBe(unknown.status)
  expect(response.text).toBe(unknown.text)
  expect(shown(response.headers)).toEqual(shown(unknown.headers))
}

function shown(headers: Headers): Record<string, string> {
  return Object.fromEntries([...headers].filter(([name]) => name !== 'date'))
}
