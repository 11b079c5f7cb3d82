/** As much of a JSON Schema as an OpenAPI document of ours uses. */
export interface JsonSchema {
  readonly type?: string
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly items?: JsonSchema
  readonly anyOf?: readonly JsonSchema[]
  readonly oneOf?: readonly JsonSchema[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly format?: string
  readonly minimum?: number
  readonly minLength?: number
}

/** Where a value stands in a body: the names on the way to it; `0` is the first of a list. */
export type BodyPath = readonly (string | 0)[]

/** Every place of a body in which a value stands that has no parts. */
export function leavesOf(schema: JsonSchema): readonly BodyPath[] {
  const inner = [
    ...Object.entries(schema.properties ?? {}).flatMap(([name, part]) => below(name, part)),
    ...(schema.items ? below(0, schema.items) : []),
    ...(schema.anyOf ?? schema.oneOf ?? []).flatMap((one) => leavesOf(one).filter((path) => path.length > 0)),
  ]
  return inner.length > 0 ? inner : [[]]
}

function below(name: string | 0, schema: JsonSchema): readonly BodyPath[] {
  return leavesOf(schema).map((path) => [name, ...path])
}

/** A small value of this shape: what is required, and no more. */
export function sampleOf(schema: JsonSchema): unknown {
  const [first] = schema.anyOf ?? schema.oneOf ?? []
  if (first) return sampleOf(first)
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return schema.enum[0]
  if (schema.type === 'object') {
    const names = schema.required ?? []
    return Object.fromEntries(names.map((name) => [name, sampleOf(schema.properties?.[name] ?? {})]))
  }
  if (schema.type === 'array') return [sampleOf(schema.items ?? {})]
  if (schema.type === 'integer' || schema.type === 'number') return Math.max(1, schema.minimum ?? 1)
  if (schema.type === 'boolean') return true
  if (schema.type === 'null') return null
  return schema.format === 'email' ? 'nobody@example.com' : 'x'.repeat(Math.max(1, schema.minLength ?? 1))
}

/** The body with this value in that place. */
export function placed(into: unknown, [name, ...rest]: BodyPath, value: unknown): unknown {
  if (name === undefined) return value
  if (name === 0) return [placed(Array.isArray(into) ? into[0] : undefined, rest, value)]
  const parts = Object.entries(typeof into === 'object' ? (into ?? {}) : {})
  return { ...Object.fromEntries(parts), [name]: placed(new Map<string, unknown>(parts).get(name), rest, value) }
}
