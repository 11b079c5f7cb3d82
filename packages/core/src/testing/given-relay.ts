import { createTenancy } from '../create-tenancy.js'
import type { TenancyEvent } from '../events.js'
import { SYSTEM } from '../services/actor.js'
import { createEventRelay } from '../services/relay/event-relay.js'
import type { Deliver, EventRelayOptions } from '../services/relay/event-relay.js'
import { memoryStorage } from '../storage/memory-storage/memory-storage.js'
import type { Storage } from '../storage/port.js'

/** Which chain and which place in it, such as `acme 3`. */
export const placeOf = ({ scope, seq }: Pick<TenancyEvent, 'scope' | 'seq'>): string =>
  `${Object.values(scope).join()} ${seq}`

/** An installation whose events wait for relays, a clock to turn, and relays that note what they hand over. */
export async function givenRelay(storage: Storage = memoryStorage()) {
  const state = { now: 1_000_000, ids: 0 }
  const log: string[] = []
  const note = (details: object, message: string) => void log.push(`${message} ${JSON.stringify(details)}`)
  const clock = () => state.now
  const logger = { info: note, warn: note, error: note }
  const newId = () => `id-${++state.ids}`
  const tenancy = createTenancy({ storage, clock, newId, deliver: async () => {} })

  function relay(options: Partial<EventRelayOptions> = {}) {
    const seen: TenancyEvent[] = []
    const deliver: Deliver = async (event) => {
      await options.deliver?.(event)
      seen.push(event)
    }
    const made = createEventRelay({ storage, clock, logger, ...options, deliver })
    return { ...made, seen, places: () => seen.map(placeOf) }
  }

  const ann = tenancy.as({ userId: 'ann' })
  return {
    storage,
    tenancy,
    state,
    log,
    relay,
    ann,
    pass: (ms: number) => void (state.now += ms),
    /** A tenant of Ann's, whose account is made with the first one; its chain gets this many events. */
    async tenant(events: number): Promise<string> {
      if (!(await storage.read.users.find('ann'))) {
        await tenancy.as(SYSTEM).users.create({ id: 'ann', email: 'ann@example.com', emailVerified: true })
      }
      const { id } = await ann.tenants.create({ name: 'Tenant' })
      for (let event = 2; event <= events; event++) await ann.in(id).update({ name: `Name ${event}` })
      return id
    },
    rename: (tenantId: string, name: string) => ann.in(tenantId).update({ name }),
    backlog: () => storage.read.relay.backlog(),
    dead: () => storage.read.relay.listDead({ page: { limit: 100 } }),
  }
}
