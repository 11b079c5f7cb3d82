import type { z } from 'zod'
import { defineRoute, Reply } from '../../handler/route.js'
import type { Call, Route, RouteSpec } from '../../handler/route.js'

/** Defines a route outside tenants. Every undeclared body field is rejected. */
export function row<
  Params extends z.ZodType,
  Query extends z.ZodType,
  Headers extends z.ZodType,
  Body extends z.ZodType,
  Response extends z.ZodType,
>(route: RouteSpec<Params, Query, Headers, Body, Response>): Route {
  return defineRoute({ closed: true, ...route })
}

/** The headers of a 201 response, for the OpenAPI document. */
export const CREATED_HEADERS = { Location: 'The path of what was created' }

/** A 201 response with the created object and its path in this API. */
export function created({ baseUrl }: Pick<Call, 'baseUrl'>, path: string, content: unknown): Reply {
  const mount = new URL(baseUrl).pathname.replace(/\/$/, '')
  return new Reply(content, { status: 201, headers: { Location: `${mount}${path}` } })
}

/** A path of IDs, which may contain any printable character. */
export function pathOf(...parts: readonly string[]): string {
  return parts.map((part) => `/${encodeURIComponent(part)}`).join('')
}
