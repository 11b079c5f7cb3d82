import { z } from 'zod'

/**
 * An identifier: 1 to 128 printable ASCII characters without spaces. Ours are UUIDv7 in lower case; a host that keeps
 * its own users may hand in ids of its own shape. Ids are compared byte by byte.
 */
export const Id = z.string().regex(/^[\x21-\x7e]{1,128}$/, 'must be 1 to 128 printable ASCII characters')

/** A moment: integer milliseconds since 1970-01-01T00:00:00Z. */
export const Moment = z.int().nonnegative()

/** A line of text that people read: trimmed, without control characters. */
export function line(maximum: number) {
  return (
    z
      .string()
      .trim()
      .min(1, 'must not be empty')
      .max(maximum, `must be at most ${maximum} characters`)
      // eslint-disable-next-line no-control-regex -- the control characters are what is refused
      .regex(/^[^\x00-\x1f\x7f]*$/, 'must not contain control characters')
  )
}
