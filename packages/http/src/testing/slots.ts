import { z } from 'zod'
import type { Route } from '../handler/route.js'
import type { ApiRequest } from './api-client.js'

/** The position of a value in a request: `['body', 'users', 0, 'user_id']`. */
export type Slot = readonly [place: 'params' | 'query' | 'headers' | 'body', ...path: (string | number)[]]

/** All positions that a route's schemas declare. */
export function slotsOf(route: Route): readonly Slot[] {
  const places = ['params', 'query', 'headers', 'body'] as const
  return places.flatMap((place) => [...within(route[place])].map((path): Slot => [place, ...path]))
}

/** The field name of a value; for a value in a list, the name of the list. */
export function nameOf(slot: Slot): string {
  return String(slot.findLast((part) => typeof part === 'string'))
}

/** The request with this value at the position. */
export function withValue(request: ApiRequest, [place, ...path]: Slot, value: unknown): ApiRequest {
  return { ...request, [place]: placed(request[place], path, value) }
}

function placed(into: unknown, [part, ...rest]: readonly (string | number)[], value: unknown): unknown {
  if (part === undefined) return value
  if (typeof part === 'number') return [placed(Array.isArray(into) ? into[part] : undefined, rest, value)]
  const parts = Object.entries(typeof into === 'object' ? (into ?? {}) : {})
  return { ...Object.fromEntries(parts), [part]: placed(new Map(parts).get(part), rest, value) }
}

function* within(schema: unknown): Generator<(string | number)[]> {
  if (schema instanceof z.ZodObject) {
    for (const [name, inner] of Object.entries(schema.shape)) {
      const deeper = [...within(inner)]
      yield* deeper.length > 0 ? deeper.map((path) => [name, ...path]) : [[name]]
    }
  } else if (schema instanceof z.ZodArray) {
    const deeper = [...within(schema.element)]
    yield* deeper.length > 0 ? deeper.map((path) => [0, ...path]) : [[0]]
  } else if (schema instanceof z.ZodUnion) {
    for (const option of schema.options) yield* within(option)
  } else if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault) {
    yield* within(schema.unwrap())
  } else if (schema instanceof z.ZodPipe) {
    yield* within(schema.in)
  }
}
