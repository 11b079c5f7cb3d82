import { z } from 'zod'
import { isoTime, IsoTime } from '../../handler/fields.js'

/** Names under which the core keeps a moment, in milliseconds since 1970. On the wire each is an ISO time. */
type MomentName = 'at' | 'waitingSince' | `${string}At`

/** What the core has of a response: the same, but for moments, and whatever else it knows. */
type Presentable<Wire> = Wire extends readonly (infer Item)[]
  ? readonly Presentable<Item>[]
  : Wire extends object
    ? {
        readonly [Name in keyof Wire]: Name extends MomentName
          ? Exclude<Wire[Name], string> | number
          : Presentable<Wire[Name]>
      }
    : Wire

/** The fields that a response declares, taken from what the core returned. Nothing else of it leaves. */
export function present<Schema extends z.ZodType>(
  schema: Schema,
  value: Presentable<z.output<Schema>>,
): z.output<Schema> {
  // Every field is made by its own schema.
  return presented(schema, value) as z.output<Schema>
}

function presented(schema: unknown, value: unknown): unknown {
  if (value === null || value === undefined) return value
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) return presented(schema.unwrap(), value)
  if (schema === IsoTime) return isoTime(Number(value))
  if (schema instanceof z.ZodArray && Array.isArray(value)) return value.map((item) => presented(schema.element, item))
  if (!(schema instanceof z.ZodObject)) return value
  const given = new Map(Object.entries(value))
  const fields = Object.entries(schema.shape).filter(([name]) => given.get(name) !== undefined)
  return Object.fromEntries(fields.map(([name, field]) => [name, presented(field, given.get(name))]))
}
