import { z } from 'zod'

/**
 * An identifier: 1 to 128 printable ASCII characters without spaces. Ours are UUIDv7 in lower case; a host that keeps
 * its own users may hand in ids of its own shape. Ids are compared byte by byte.
 */
export const Id = z.string().regex(/^[\x21-\x7e]{1,128}$/, 'must be 1 to 128 printable ASCII characters')

/** A moment: integer milliseconds since 1970-01-01T00:00:00Z. */
export const Moment = z.int().nonnegative()

/** Text that every database gives back as it was: no NUL, no half of a surrogate pair. */
export function text(maximum: number) {
  return z
    .string()
    .max(maximum, `must be at most ${maximum} characters`)
    .regex(/^[^\0\p{Cs}]*$/u, 'must be well-formed text without NUL')
}

/** A line of text that people read: trimmed, without control characters and line breaks of any kind. */
export function line(maximum: number) {
  return z
    .string()
    .trim()
    .min(1, 'must not be empty')
    .max(maximum, `must be at most ${maximum} characters`)
    .regex(/^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}]*$/u, 'must not contain control characters')
}
