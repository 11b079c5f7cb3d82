import type { CounterRepository } from '../counter-port.js'
import type { Draft } from './draft.js'
import { everywhere } from './table.js'

export function counterRepository({ tables: { counters } }: Draft): CounterRepository {
  const running = (key: string, now: number) => {
    const counter = counters.get(everywhere, key)
    return counter && counter.expiresAt > now ? counter : null
  }

  return {
    async find({ key, now }) {
      const counter = running(key, now)
      return counter && { points: counter.points, expiresAt: counter.expiresAt }
    },
    async add({ key, points, expiresAt, now, restart = false }) {
      const window = restart ? null : running(key, now)
      const sum = window
        ? { points: window.points + points, expiresAt: Math.min(window.expiresAt, expiresAt) }
        : { points, expiresAt }
      counters.set(everywhere, key, { key, ...sum })
      return sum
    },
    delete: async (key) => counters.remove(everywhere, key),
    sweep: async (now) =>
      counters.rows(everywhere).filter(({ key, expiresAt }) => expiresAt <= now && counters.remove(everywhere, key))
        .length,
  }
}
