import { memoryStorage } from '@tenantry/core'
import { afterEach, beforeEach, describe, expect, expectTypeOf, it } from 'vitest'
import { exampleIn } from '../../http/src/testing/api-client.js'
import type { ApiRequest } from '../../http/src/testing/api-client.js'
import { createScenario } from '../../http/src/testing/scenario.js'
import type { Scenario } from '../../http/src/testing/scenario.js'
import { client as api } from '../../http/src/testing/tenancy-client.js'
import { EXAMPLES } from '../../http/src/testing/tenancy-examples.js'
import { routes } from './generated/tenancy-routes.js'
import { createTenancyClient } from './index.js'
import type { Input, OperationId, Output } from './index.js'

let scenario: Scenario
beforeEach(async () => void (scenario = await createScenario(memoryStorage())))
afterEach(() => scenario.close())

type Method = (input?: object) => Promise<unknown>
interface Table {
  readonly [name: string]: string | Table
}

/** The names that lead to each operation: `GET /tenants/{tenant}/members` is at `['tenant', 'members', 'list']`. */
function namesIn(table: Table, above: readonly string[] = []): readonly (readonly [string, readonly string[]])[] {
  return Object.entries(table).flatMap(([name, row]) => {
    if (typeof row !== 'string') return namesIn(row, [...above, name])
    return [[row.replace(' etag', ''), [...above, name]] as const]
  })
}

const places = new Map([
  ...namesIn(routes.client),
  ...namesIn({ tenant: routes.tenant }),
  ...namesIn({ organization: routes.organization }),
])

function methodFor(key: string, { as, token, params }: ApiRequest): Method {
  const bearer = token ?? (as === null ? undefined : scenario.people[as].token)
  const client = createTenancyClient({
    baseUrl: `${scenario.url}${api.prefix}`,
    ...(bearer === undefined ? {} : { token: bearer }),
  })
  const [first = '', ...rest] = places.get(key) ?? []
  const scopes = {
    tenant: () => client.tenant(params?.['tenant'] ?? ''),
    organization: () => client.organization(params?.['organizationId'] ?? ''),
  }
  const scope =
    first === 'tenant' || first === 'organization'
      ? scopes[first]()
      : Object.getOwnPropertyDescriptor(client, first)?.value
  // The names lead to a method.
  return rest.reduce((node: unknown, name) => (node as Record<string, unknown>)[name], scope) as Method
}

/** What the client takes for a request: everything in one object, and a form as its files. */
function inputOf({ params, query, headers, body }: ApiRequest): object {
  const fields = body instanceof FormData ? Object.fromEntries(body) : body
  const ifMatch = headers?.['if-match']
  return { ...params, ...query, ...Object(fields ?? {}), ...(ifMatch === undefined ? {} : { ifMatch }) }
}

describe('the client', () => {
  it('has a method for every route', () => {
    expect([...places.keys()].sort()).toEqual([...api.routes.keys()].sort())
  })

  it('has a type for every input and result', () => {
    expectTypeOf<{ [Id in OperationId]: 0 extends 1 & Input<Id> ? Id : never }[OperationId]>().toBeNever()
    expectTypeOf<{ [Id in OperationId]: unknown extends Output<Id> ? Id : never }[OperationId]>().toBeNever()
    expectTypeOf<{ [Id in OperationId]: [Output<Id>] extends [never] ? Id : never }[OperationId]>().toBeNever()
  })

  it.each([...api.routes.keys()])('sends %s as the API takes it, and gives its content', async (key) => {
    const request = await exampleIn(EXAMPLES, scenario, key)
    const result = await methodFor(key, request)(inputOf(request))
    const { response, status } = api.routes.get(key) ?? {}
    if (status === 204) expect(result).toBeUndefined()
    else if (Array.isArray(response)) expect(result).toBeInstanceOf(Blob)
    else expect(result).toEqual(expect.any(Object))
  })
})
