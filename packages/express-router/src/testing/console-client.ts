import { expect } from 'vitest'
import { z } from 'zod'
import { consoleSurface } from '../console/console-surface.js'
import { ConsoleFailure } from '../console/errors.js'
import type { Route } from '../http/route.js'
import type { Person, World } from './world.js'

export const ROUTES: ReadonlyMap<string, Route> = new Map(
  consoleSurface({ accounts: 'tenantry' }).routes.map((route) => [keyOf(route), route]),
)

function keyOf({ method, path }: Route): string {
  return `${method} ${path}`
}

export interface ConsoleRequest {
  /** Who calls; `null` is nobody. */
  readonly as: Person | null
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string | number>>
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

export interface ConsoleAnswer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The JSON, shaped as the tests expect it: they fail where it is not. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the client has checked it against the route's schema
  readonly body: any
}

/** Sends a request to a row of the console's table, and holds the answer to what the table declares. */
export async function ask(
  world: Pick<World, 'url' | 'people'>,
  key: string,
  request: ConsoleRequest,
): Promise<ConsoleAnswer> {
  const route = ROUTES.get(key)
  if (!route) throw new Error(`no route ${key}`)
  const path = route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(request.params?.[name] ?? ''),
  )
  const fields = Object.entries(request.query ?? {}).map(([name, value]) => [name, String(value)])
  const query = new URLSearchParams(Object.fromEntries(fields))
  const response = await fetch(`${world.url}${path}${query.size > 0 ? `?${query}` : ''}`, {
    method: route.method,
    headers: {
      ...(request.as === null ? {} : { authorization: `Bearer ${world.people[request.as].token}` }),
      ...(request.body === undefined || request.body instanceof FormData ? {} : { 'content-type': 'application/json' }),
      ...request.headers,
    },
    body: encoded(request.body),
  })
  return checked(route, response)
}

function encoded(body: unknown): string | FormData | null {
  if (body === undefined) return null
  return body instanceof FormData ? body : JSON.stringify(body)
}

async function checked(route: Route, response: Response): Promise<ConsoleAnswer> {
  const text = await response.text()
  const { status, headers } = response
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  if (status < 400 && !(route.answer instanceof z.ZodType)) {
    expect(route.answer).toContain(headers.get('content-type'))
    return { status, headers, text, body: null }
  }
  expect(headers.get('content-type')).toBe('application/json; charset=utf-8')
  expect(headers.get('cache-control')).toBe('no-store')
  const body: unknown = JSON.parse(text)
  if (status < 400) {
    expect(status).toBe(route.status ?? 200)
    expectShape(route.answer, body)
  } else {
    expectShape(ConsoleFailure, body)
    expect(body).toMatchObject({ status })
    if (status === 401) expect(headers.get('www-authenticate')).toBe('Bearer')
    if (status === 429) expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
  }
  return { status, headers, text, body }
}

/** The body is exactly what the schema declares: nothing is missing, and nothing is there beyond it. */
function expectShape(schema: unknown, body: unknown): void {
  if (!(schema instanceof z.ZodType)) throw new Error('the route declares no JSON')
  expect(schema.parse(body)).toEqual(body)
}
