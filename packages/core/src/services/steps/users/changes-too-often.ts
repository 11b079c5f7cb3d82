import type { EventReads } from '../../../storage/event-port.js'

const HOUR_MS = 60 * 60_000
const MAX_CHANGES_PER_HOUR = 5

/** Enough to find the changes of one kind among those of another, which are bounded, too. */
const LOOKED_AT = 50

interface Question {
  readonly events: EventReads
  readonly userId: string
  readonly now: number
  /** Whether only changes of the address and of its proof count. */
  readonly ofAddress: boolean
}

/**
 * Whether an account was changed so often within the last hour that the host cannot mean it: two sessions of one user
 * carry different claims, and each of their requests would write what the other one has just replaced. Changes of names,
 * which people make themselves, hold back no change of an address.
 */
export async function changesTooOften({ events, userId, now, ofAddress }: Question): Promise<boolean> {
  const changes = await events.list({ scope: { userId }, order: 'newest', limit: LOOKED_AT, type: 'user.updated' })
  const recent = changes.filter(
    ({ at, data }) => at > now - HOUR_MS && (!ofAddress || concernsAddress(data['changed'])),
  )
  return recent.length >= MAX_CHANGES_PER_HOUR
}

function concernsAddress(changed: unknown): boolean {
  return Array.isArray(changed) && (changed.includes('email') || changed.includes('emailVerifiedAt'))
}
