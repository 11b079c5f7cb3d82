import type { HandlerRequest } from '../../handler/handler.js'

/** The token of `Authorization`, with or without `Bearer`; `null` if the header was sent twice. */
export function readCredential(request: HandlerRequest): string | null {
  const [header, ...more] = request.headerValues('authorization')
  if (header === undefined || more.length > 0) return null
  return /^(?:Bearer +)?([A-Za-z0-9._~+/-]+=*) *$/i.exec(header)?.[1] ?? null
}
