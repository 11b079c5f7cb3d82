import type { DatabaseClock } from '@tenantry/kysely-storage'
import { CompiledQuery } from 'kysely'

/** Milliseconds by which two clocks may differ and still be one. */
const TOLERANCE = 1_000
const LOOK_EVERY = 60_000

const text = 'select (extract(epoch from clock_timestamp()) * 1000)::bigint as now'
const clockTimestamp = CompiledQuery.raw(text) as CompiledQuery<{ now: number }>

/**
 * The server's clock: that of this process, set by what the server showed last. It is looked at once a minute, and when
 * this process's own was set anew or stood still. Two that agree to within a second are left as they are.
 */
export function databaseClock(): DatabaseClock {
  let offset = 0
  let lookedAt: { readonly clock: number; readonly monotonic: number } | null = null

  return {
    now: () => Date.now() + offset,

    isDue() {
      if (!lookedAt) return true
      const elapsed = performance.now() - lookedAt.monotonic
      return elapsed > LOOK_EVERY || Math.abs(Date.now() - lookedAt.clock - elapsed) > TOLERANCE
    },

    async look(executor) {
      const before = { clock: Date.now(), monotonic: performance.now() }
      // Others who come meanwhile go on with what is known, if something is.
      if (lookedAt) lookedAt = before
      const { rows } = await executor.executeQuery(clockTimestamp).catch((error: unknown) => {
        lookedAt = null
        throw error
      })
      const after = Date.now()
      const server = rows[0]?.now ?? after
      // It was read at some moment in between.
      const [least, most] = [server - after, server - before.clock]
      if (least > TOLERANCE) offset = least
      else offset = most < -TOLERANCE ? most : 0
      lookedAt = before
    },
  }
}
