import type { Model } from './model.js'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

/** Limits that no option lifts: so many in a window, which begins with the first. */
const RATES = {
  activationsPerToken: { points: 10, windowMs: 15 * MINUTE_MS },
  passwordsShownPerUser: { points: 10, windowMs: 15 * MINUTE_MS },
  unavailableAddressesPerUser: { points: 10, windowMs: DAY_MS },
  takenInvitationsPerInviter: { points: 10, windowMs: DAY_MS },
  takenInvitationsPerToken: { points: 1, windowMs: DAY_MS },
  noticesPerUnprovenMailbox: { points: 5, windowMs: DAY_MS },
} as const
type Rate = keyof typeof RATES

/** More often than any of them allows. */
export const TOO_OFTEN = 12

function countOf(model: Model, rate: Rate, key: string): number {
  const spent = model.spent.get(`${rate} ${key}`)
  return spent && spent.until > model.now ? spent.count : 0
}

export function isSpent(model: Model, rate: Rate, key: string): boolean {
  return countOf(model, rate, key) >= RATES[rate].points
}

/** Takes a point, and answers whether one was left. */
export function consume(model: Model, rate: Rate, key: string): boolean {
  const wasLeft = !isSpent(model, rate, key)
  const count = countOf(model, rate, key) + 1
  const began = count === 1 ? model.now + RATES[rate].windowMs : (model.spent.get(`${rate} ${key}`)?.until ?? 0)
  model.spent.set(`${rate} ${key}`, { count, until: began })
  return wasLeft
}
