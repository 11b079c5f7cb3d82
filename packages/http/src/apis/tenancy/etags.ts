import { z } from 'zod'
import { Reply } from '../../handler/route.js'

/** A request header with the version of an object that the caller has read. */
export const ifMatch = z.strictObject({
  'if-match': z
    .string()
    .regex(/^"[A-Za-z0-9_-]{1,100}"$/, 'must be one ETag, as a response gave it')
    .optional()
    .describe('The `ETag` that was read. The change is refused with 412 where somebody has changed it since'),
})

/** The `ETag` header of an object with a version, for the OpenAPI document. */
export const ETAG_HEADERS = { ETag: 'The state of what can be changed, for `If-Match`' }

/** The version in `If-Match`, as an update expects it. */
export function versionIn(headers: z.output<typeof ifMatch>): string | undefined {
  return headers['if-match']?.slice(1, -1)
}

/** A response with the object and its version as `ETag`. */
export function withETag<Wire>(content: Wire, version: string): Reply {
  return new Reply(content, { headers: { ETag: `"${version}"` } })
}
