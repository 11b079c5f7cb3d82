import { expect } from 'vitest'
import { z } from 'zod'
import type { Route } from '../http/route.js'
import { OpenapiFailure } from '../openapi/errors.js'
import { openapiSurface } from '../openapi/openapi-surface.js'
import type { Person, World } from './world.js'

export const PREFIX = '/openapi/v1'

export const ROUTES: ReadonlyMap<string, Route> = new Map(
  openapiSurface({ accounts: 'tenantry', prefix: PREFIX }).routes.map((route) => [
    `${route.method} ${route.path}`,
    route,
  ]),
)

export interface OpenapiRequest {
  /** Who calls; `null` is nobody. */
  readonly as: Person | null
  /** In place of the person's token. */
  readonly token?: string
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string | number>>
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

export interface OpenapiAnswer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the client has checked it against the route's schema
  readonly body: any
}

/** Sends a request to a row of the table, and holds the answer to what the table declares. */
export async function ask(
  world: Pick<World, 'url' | 'people'>,
  key: string,
  request: OpenapiRequest,
): Promise<OpenapiAnswer> {
  const route = ROUTES.get(key)
  if (!route) throw new Error(`no route ${key}`)
  const path = route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(request.params?.[name] ?? ''),
  )
  const fields = Object.entries(request.query ?? {}).map(([name, value]) => [name, String(value)])
  const query = new URLSearchParams(Object.fromEntries(fields))
  const token = request.token ?? (request.as === null ? null : world.people[request.as].token)
  const response = await fetch(`${world.url}${PREFIX}${path}${query.size > 0 ? `?${query}` : ''}`, {
    method: route.method,
    headers: {
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...request.headers,
    },
    body: request.body === undefined ? null : JSON.stringify(request.body),
  })
  return checked(route, response)
}

/** What stands on every answer of this surface, whatever it answers. */
export function expectHeaders(headers: Headers): void {
  expect(headers.get('x-frame-options')).toBe('DENY')
  expect(headers.get('content-security-policy')).toBe("frame-ancestors 'none'")
  expect(headers.get('cache-control')).toBe('no-store')
}

async function checked(route: Route, response: Response): Promise<OpenapiAnswer> {
  const text = await response.text()
  const { status, headers } = response
  expectHeaders(headers)
  expect(headers.get('content-type')).toBe('application/json; charset=utf-8')
  const body: unknown = JSON.parse(text)
  const schema = status < 400 ? route.answer : OpenapiFailure
  if (!(schema instanceof z.ZodType)) throw new Error('the route declares no JSON')
  // Exactly what is declared: nothing is missing, and nothing is there beyond it.
  expect(schema.parse(body)).toEqual(body)
  if (status < 400) expect(status).toBe(route.status ?? 200)
  if (status === 401) expect(headers.get('www-authenticate')).toBe('Bearer')
  if (status === 429) expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
  return { status, headers, text, body }
}
