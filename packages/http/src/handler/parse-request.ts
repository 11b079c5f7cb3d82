import { issueOf } from '@tenantry/core'
import { z } from 'zod'
import { RequestError } from './failure.js'
import type { HandlerRequest } from './handler.js'
import type { Route } from './route.js'
import { withoutUnknown } from './unknown-fields.js'
import { withoutNulls } from './without-nulls.js'

const nothing = z.strictObject({})

interface Unparsed {
  readonly request: HandlerRequest
  readonly params: Readonly<Record<string, string>>
  readonly body: unknown
}

/**
 * Validates the parts of a request against the schemas of its route. In a body, `null` for an optional field equals its
 * absence, and undeclared fields that could matter are rejected. The error names the first invalid field.
 */
export function parseRequest(route: Route, { request, params, body }: Unparsed) {
  // Schemas would ignore it silently.
  if (Object.hasOwn(Object(body), '__proto__'))
    throw new RequestError('invalid_field', '__proto__: is not a known field', { field: '__proto__' })
  const bodySchema = route.body ?? nothing
  const given = withoutNulls(bodySchema, body ?? {})
  const read = route.closed ? given : withoutUnknown(bodySchema, given)
  return {
    params: parse(route.params ?? nothing, params, 'path'),
    headers: parse(route.headers ?? nothing, declaredHeaders(route, request), 'headers'),
    query: parse(route.query ?? nothing, queryOf(request), 'query'),
    body: route.upload ? undefined : parse(bodySchema, read, 'body'),
  }
}

function parse<Schema extends z.ZodType>(schema: Schema, value: unknown, part: string): z.output<Schema> {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const { path, problem } = issueOf(parsed.error)
  const field = path.join('.').slice(0, 200) || part
  throw new RequestError('invalid_field', `${field}: ${problem}`, { field })
}

function queryOf(request: HandlerRequest): Record<string, string> {
  const [, ...rest] = request.url.split('?')
  const query = new URLSearchParams(rest.join('?'))
  for (const field of query.keys()) {
    if (query.getAll(field).length > 1)
      throw new RequestError('invalid_field', `${field}: duplicate parameter`, { field })
  }
  return Object.fromEntries(query)
}

function declaredHeaders(route: Route, request: HandlerRequest): Record<string, string> {
  const names = route.headers instanceof z.ZodObject ? Object.keys(route.headers.shape) : []
  return Object.fromEntries(
    names.flatMap((field): [string, string][] => {
      const [value, ...more] = request.headerValues(field)
      if (more.length > 0) throw new RequestError('invalid_field', `${field}: duplicate parameter`, { field })
      return value === undefined ? [] : [[field, value]]
    }),
  )
}
