import { createHash } from 'node:crypto'
import type { Event } from '@tenantry/core'

/** The end of a chain as far as it was read. */
export interface ChainEnd {
  readonly seq: number
  readonly hash: string | null
}

export const BEFORE_THE_FIRST: ChainEnd = { seq: 0, hash: null }

/**
 * Follows a hash chain by its definition: `seq` counts from 1, `previousHash` is the hash before, and `hash` the SHA-256
 * of the event's canonical JSON (RFC 8785) without it.
 *
 * @throws {Error} naming the first event that is out of place or was changed.
 */
export function followChain(events: readonly Event[], from: ChainEnd = BEFORE_THE_FIRST): ChainEnd {
  let end = from
  for (const { hash, ...event } of events) {
    const place = `${JSON.stringify(event.scope)} at ${event.seq}`
    if (event.seq !== end.seq + 1) throw new Error(`The chain of ${place} has a gap after ${end.seq}.`)
    if (event.previousHash !== end.hash) throw new Error(`The chain of ${place} does not continue what is before it.`)
    const digest = createHash('sha256').update(canonicalJson(event)).digest('hex')
    if (digest !== hash) throw new Error(`The chain of ${place} holds an event that is not the one that was hashed.`)
    end = { seq: event.seq, hash }
  }
  return end
}

function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(',')}}`
}
