import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { SAMPLE } from '../handler/sample.js'
import type { ApiRequest } from './api-client.js'

type Schema = Readonly<Record<string, unknown>>

interface Content {
  readonly content?: Readonly<Record<string, { readonly schema?: Schema; readonly example?: unknown }>>
}

interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly required: boolean
  readonly schema: Schema
}

export interface Operation {
  readonly operationId: string
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: Content & { readonly required: boolean }
  readonly responses: Readonly<Record<string, Content & { readonly $ref?: string }>>
}

/** A document, as a server returns it. */
export interface OpenapiDocument {
  readonly info: { readonly title: string; readonly description: string }
  readonly servers: readonly { readonly url: string }[]
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly responses: Readonly<Record<string, Content>> }
}

const PLACES = { path: 'params', query: 'query', header: 'headers' } as const

// Numbers in a path or query are sent as text.
const validators = { wire: validator(true), json: validator(false) }

const SAMPLES: readonly unknown[] = Object.values(SAMPLE)

/** An example of a document, with each placeholder replaced by the value of an actual body. */
export function withOwn(shown: unknown, own: unknown): unknown {
  if (SAMPLES.includes(shown)) return own
  if (typeof shown !== 'object' || shown === null) return shown
  // Objects and arrays are both accessed by key.
  const parts = (own ?? {}) as Readonly<Record<string, unknown>>
  if (Array.isArray(shown)) return shown.map((value, at) => withOwn(value, parts[at]))
  return Object.fromEntries(Object.entries(shown).map(([name, value]) => [name, withOwn(value, parts[name])]))
}

function validator(coerceTypes: boolean): Ajv2020 {
  const ajv = new Ajv2020({ strict: false, allErrors: true, coerceTypes })
  addFormats.default(ajv)
  return ajv
}

/** The violations of a schema by a value, or `null` if it is valid. */
function problem(schema: Schema, value: unknown, kind: keyof typeof validators = 'json'): string | null {
  const ajv = validators[kind]
  // The validator may replace the value by a coerced one.
  return ajv.validate(schema, structuredClone(value)) ? null : ajv.errorsText()
}

export function operationOf(document: OpenapiDocument, method: string, path: string): Operation {
  const operation = document.paths[path]?.[method.toLowerCase()]
  if (!operation) throw new Error(`the document knows no ${method} ${path}`)
  return operation
}

/** The parts of a request that the document does not allow, or requires. */
export function requestProblems({ parameters = [], requestBody }: Operation, request: ApiRequest): string[] {
  const problems: string[] = []
  for (const { name, in: place, required, schema } of parameters) {
    const value = request[PLACES[place]]?.[name]
    if (value === undefined ? required : problem(schema, String(value), 'wire') !== null)
      problems.push(`${place} ${name}: ${JSON.stringify(value)}`)
  }
  for (const place of ['path', 'query'] as const) {
    const known = parameters.flatMap((parameter) => (parameter.in === place ? [parameter.name] : []))
    const unknown = Object.keys(request[PLACES[place]] ?? {}).filter((name) => !known.includes(name))
    problems.push(...unknown.map((name) => `${place} ${name}: not in the document`))
  }
  if (request.body === undefined) return requestBody?.required ? [...problems, 'body: missing'] : problems
  const type = request.body instanceof FormData ? 'multipart/form-data' : 'application/json'
  const content = requestBody?.content?.[type]
  if (!content) return [...problems, `body: no ${type} in the document`]
  const wrong = request.body instanceof FormData ? null : problem(content.schema ?? {}, request.body)
  return wrong === null ? problems : [...problems, `body: ${wrong}`]
}

/** The parts of a response that the document does not allow. */
export function responseProblems(
  document: OpenapiDocument,
  { responses }: Operation,
  response: { readonly status: number; readonly headers: Headers; readonly body: unknown },
): string[] {
  const notified = responses[String(response.status)] ?? (response.status >= 400 ? responses['default'] : undefined)
  if (!notified) return [`no status ${response.status} in the document`]
  const { content } = document.components.responses[notified.$ref?.split('/').at(-1) ?? ''] ?? notified
  const type = response.headers.get('content-type')?.split(';')[0]
  if (type === undefined) return content ? ['no content, where the document tells of one'] : []
  const media = content?.[type]
  if (!media) return [`no ${type} in the document`]
  const wrong = media.schema ? problem(media.schema, response.body) : null
  return wrong === null ? [] : [wrong]
}

/** The defaults and examples in the document that violate their schemas. */
export function valueProblems(node: unknown, place = '#'): string[] {
  if (typeof node !== 'object' || node === null) return []
  // A plain object, or an array, whose keys are its indexes.
  const entries = Object.entries(node as Record<string, unknown>)
  const { schema, example } = node as { readonly schema?: Schema; readonly example?: unknown }
  const fixture = schema && example !== undefined ? [[schema, example] as const] : []
  const { default: fallback, examples, ...rest } = node as Schema & { readonly examples?: unknown }
  const isSchema = 'type' in node || 'anyOf' in node
  if (isSchema && fallback !== undefined) fixture.push([rest, fallback])
  if (isSchema && Array.isArray(examples)) fixture.push(...examples.map((value) => [rest, value] as const))
  const wrong = fixture.flatMap(([shape, value]) => {
    const broken = problem(shape, value)
    return broken === null ? [] : [`${place}: ${broken}`]
  })
  return [...wrong, ...entries.flatMap(([name, inner]) => valueProblems(inner, `${place}/${name}`))]
}
