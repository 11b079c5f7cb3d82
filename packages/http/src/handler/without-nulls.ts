import { z } from 'zod'

/**
 * Removes fields that are `null` where the schema declares an optional, non-nullable field, because some clients send
 * `null` for an absent field. Undeclared fields are kept.
 */
export function withoutNulls(schema: unknown, value: unknown): unknown {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodNullable)
    return withoutNulls(schema.unwrap(), value)
  if (schema instanceof z.ZodUnion)
    return schema.options.reduce<unknown>((rest, option) => withoutNulls(option, rest), value)
  if (schema instanceof z.ZodArray && Array.isArray(value)) return value.map((one) => withoutNulls(schema.element, one))
  if (!(schema instanceof z.ZodObject) || typeof value !== 'object' || value === null || Array.isArray(value))
    return value
  const { shape } = schema
  const kept = Object.entries(value).flatMap(([name, field]): [string, unknown][] => {
    const declared: unknown = Object.hasOwn(shape, name) ? shape[name] : undefined
    if (!(declared instanceof z.ZodType)) return [[name, field]]
    return field === null && isOptional(declared) ? [] : [[name, withoutNulls(declared, field)]]
  })
  return Object.fromEntries(kept)
}

/** Whether the field is optional and does not accept `null`. */
function isOptional(field: z.ZodType): boolean {
  return field.safeParse(undefined).success && !field.safeParse(null).success
}
