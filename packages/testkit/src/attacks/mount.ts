import type { Attacker } from './test-users.js'
import type { JsonSchema } from './json-schema.js'

/** A parameter of an operation that stands outside its body. */
interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly required: boolean
  readonly schema: JsonSchema
}

/** An operation as the router's OpenAPI document tells it. */
export interface Operation {
  readonly id: string
  readonly method: string
  readonly path: string
  readonly parameters: readonly Parameter[]
  readonly body: JsonSchema | null
  /** Whether the body is a file. */
  readonly takesFile: boolean
  /** Whether it answers JSON. */
  readonly answersJson: boolean
  /** Whether it is for people who are not signed in, too. */
  readonly isPublic: boolean
}

/** A router that answers somewhere, with every operation it has, by id. */
export interface Mount {
  readonly url: string
  readonly operations: ReadonlyMap<string, Operation>
  /** Called when it asks to wait, before it is asked again. */
  readonly wait: (milliseconds: number) => Promise<unknown>
}

export interface WireRequest {
  /** Who asks; `null` is nobody. */
  readonly as: Attacker | null
  /** Of parameters, by name. */
  readonly values?: Readonly<Record<string, string>>
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

export interface WireAnswer {
  readonly status: number
  readonly text: string
}

/** Parts of the document that are read here; the router makes it from its own tables. */
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, DocumentedOperation>>>>
}

interface DocumentedOperation {
  readonly operationId: string
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: JsonSchema }>> }
  readonly security: readonly object[]
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, unknown>> }>>
}

/**
 * Reads what a router at an address answers.
 *
 * @throws {Error} where no document is served: the router was made with `docs: false`, or is not there.
 */
export async function openMount(url: string, wait: Mount['wait']): Promise<Mount> {
  const response = await fetch(`${url}/openapi.json`)
  if (!response.ok) throw new Error(`No OpenAPI document at ${url}/openapi.json: the attacks are made from it`)
  // What it holds is made by the router that is attacked.
  const { paths } = (await response.json()) as Document
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, row]) => operationOf(path, method.toUpperCase(), row)),
  )
  return { url, wait, operations: new Map(operations.map((operation) => [operation.id, operation])) }
}

function operationOf(path: string, method: string, row: DocumentedOperation): Operation {
  const content = row.requestBody?.content ?? {}
  const responses = Object.entries(row.responses).find(([status]) => status.startsWith('2'))?.[1].content ?? {}
  return {
    id: row.operationId,
    method,
    path,
    parameters: row.parameters ?? [],
    body: content['application/json']?.schema ?? null,
    takesFile: 'multipart/form-data' in content,
    answersJson: 'application/json' in responses,
    isPublic: row.security.some((way) => Object.keys(way).length === 0),
  }
}

/** Sends a request to an operation. Values without a parameter of their name are not sent. */
export async function send(mount: Mount, operation: Operation, request: WireRequest): Promise<WireAnswer> {
  const { as, values = {}, body, headers = {} } = request
  const given = (place: Parameter['in']): [string, string][] =>
    operation.parameters.flatMap(({ name, in: where }): [string, string][] =>
      where === place && values[name] !== undefined ? [[name, values[name]]] : [],
    )
  const query = new URLSearchParams(given('query'))
  return exchange(mount, `${pathOf(operation, values)}${query.size > 0 ? `?${query}` : ''}`, {
    method: operation.method,
    headers: {
      ...(as ? { authorization: `Bearer ${as.token}` } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...Object.fromEntries(given('header')),
      ...headers,
    },
    body: body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body),
  })
}

export function pathOf(operation: Operation, values: Readonly<Record<string, string>>): string {
  return operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? 'x'))
}

/**
 * Sends a request to a path, and again when it was one too many for now: a limit says nothing of what is attacked.
 *
 * @throws {Error} where the limit does not end.
 */
export async function exchange(mount: Mount, path: string, init: RequestInit): Promise<WireAnswer> {
  for (let tries = 3; tries > 0; tries -= 1) {
    const response = await fetch(`${mount.url}${path}`, { ...init, redirect: 'manual' })
    const text = await response.text()
    if (response.status !== 429) return { status: response.status, text }
    await mount.wait(1000 * Number(response.headers.get('retry-after') ?? 1))
  }
  throw new Error(`${init.method} ${path}: 429 after every wait`)
}
