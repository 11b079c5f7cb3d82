import type { HandlerRequest } from '../../handler/handler.js'
import { bearerToken } from '../../handler/identify-caller.js'

/** The accepted ways to send the access token. */
export const SECURITY_SCHEMES = {
  apiKey: { type: 'apiKey', in: 'header', name: 'x-api-key' },
  bearer: { type: 'http', scheme: 'bearer' },
} as const

/** The token of `x-api-key`, else of `Authorization: Bearer`; `null` if both differ or one is sent twice. */
export function readCredential(request: HandlerRequest): string | null {
  const [key, ...more] = request.headerValues('x-api-key')
  if (key === undefined) return bearerToken(request)
  const hasOther = request.headerValues('authorization').length > 0 && bearerToken(request) !== key
  return more.length > 0 || hasOther || !/^[A-Za-z0-9._~+/-]+=*$/.test(key) ? null : key
}
