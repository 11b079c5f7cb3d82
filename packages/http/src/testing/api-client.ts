import { expect } from 'vitest'
import { z } from 'zod'
import type { Route } from '../handler/route.js'
import type { Api } from '../handler/api.js'
import type { Person, Scenario } from './scenario.js'

export interface ApiRequest {
  /** The caller; `null` is a guest. */
  readonly as: Person | null
  /** Replaces the user's token. */
  readonly token?: string
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string | number>>
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

export interface ApiResponse {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The JSON body, `null` without one. Tests assume its shape and fail if it differs. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the client has checked it against the route's schema
  readonly body: any
}

export interface ApiClient {
  readonly api: Api
  /** The path of the API. */
  readonly prefix: string
  /** The routes of the API by method and path: `GET /workspaces`. */
  readonly routes: ReadonlyMap<string, Route>
  /** Sends a request to a route and checks that the response matches the route's declaration. */
  ask(scenario: Pick<Scenario, 'url' | 'people' | 'secrets'>, key: string, request: ApiRequest): Promise<ApiResponse>
  /** Fails if one of the common headers is missing. */
  expectHeaders(headers: Headers): void
}

interface ClientOptions {
  readonly prefix?: string
  /** Reads the status from the body of an error. */
  readonly echo?: (status: number) => object
  /** The headers that contain a token. Default: `Authorization: Bearer`. */
  readonly credential?: (token: string) => Readonly<Record<string, string>>
}

/** A client of one API. */
export function apiClient(
  api: Api,
  {
    prefix = '',
    echo = () => ({}),
    credential = (token) => ({ authorization: `Bearer ${token}` }),
  }: ClientOptions = {},
): ApiClient {
  const routes = new Map(api.routes.map((route) => [`${route.method} ${route.path}`, route]))

  function expectHeaders(headers: Headers): void {
    const always = { 'x-content-type-options': 'nosniff', 'cache-control': 'no-store', ...api.headers }
    for (const [name, value] of Object.entries(always)) expect(headers.get(name)).toBe(value)
  }

  function checked(route: Route, { status, headers }: Response, text: string): ApiResponse {
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    if (status < 400 && !(route.response instanceof z.ZodType)) {
      expect(route.response).toContain(headers.get('content-type'))
      return { status, headers, text, body: null }
    }
    expectHeaders(headers)
    if (status === 204) {
      expect(text).toBe('')
      return { status, headers, text, body: null }
    }
    const type = (status >= 400 && api.failureType) || 'application/json'
    expect(headers.get('content-type')).toBe(`${type}; charset=utf-8`)
    const body: unknown = JSON.parse(text)
    if (status < 400) {
      expect(status).toBe(route.status ?? 200)
      expectShape(route.response, body)
    } else {
      expectShape(api.failure, body)
      expect(body).toMatchObject(echo(status))
      if (status === 401) expect(headers.get('www-authenticate')).toBe('Bearer')
      if (status === 429) expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
    }
    return { status, headers, text, body }
  }

  return {
    api,
    prefix,
    routes,
    expectHeaders,
    async ask(scenario, key, request) {
      const route = routes.get(key)
      if (!route) throw new Error(`no route ${key}`)
      const path = route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
        encodeURIComponent(request.params?.[name] ?? ''),
      )
      const fields = Object.entries(request.query ?? {}).map(([name, value]) => [name, String(value)])
      const query = new URLSearchParams(Object.fromEntries(fields))
      const token = request.token ?? (request.as === null ? null : scenario.people[request.as].token)
      const isJson = request.body !== undefined && !(request.body instanceof FormData)
      const issuedBefore = scenario.secrets.count()
      const response = await fetch(`${scenario.url}${prefix}${path}${query.size > 0 ? `?${query}` : ''}`, {
        method: route.method,
        headers: {
          ...(token === null ? {} : credential(token)),
          ...(isJson ? { 'content-type': 'application/json' } : {}),
          ...request.headers,
        },
        body: encoded(request.body),
      })
      const text = await response.text()
      scenario.secrets.assertAbsent(`${api.name} ${key}`, text, issuedBefore)
      return checked(route, response, text)
    },
  }
}

function encoded(body: unknown): string | FormData | null {
  if (body === undefined) return null
  return body instanceof FormData ? body : JSON.stringify(body)
}

/** Checks that the body contains exactly the fields that the schema declares. */
function expectShape(schema: unknown, body: unknown): void {
  if (!(schema instanceof z.ZodType)) throw new Error('the route declares no JSON')
  expect(schema.parse(body)).toEqual(body)
}

/** For each route, a request that succeeds in a new scenario, with its preparation. */
export type Examples = Readonly<Record<string, (scenario: Scenario) => Promise<ApiRequest> | ApiRequest>>

/** Prepares the example of a route in a scenario. */
export async function exampleIn(examples: Examples, scenario: Scenario, key: string): Promise<ApiRequest> {
  const make = examples[key]
  if (!make) throw new Error(`no example of ${key}`)
  return make(scenario)
}
