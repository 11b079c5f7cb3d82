import type { EventReads } from '../../storage/event-port.js'

const HOUR_MS = 60 * 60_000
const CHANGES_PER_HOUR = 5

interface Question {
  readonly events: EventReads
  readonly userId: string
  readonly now: number
}

/**
 * Whether an account was changed so often within the last hour that the host cannot mean it: two sessions of one user
 * carry different names, and each of their requests would write what the other one has just replaced.
 */
export async function changesTooOften({ events, userId, now }: Question): Promise<boolean> {
  const scope = { userId }
  const changes = await events.list({ scope, order: 'newest', limit: CHANGES_PER_HOUR, type: 'user.updated' })
  const earliest = changes[CHANGES_PER_HOUR - 1]
  return earliest !== undefined && earliest.at > now - HOUR_MS
}
