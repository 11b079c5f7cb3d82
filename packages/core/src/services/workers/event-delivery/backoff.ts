const FIRST_MS = 5_000
const MAX_MS = 60 * 60 * 1000

/** The pause after so many attempts: doubling from 5 s to 1 h, of which a random half to all is waited. */
export function backoffMs(attempts: number, random: () => number = Math.random): number {
  const longest = Math.min(FIRST_MS * 2 ** (attempts - 1), MAX_MS)
  return Math.round(longest * (0.5 + random() / 2))
}
