import { z } from 'zod'

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** What the host keeps with something of ours, as JSON has it. */
export interface JsonObject {
  readonly [key: string]: Json
}

function isJson(value: unknown, levels: number): value is Json {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return true
  if (typeof value === 'number') return Number.isFinite(value)
  if (typeof value !== 'object' || levels < 0) return false
  return (Array.isArray(value) || isPlain(value)) && Object.values(value).every((part) => isJson(part, levels - 1))
}

function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/** A JSON object of at most so many KiB as text and so many levels below the first. What is parsed is a copy. */
export function jsonObject({ kibibytes, levels }: { readonly kibibytes: number; readonly levels: number }) {
  return (
    z
      .custom<JsonObject>((value) => isPlain(value) && isJson(value, levels), 'must be a JSON object')
      // A copy, which the caller no longer holds.
      .transform((value) => JSON.stringify(value))
      .refine((text) => Buffer.byteLength(text) <= kibibytes * 1024, `must be at most ${kibibytes} KiB of JSON`)
      // It was this type before it became text.
      .transform((text) => JSON.parse(text) as JsonObject)
  )
}
