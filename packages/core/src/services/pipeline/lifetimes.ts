import { noSuchOption } from '../../storage/known-options.js'
import type { Lifetimes } from './context.js'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

const LIFETIMES: Lifetimes = {
  invitation: 72 * HOUR_MS,
  accessToken: 14 * 24 * HOUR_MS,
  ownershipTransfer: 5 * MINUTE_MS,
  inviteCooldown: 24 * HOUR_MS,
  joinRequestCooldown: 24 * HOUR_MS,
  deletedTenantRetention: 30 * 24 * HOUR_MS,
  deviceAuthorization: 15 * MINUTE_MS,
  notification: 90 * 24 * HOUR_MS,
}

/** How long things live where the host does not say otherwise. Throws a `TypeError` for what is no lifetime. */
export function lifetimesOf(given: Partial<Lifetimes> = {}): Lifetimes {
  for (const [name, value] of Object.entries(given)) {
    if (!Object.hasOwn(LIFETIMES, name)) throw noSuchOption('lifetimes', name, Object.keys(LIFETIMES))
    if (!Number.isSafeInteger(value) || value < 0) {
      throw new TypeError(`lifetimes: "${name}" needs a number of whole milliseconds`)
    }
  }
  return { ...LIFETIMES, ...given }
}
