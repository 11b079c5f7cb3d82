import { raw } from 'express'
import type { Request, Response } from 'express'
import { RequestError } from './failure.js'
import { isTextDeeperThan, isValueDeeperThan } from './nesting.js'
import { findDuplicateKey } from './duplicate-key.js'
import { runMiddleware } from './run-middleware.js'

const DEPTH = 32

const JSON_TYPES = ['application/json', 'application/*+json']

const readAll = raw({ limit: '1mb', type: () => true })

/**
 * The JSON of a request, `undefined` when it has no body. What the host has parsed already is taken as it is, where it
 * came as JSON: a form that a page of another origin sends is never taken for it.
 *
 * @throws {RequestError} for what is no JSON in UTF-8, says a key twice, is nested more than 32 deep, or has more than
 * 1 MiB.
 */
export async function readJsonBody(request: Request, response: Response): Promise<unknown> {
  const body = isRead(request) ? parsedByHost(request) : await readJson(request, response)
  if (isValueDeeperThan(DEPTH, body)) throw tooDeep()
  return body
}

function tooDeep(): RequestError {
  return new RequestError('invalid_field', `body: is nested more than ${DEPTH} deep`, { field: 'body' })
}

/** Whether somebody before us has read the body; Express 4 then leaves an empty object even where it did not. */
function isRead(request: Request): boolean {
  const { body } = request as { readonly body?: unknown }
  if (body === undefined) return false
  return !isNothing(body) || '_body' in request || request.readableEnded
}

function isNothing(body: unknown): boolean {
  return typeof body === 'object' && body !== null && Object.keys(body).length === 0
}

function parsedByHost(request: Request): unknown {
  const body: unknown = request.body
  if (isNothing(body) && !hasBody(request)) return undefined
  requireJson(request)
  return body
}

function hasBody({ headers }: Request): boolean {
  const { 'content-length': length, 'transfer-encoding': encoding } = headers
  return encoding !== undefined || (length !== undefined && length !== '0')
}

function isJson(request: Request): boolean {
  return Boolean(request.is(JSON_TYPES))
}

function requireJson(request: Request): void {
  if (isJson(request)) return
  throw new RequestError('invalid_field', 'content-type: must be application/json', { field: 'content-type' })
}

async function readJson(request: Request, response: Response): Promise<unknown> {
  if (!hasBody(request)) return undefined
  const isChunked = request.headers['transfer-encoding'] !== undefined
  if (!isChunked) requireJson(request)
  await runMiddleware(readAll, request, response).catch(refuse)
  const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
  // Proxies may frame a body that is not there in chunks.
  if (bytes.length === 0) return undefined
  requireJson(request)
  const text = textOf(request, bytes)
  // Before anything is made of it: each bracket would become an object.
  if (isTextDeeperThan(DEPTH, bytes)) throw tooDeep()
  const body = parse(text)
  const repeated = findDuplicateKey(text)
  if (repeated === null) return body
  throw new RequestError('invalid_field', `${repeated}: duplicate parameter`, { field: repeated })
}

/** JSON is UTF-8 (RFC 8259, 8.1), however a client spells that; bytes that are no text are never replaced. */
function textOf(request: Request, bytes: Uint8Array): string {
  const charset = /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(request.get('content-type') ?? '')?.[1] ?? 'utf-8'
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

function refuse(error: unknown): never {
  const status = error instanceof Error && 'status' in error ? error.status : undefined
  if (status === 413) throw new RequestError('body_too_large', 'The body has more than 1 MiB', { cause: error })
  if (status === 400 || status === 415) throw notJson(error)
  throw error
}

function notJson(cause?: unknown): RequestError {
  return new RequestError('invalid_json', 'The body is no JSON', { cause })
}
