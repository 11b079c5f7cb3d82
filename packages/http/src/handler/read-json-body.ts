import { RequestError } from './failure.js'
import type { HandlerRequest } from './handler.js'
import { isTextDeeperThan, isValueDeeperThan } from './nesting.js'
import { findDuplicateKey } from './duplicate-key.js'
import { readBody } from './read-body.js'

const DEPTH = 32
const LIMIT_BYTES = 1024 * 1024

/** `application/json` or a media type that ends in `+json`. */
const JSON_TYPE = /^application\/(?:json|[\w.!#$&^-]+\+json)\s*(?:;|$)/i

/**
 * The JSON body of a request, or `undefined` without a body. A body that the host has parsed is used only if its
 * content type is JSON, so a form that another origin submits is never accepted.
 *
 * @throws {RequestError} if the body is not UTF-8 JSON, has a duplicate key, is nested more than 32 levels deep, or
 * exceeds 1 MiB.
 */
export async function readJsonBody(request: HandlerRequest): Promise<unknown> {
  const { body } = request
  if (body === null) return undefined
  if (!('parsed' in body)) return readJson(request, body)
  requireJson(request)
  if (isValueDeeperThan(DEPTH, body.parsed)) throw tooDeep()
  return body.parsed
}

function tooDeep(): RequestError {
  return new RequestError('invalid_field', `body: is nested more than ${DEPTH} deep`, { field: 'body' })
}

function requireJson(request: HandlerRequest): void {
  if (JSON_TYPE.test(contentType(request))) return
  throw new RequestError('invalid_field', 'content-type: must be application/json', { field: 'content-type' })
}

function contentType(request: HandlerRequest): string {
  return request.headerValues('content-type').join(',')
}

async function readJson(request: HandlerRequest, stream: AsyncIterable<Uint8Array>): Promise<unknown> {
  const [length = '0'] = request.headerValues('content-length')
  if (length !== '0') requireJson(request)
  const bytes = await readBody(request, stream, LIMIT_BYTES)
  // Proxies may use chunked encoding for an empty body.
  if (bytes.length === 0) return undefined
  requireJson(request)
  const text = textOf(request, bytes)
  // Checked before parsing, because each bracket would become an object.
  if (isTextDeeperThan(DEPTH, bytes)) throw tooDeep()
  const body = parse(text)
  const repeated = findDuplicateKey(text)
  if (repeated === null) return body
  throw new RequestError('invalid_field', `${repeated}: duplicate parameter`, { field: repeated })
}

/** JSON is UTF-8 (RFC 8259, 8.1), however the charset is spelled. Invalid bytes are rejected, never replaced. */
function textOf(request: HandlerRequest, bytes: Uint8Array): string {
  const charset = /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(contentType(request))?.[1] ?? 'utf-8'
  if (!/^utf-?8$/i.test(charset)) throw notJson()
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    throw notJson(error)
  }
}

function parse(text: string): object {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw notJson(error)
  }
  if (typeof value === 'object' && value !== null) return value
  throw notJson()
}

function notJson(cause?: unknown): RequestError {
  return new RequestError('invalid_json', 'The body is no JSON', { cause })
}
