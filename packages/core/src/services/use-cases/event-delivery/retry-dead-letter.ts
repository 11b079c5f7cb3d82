import { z } from 'zod'
import { TenancyError } from '../../../errors.js'
import type { NewEvent, TenancyEvent } from '../../../events.js'
import { Id } from '../../../model/id.js'
import { globalCommand } from '../../pipeline/command.js'
import type { Scope } from '../../pipeline/command.js'
import { inOperatorsChain } from '../../pipeline/operators-chain.js'
import { globalQuery } from '../../pipeline/query.js'

const input = z.strictObject({ eventId: Id })

const findDeadLetter = globalQuery({
  input,
  who: 'operator',
  async run({ read }, { eventId }) {
    const dead = await read.eventDelivery.findDeadLetter(eventId)
    if (!dead) throw new TenancyError('event_not_found', 'No such dead event', {})
    const [event] = await read.events.list({ scope: dead.scope, order: 'oldest', after: dead.seq - 1, limit: 1 })
    // A log that somebody cut answers another event, or none.
    if (event?.id !== eventId) throw new TenancyError('event_not_found', 'The event is no longer in its log', {})
    // Only commands append, and what their events tell is declared in EventData.
    return event as TenancyEvent
  },
})

const resolve = globalCommand({
  input,
  who: 'operator',
  prepare: inOperatorsChain,
  async run({ tx, user }, { eventId }) {
    const wasDead = await tx.eventDelivery.deleteDeadLetter(eventId)
    const event: NewEvent = { type: 'event.redelivered', target: { type: 'event', id: eventId }, data: {} }
    return { result: undefined, events: user && wasDead ? [event] : [] }
  },
})

/**
 * Hands an event that was given up to the host again, now and in this process, after later ones of its chain. When that
 * fails it stays dead, and the host's own error comes back. For operators.
 */
export async function retryDeadLetter(scope: Scope, raw: z.input<typeof input>): Promise<void> {
  const event = await findDeadLetter(scope, raw)
  const { eventDelivery } = scope.context
  if (!eventDelivery) throw new TypeError('retry: createTenancy was given no `deliver`')
  await eventDelivery.deliver(event)
  await resolve(scope, raw)
}
