import type { OperationObject, ParameterObject, ResponseObject, SchemaObject } from 'openapi-typescript'
import { checkNames, placeOf } from './client-methods.js'
import type { Operation, Place } from './client-methods.js'
import { documentOf } from './client-types.js'

/** A method of the client of the `tenancy` API. */
export interface ClientMethod extends Operation, Place {
  readonly summary: string
  /** Whether it can be called without input. */
  readonly optional: boolean
  /** Whether its result has an `ETag`. */
  readonly versioned: boolean
  /** Whether it returns a page of a list. */
  readonly paged: boolean
}

/** The headers that have a name of their own in the input. */
const HEADERS = ['if-match', 'idempotency-key']

/** Every method of the client of the `tenancy` API. */
export function clientMethods(): readonly ClientMethod[] {
  const paths = Object.entries(documentOf('tenancy').paths ?? {})
  const operations = paths.flatMap(([path, item]) =>
    // The path items of these documents contain only operations.
    Object.entries(item as Record<string, OperationObject>).map(([method, operation]) => ({ path, method, operation })),
  )
  const methods = operations.map(({ path, method, operation }) => {
    const { operationId = '', summary = '' } = operation
    const row = { method: method.toUpperCase(), path, operationId }
    const place = placeOf(row)
    return { ...row, ...place, summary, ...shapeOf(operation, row, place) }
  })
  checkNames(methods)
  return methods
}

function shapeOf(operation: OperationObject, { method, path }: Operation, { bound, names }: Place) {
  // These documents contain no references and no other kinds of parameters.
  const parameters = (operation.parameters ?? []) as readonly ParameterObject[]
  const content = operation.requestBody && 'content' in operation.requestBody ? operation.requestBody.content : {}
  const body = schemaIn(content['application/json'] ?? content['multipart/form-data'])
  const success = Object.entries(operation.responses ?? {}).find(([status]) =>
    status.startsWith('2'),
  )?.[1] as ResponseObject
  const fields = [...parameters.map(({ name }) => name), ...Object.keys(body.properties ?? {})]
  const headers = parameters.filter((one) => one.in === 'header').map(({ name }) => name)
  const wrong = [
    ...fields.filter((field, at) => fields.indexOf(field) !== at),
    ...headers.filter((name) => !HEADERS.includes(name)),
    ...(method === 'GET' ? [] : parameters.filter((one) => one.in === 'query').map(({ name }) => name)),
  ]
  // One input contains all fields; the method determines where each is sent.
  if (wrong.length > 0) throw new Error(`${method} ${path}: the client cannot send ${wrong.join(', ')}`)
  const required = [...parameters.filter((one) => one.required).map(({ name }) => name), ...(body.required ?? [])]
  return {
    optional: required.every((name) => name === bound),
    versioned: Object.hasOwn(success.headers ?? {}, 'ETag'),
    paged:
      names.at(-1) === 'list' &&
      Object.hasOwn(schemaIn(success.content?.['application/json']).properties ?? {}, 'items'),
  }
}

interface ObjectSchema {
  readonly properties?: Readonly<Record<string, unknown>>
  readonly required?: readonly string[]
}

function schemaIn(media: unknown): ObjectSchema {
  const { schema } = (media ?? {}) as { readonly schema?: SchemaObject }
  return schema ?? {}
}
