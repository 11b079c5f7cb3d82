import { z } from 'zod'

/** An ID in a path, a query or a body: 1 to 128 printable ASCII characters. */
export const WireId = z.string().regex(/^[\x21-\x7e]{1,128}$/, 'must be an id')

/**
 * A single line of text, limited to `max` characters in normal form (NFC), as in the model. Decomposed text can be up
 * to four times as long.
 */
export function wireLine(maximum: number) {
  return z
    .string()
    .trim()
    .max(4 * maximum, `must be at most ${maximum} characters`)
    .normalize('NFC')
    .max(maximum, `must be at most ${maximum} characters`)
}

/** A decimal integer in a query string. */
export function queryInteger({
  minimum = 1,
  maximum,
  fallback,
}: {
  readonly minimum?: number
  readonly maximum: number
  readonly fallback: number
}) {
  return z
    .string()
    .transform((text, context): number => {
      const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN
      if (value >= minimum && value <= maximum) return value
      context.addIssue({ code: 'custom', message: `must be an integer from ${minimum} to ${maximum}` })
      return z.NEVER
    })
    .default(fallback)
    .meta({ type: 'integer', minimum, maximum })
}

/** A timestamp in responses: integer seconds since 1970-01-01T00:00:00Z. */
export const UnixSeconds = z.int().nonnegative()

export function unixSeconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000)
}

/** A timestamp in responses: ISO 8601 in UTC. */
export const IsoTime = z.iso.datetime()

export function isoTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString()
}

export function isoTimeOrNull(milliseconds: number | null): string | null {
  return milliseconds === null ? null : isoTime(milliseconds)
}
