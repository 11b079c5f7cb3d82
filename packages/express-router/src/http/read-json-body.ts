import { isUtf8 } from 'node:buffer'
import { json, raw } from 'express'
import type { Request, Response } from 'express'
import { RequestError } from './failure.js'
import { isTextDeeperThan, isValueDeeperThan } from './nesting.js'
import { repeatedKey } from './repeated-key.js'
import { runMiddleware } from './run-middleware.js'

const DEPTH = 32

const texts = new WeakMap<object, Buffer>()

const parseJson = json({
  limit: '1mb',
  type: ['application/json', 'application/*+json'],
  verify(request, _, text, charset) {
    // JSON is UTF-8 (RFC 8259, 8.1). The parser would read UTF-16 and others, and replace bytes that are no text.
    if (charset !== 'utf-8' || !isUtf8(text)) throw new TypeError('The body is no UTF-8')
    // Before anything is made of it: each bracket would become an object.
    if (isTextDeeperThan(DEPTH, text)) throw new RangeError('The body is nested too deep')
    texts.set(request, text)
  },
})

const readAll = raw({ limit: '1mb', type: () => true })

/**
 * The JSON of a request, `undefined` when it has no body. What the host has parsed already is taken as it is.
 *
 * @throws {RequestError} for what is no JSON in UTF-8, says a key twice, is nested more than 32 deep, or has more than
 * 1 MiB.
 */
export async function readJsonBody(request: Request, response: Response): Promise<unknown> {
  const body = isRead(request) ? request.body : await readJson(request, response)
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
  const hasNothing = typeof body === 'object' && body !== null && Object.keys(body).length === 0
  return !hasNothing || '_body' in request || request.readableEnded
}

async function readJson(request: Request, response: Response): Promise<unknown> {
  const length = request.headers['content-length']
  const isChunked = request.headers['transfer-encoding'] !== undefined
  if (!isChunked && (length === undefined || length === '0')) return undefined
  if (!request.is(['application/json', 'application/*+json'])) {
    // Proxies may frame a body that is not there in chunks.
    if (isChunked && (await isEmpty(request, response))) return undefined
    throw new RequestError('invalid_field', 'content-type: must be application/json', { field: 'content-type' })
  }
  await runMiddleware(parseJson, request, response).catch(refuse)
  const repeated = repeatedKey(texts.get(request)?.toString() ?? '')
  if (repeated === null) return request.body
  throw new RequestError('invalid_field', `${repeated}: is there twice`, { field: repeated })
}

async function isEmpty(request: Request, response: Response): Promise<boolean> {
  await runMiddleware(readAll, request, response).catch(refuse)
  return Buffer.isBuffer(request.body) && request.body.length === 0
}

function refuse(error: unknown): never {
  if (error instanceof RangeError) throw tooDeep()
  const status = error instanceof Error && 'status' in error ? error.status : undefined
  if (status === 413) throw new RequestError('body_too_large', 'The body has more than 1 MiB', { cause: error })
  // 403 is what the parser makes of an error of `verify`.
  if (status === 400 || status === 403 || status === 415)
    throw new RequestError('invalid_json', 'The body is no JSON', { cause: error })
  throw error
}
