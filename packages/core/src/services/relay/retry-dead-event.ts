import { z } from 'zod'
import { TenancyError } from '../../errors.js'
import type { NewEvent, TenancyEvent } from '../../events.js'
import { Id } from '../../model/id.js'
import { directoryCommand } from '../command.js'
import type { Scope } from '../command.js'
import { inOperatorsChain } from '../operators-chain.js'
import { directoryQuery } from '../query.js'

const input = z.strictObject({ eventId: Id })

const findDead = directoryQuery({
  input,
  who: 'operator',
  async run({ read }, { eventId }) {
    const dead = await read.relay.findDead(eventId)
    if (!dead) throw new TenancyError('event_not_found', 'No such dead event', {})
    const [event] = await read.events.list({ scope: dead.scope, order: 'oldest', after: dead.seq - 1, limit: 1 })
    // A log that somebody cut answers another event, or none.
    if (event?.id !== eventId) throw new TenancyError('event_not_found', 'The event is no longer in its log', {})
    // Only commands append, and what their events tell is declared in EventData.
    return event as TenancyEvent
  },
})

const settle = directoryCommand({
  input,
  who: 'operator',
  prepare: inOperatorsChain,
  async run({ tx, user }, { eventId }) {
    const wasDead = await tx.relay.removeDead(eventId)
    const event: NewEvent = { type: 'event.redelivered', target: { type: 'event', id: eventId }, data: {} }
    return { result: undefined, events: user && wasDead ? [event] : [] }
  },
})

/**
 * Hands an event that was given up to the host again, now and in this process, after later ones of its chain. When that
 * fails it stays dead, and the host's own error comes back. For operators.
 */
export async function retryDeadEvent(scope: Scope, raw: z.input<typeof input>): Promise<void> {
  const event = await findDead(scope, raw)
  const { relay } = scope.context
  if (!relay) throw new TypeError('retry: createTenancy was given no `deliver`')
  await relay.deliver(event)
  await settle(scope, raw)
}
