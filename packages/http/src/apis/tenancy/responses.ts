import { z } from 'zod'
import { isoTime, IsoTime } from '../../handler/fields.js'

/** The core's fields that are timestamps, in milliseconds since 1970. Responses contain them in ISO 8601. */
type MomentName = 'at' | 'waitingSince' | `${string}At`

/** The input for a response: its fields with the core's timestamps. Further fields are allowed. */
type Presentable<Wire> = Wire extends readonly (infer Item)[]
  ? readonly Presentable<Item>[]
  : Wire extends object
    ? {
        readonly [Name in keyof Wire]: Name extends MomentName
          ? Exclude<Wire[Name], string> | number
          : Presentable<Wire[Name]>
      }
    : Wire

/** Copies only the fields that the response schema declares from the core's result. */
export function present<Schema extends z.ZodType>(
  schema: Schema,
  value: Presentable<z.output<Schema>>,
): z.output<Schema> {
  // Each field is parsed by its own schema.
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
