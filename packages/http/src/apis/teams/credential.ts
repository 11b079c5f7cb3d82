import type { Request } from 'express'
import { headerValues } from '../../handler/header-values.js'

/** The token of `Authorization`, with or without `Bearer` before it; `null` also when the header was sent twice. */
export function readCredential(request: Request): string | null {
  const [header, ...more] = headerValues(request, 'authorization')
  if (header === undefined || more.length > 0) return null
  return /^(?:Bearer +)?([A-Za-z0-9._~+/-]+=*) *$/i.exec(header)?.[1] ?? null
}
