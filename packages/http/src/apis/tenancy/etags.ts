import { z } from 'zod'
import { Reply } from '../../handler/route.js'

/** Of a thing that can be changed: which state of it the caller has seen. */
export const ifMatch = z.strictObject({
  'if-match': z
    .string()
    .regex(/^"[A-Za-z0-9_-]{1,100}"$/, 'must be one ETag, as a response gave it')
    .optional()
    .describe('The `ETag` that was read. The change is refused with 412 where somebody has changed it since'),
})

/** For the document: the header of what can be changed. */
export const ETAG_HEADERS = { ETag: 'The state of what can be changed, for `If-Match`' }

/** The version in an `If-Match`, as an update takes it. */
export function versionIn(headers: z.output<typeof ifMatch>): string | undefined {
  return headers['if-match']?.slice(1, -1)
}

/** A thing with the version of its state. */
export function withETag<Wire>(content: Wire, version: string): Reply {
  return new Reply(content, { headers: { ETag: `"${version}"` } })
}
