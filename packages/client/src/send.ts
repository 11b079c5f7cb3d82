import type { ClientOptions } from './client-options.js'
import { createFetchClient } from './create-fetch-client.js'
import type { CallOptions } from './operation-types.js'
import { toApiError } from './tenancy-api-error.js'

/** The input of a call, by field name. */
export type Fields = Readonly<Record<string, unknown>>

/** Sends an operation: method, path, and `etag` if its result has one. */
export type Send = (operation: string, fields: Fields, call?: CallOptions) => Promise<unknown>

/** The headers that an operation declares, by their names in the input. */
const HEADERS = new Map([
  ['ifMatch', 'If-Match'],
  ['idempotencyKey', 'Idempotency-Key'],
])

/** The type of openapi-fetch's `request` without its generic parameters. */
type Request = (
  method: string,
  path: string,
  init: object,
) => Promise<{ readonly response: Response; readonly error?: unknown }>

export function createSender(options: ClientOptions): Send {
  // The path comes from the table generated from the document; the interface has checked the fields.
  const request = createFetchClient(options).request as unknown as Request
  return async (operation, fields, { headers, signal } = {}) => {
    const [method = '', path = '', versioned] = operation.split(' ')
    const { body, header, ...params } = sort(fields, method, path)
    const { response, error } = await request(method, path, {
      params,
      headers: { ...headers, ...header },
      ...(body && { body }),
      ...(signal && { signal }),
      parseAs: 'stream',
    })
    if (!response.ok) throw toApiError(response, error)
    const content = await contentOf(response)
    return versioned ? { ...(content as object), etag: etagOf(response) } : content
  }
}

/** Assigns each field to the path if the path names it, to its header if it has one, else to the query or the body. */
function sort(fields: Fields, method: string, path: string) {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined)
  const inPath = ([name]: readonly [string, unknown]) => path.includes(`{${name}}`)
  const rest = given.filter((field) => !inPath(field) && !HEADERS.has(field[0]))
  const isQuery = method === 'GET'
  return {
    path: Object.fromEntries(given.filter(inPath)),
    query: isQuery ? Object.fromEntries(rest) : {},
    header: Object.fromEntries(given.flatMap(([name, value]) => headerOf(name, value))),
    body: isQuery || rest.length === 0 ? undefined : bodyOf(rest),
  }
}

/** @throws {TypeError} if the ETag is `null`: without it, the change could overwrite another one. */
function headerOf(name: string, value: unknown): [string, unknown][] {
  const header = HEADERS.get(name)
  if (header === undefined) return []
  if (value === null) throw new TypeError(`${name} is null: the API does not expose the header ETag to this origin`)
  return [[header, value]]
}

function bodyOf(fields: readonly (readonly [string, unknown])[]): FormData | object {
  if (!fields.some(([, value]) => value instanceof Blob)) return Object.fromEntries(fields)
  const form = new FormData()
  for (const [name, value] of fields) form.append(name, value instanceof Blob ? value : String(value))
  return form
}

async function contentOf(response: Response): Promise<unknown> {
  if (response.status === 204) return undefined
  const isJson = /^application\/json\b/.test(response.headers.get('Content-Type') ?? '')
  return isJson ? response.json() : response.blob()
}

/** A compressing proxy marks an ETag as weak, although the state is the same. */
function etagOf({ headers }: Response): string | null {
  return headers.get('ETag')?.replace(/^W\//, '') ?? null
}
