import { z } from 'zod'
import type { Event, EventScope } from '../../../model/event.js'
import type { EventReads } from '../../../storage/event-port.js'
import { hashEvent } from '../../pipeline/chain.js'
import { tenantQuery } from '../../pipeline/query.js'

const BATCH = 500

/** Whether a chain is whole; else the first `seq` at which it is not, and what is wrong there. */
export type ChainVerification =
  | { readonly intact: true; readonly events: number }
  | { readonly intact: false; readonly seq: number; readonly problem: 'gap' | 'edited' | 'broken_link' }

/** Reads the tenant's whole audit log and checks every link of its hash chain. */
export const verifyEvents = tenantQuery({
  input: z.undefined(),
  permission: 'event:read',
  run: ({ read, tenantId }) => verifyChain(read.events, { tenantId }),
})

async function verifyChain(reads: EventReads, scope: EventScope): Promise<ChainVerification> {
  let previous: Pick<Event, 'seq' | 'hash'> = { seq: 0, hash: '' }
  for (;;) {
    const events = await reads.list({ scope, order: 'oldest', limit: BATCH, after: previous.seq })
    for (const event of events) {
      const problem = problemOf(event, previous)
      if (problem) return { intact: false, seq: previous.seq + 1, problem }
      previous = event
    }
    if (events.length < BATCH) return { intact: true, events: previous.seq }
  }
}

function problemOf(event: Event, previous: Pick<Event, 'seq' | 'hash'>): 'gap' | 'edited' | 'broken_link' | null {
  if (event.seq !== previous.seq + 1) return 'gap'
  if ((event.previousHash ?? '') !== previous.hash) return 'broken_link'
  return hashEvent(event) === event.hash ? null : 'edited'
}
