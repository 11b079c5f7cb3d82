import fc from 'fast-check'
import { command } from '../command.js'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/** Steps that land before, exactly on and behind the ends of codes, tokens, cool-downs and invitations. */
const STEPS = [
  ...[1, MINUTE_MS, MINUTE_MS, MINUTE_MS, MINUTE_MS, 5 * MINUTE_MS - 1, 5 * MINUTE_MS, HOUR_MS, HOUR_MS],
  ...[24 * HOUR_MS - 1, 24 * HOUR_MS, 72 * HOUR_MS - 1, 72 * HOUR_MS, 14 * 24 * HOUR_MS],
]

export const letTimePass = command({
  name: 'let time pass',
  picks: fc.constantFrom(...STEPS),
  resolve: (model, ms) => ({ from: model.now, ms }),
  sentence: ({ ms }) => `${ms / MINUTE_MS} minutes pass`,
  predict: () => null,
  // Every side looks at the same clock: setting it twice is setting it once.
  act: async ({ clock }, { from, ms }) => (clock.now = from + ms),
  apply: (model, _, now) => void (model.now = now),
})
