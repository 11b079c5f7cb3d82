import type { Request } from 'express'

/** A header as often as it was sent. `name` is in lower case. */
export function headerValues(request: Request, name: string): readonly string[] {
  // Adapters of function platforms fill `headers` only, in which Node has joined or dropped what came twice.
  return request.headersDistinct?.[name] ?? [request.headers[name] ?? []].flat()
}
