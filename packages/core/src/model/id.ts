import { z } from 'zod'

/**
 * An identifier: 1 to 128 printable ASCII characters without spaces. Ours are UUIDv7 in lower case; a host that keeps
 * its own users may hand in ids of its own shape. Ids are compared byte by byte.
 */
export const Id = z.string().regex(/^[\x21-\x7e]{1,128}$/, 'must be 1 to 128 printable ASCII characters')

/** A moment: integer milliseconds since 1970-01-01T00:00:00Z. */
export const Moment = z.int().nonnegative()

/** Text that every database gives back as it was: no NUL, no half of a surrogate pair. */
export const WELL_FORMED = /^[^\0\p{Cs}]*$/u
export const ILL_FORMED = 'must be well-formed text without NUL'

/** Well-formed text of at most so many characters. */
export function text(maximum: number) {
  return wellFormed(maximum, `must be at most ${maximum} characters`)
}

function wellFormed(maximum: number, error: string) {
  return z.string().max(maximum, { error, abort: true }).regex(WELL_FORMED, ILL_FORMED)
}

/** Bringing text into normal form takes the square of its length at worst, so that comes after a first bound. */
const MAX_SPELLING_LENGTH = 4

/** A letter, digit, sign or symbol that is drawn as something. U+2800 is a Braille pattern without dots. */
const VISIBLE = /(?![\p{Default_Ignorable_Code_Point}\u2800])[\p{L}\p{N}\p{P}\p{S}]/u

/**
 * A line of text that people read, such as a name: trimmed and in normal form (NFC), with something visible in it, and
 * without control characters, line breaks of any kind and characters that turn the direction of what stands around it.
 */
export function line(maximum: number) {
  const error = `must be at most ${maximum} characters`
  return z
    .string()
    .trim()
    .max(MAX_SPELLING_LENGTH * maximum, { error, abort: true })
    .normalize('NFC')
    .min(1, 'must not be empty')
    .max(maximum, error)
    .regex(/^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}]*$/u, 'must not contain control characters')
    .regex(/^\P{Bidi_Control}*$/u, 'must not contain characters that change the direction of text')
    .regex(VISIBLE, 'must have something visible in it')
}

/** What a list is searched by: text in the normal form (NFC) in which names are kept. */
export const Keyword = wellFormed(MAX_SPELLING_LENGTH * 200, 'must be at most 200 characters')
  .normalize('NFC')
  .max(200, 'must be at most 200 characters')
