import type { z } from 'zod'
import { defineRoute, Reply } from '../../handler/route.js'
import type { Call, Route, RouteSpec } from '../../handler/route.js'

/** A row that is about no one tenant. Its body is held to the letter. */
export function row<
  Params extends z.ZodType,
  Query extends z.ZodType,
  Headers extends z.ZodType,
  Body extends z.ZodType,
  Response extends z.ZodType,
>(route: RouteSpec<Params, Query, Headers, Body, Response>): Route {
  return defineRoute({ closed: true, ...route })
}

/** For the document: the header that the answer to a creation has. */
export const CREATED_HEADERS = { Location: 'The path of what was created' }

/** What was created, and under which path of this API it is from now on. */
export function created({ baseUrl }: Pick<Call, 'baseUrl'>, path: string, content: unknown): Reply {
  const mount = new URL(baseUrl).pathname.replace(/\/$/, '')
  return new Reply(content, { status: 201, headers: { Location: `${mount}${path}` } })
}

/** A path of ids that may hold any printable character. */
export function pathOf(...parts: readonly string[]): string {
  return parts.map((part) => `/${encodeURIComponent(part)}`).join('')
}
