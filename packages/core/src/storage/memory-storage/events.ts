import type { Event, EventScope } from '../../model/event.js'
import type { EventReads, EventRepository } from '../event-port.js'
import type { Draft } from './draft.js'
import { keep } from './keep.js'
import { everywhere } from './table.js'
import type { Tables } from './tables.js'

export function chainOf(scope: EventScope): string {
  if ('tenantId' in scope) return `tenant ${scope.tenantId}`
  return 'organizationId' in scope ? `organization ${scope.organizationId}` : `user ${scope.userId}`
}

export function eventReads({ events, eventHeads }: Tables): EventReads {
  return {
    head: async (scope) => eventHeads.get(everywhere, chainOf(scope)) ?? null,
    async list({ scope, order, limit, after, type, actorId, target }) {
      const sign = order === 'oldest' ? 1 : -1
      const wanted = (event: Event) =>
        (after === undefined || sign * (event.seq - after) > 0) &&
        (type === undefined || event.type === type) &&
        (actorId === undefined || event.actorId === actorId) &&
        (target === undefined || (event.target.type === target.type && event.target.id === target.id))
      return events
        .rows(chainOf(scope))
        .filter(wanted)
        .sort((a, b) => sign * (a.seq - b.seq))
        .slice(0, limit)
    },
  }
}

export function eventRepository(draft: Draft): EventRepository {
  const { events, eventHeads } = draft.tables
  const append = (event: Event) => {
    const { seq, hash } = event
    const chain = chainOf(event.scope)
    if (events.get(chain, String(seq))) draft.refuse('event.seq')
    events.set(chain, String(seq), keep(event))
    if (seq > (eventHeads.get(everywhere, chain)?.seq ?? 0)) eventHeads.set(everywhere, chain, keep({ seq, hash }))
  }

  return {
    ...eventReads(draft.tables),
    append: async (event) => append(event),
    appendMany: async (many) => many.forEach(append),
  }
}
