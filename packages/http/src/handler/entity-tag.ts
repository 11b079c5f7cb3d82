import { createHash } from 'node:crypto'
import type { HandlerRequest, HandlerResponse } from './handler.js'

/**
 * The response, or 304 without a body if the client already has it (RFC 9110, 13.1.2). A cacheable response without an
 * `ETag` gets one computed from its content.
 */
export function revalidated(request: HandlerRequest, response: HandlerResponse): HandlerResponse {
  const { status, headers, body } = response
  if (status !== 200 || (request.method !== 'GET' && request.method !== 'HEAD')) return response
  const tag = headers['ETag'] ?? (headers['Cache-Control'] === 'no-store' ? null : entityTag(body))
  if (tag === null) return response
  const tagged = { ...headers, ETag: tag }
  return isKnown(request, tag) ? { status: 304, headers: tagged, body: null } : { status, headers: tagged, body }
}

function entityTag(body: HandlerResponse['body']): string | null {
  if (typeof body !== 'string' && !(body instanceof Uint8Array)) return null
  return `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`
}

function isKnown(request: HandlerRequest, tag: string): boolean {
  const known = request.headerValues('if-none-match').flatMap((value) => value.split(',').map((one) => one.trim()))
  return known.some((one) => one === '*' || one.replace(/^W\//, '') === tag.replace(/^W\//, ''))
}
