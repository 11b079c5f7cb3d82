import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import type { Event } from '../../model/event.js'

/** The SHA-256 (hexadecimal) of an event's canonical JSON (RFC 8785), everything but the hash itself. */
export function hashEvent(event: Omit<Event, 'hash'>): string {
  const { scope, seq, id, type, actorId, target, at, ip, data, previousHash } = event
  const text = canonicalize({ scope, seq, id, type, actorId, target, at, ip, data, previousHash })
  return createHash('sha256')
    .update(text ?? '')
    .digest('hex')
}
