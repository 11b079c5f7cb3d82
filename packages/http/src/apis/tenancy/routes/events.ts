import type { EventTarget } from '@tenantry/core'
import { z } from 'zod'
import { WireId } from '../../../handler/fields.js'
import { tenantRoute } from '../current-tenant.js'
import { RequestError } from '../../../handler/failure.js'
import { PAGE_HEADERS, pageOf, pageQuery, toPageReply } from '../pages.js'
import { present } from '../responses.js'
import { Event } from '../schemas.js'

const tag = 'Events'

const listEvents = tenantRoute({
  method: 'GET',
  path: '/tenants/{tenant}/events',
  operationId: 'listEvents',
  summary: 'List a tenant’s audit events, newest first unless asked otherwise',
  tag,
  query: z.strictObject({
    ...pageQuery,
    order: z.enum(['newest', 'oldest']).default('newest'),
    type: z.string().max(300).optional().describe('Such as `member.joined`'),
    actorId: WireId.optional().describe('Who caused it'),
    targetType: z.string().max(300).optional().describe('With `targetId`: what it is about'),
    targetId: WireId.optional(),
  }),
  response: pageOf(Event),
  responseHeaders: PAGE_HEADERS,
  async run({ tenant, query }) {
    const { targetType, targetId, ...asked } = query
    const page = await tenant.events.list({ ...asked, ...toTarget(targetType, targetId) })
    return toPageReply(query, page, (event) => present(Event, event))
  },
})

function toTarget(type: string | undefined, id: string | undefined) {
  if (type === undefined && id === undefined) return {}
  // The use case validates the event types.
  if (type !== undefined && id !== undefined) return { target: { type: type as EventTarget['type'], id } }
  const field = type === undefined ? 'targetType' : 'targetId'
  throw new RequestError('invalid_field', `${field}: needs both targetType and targetId`, { field })
}

const verifyEvents = tenantRoute({
  method: 'GET',
  path: '/tenants/{tenant}/events/verify',
  operationId: 'verifyEvents',
  summary: 'Check every link of the event chain',
  tag,
  response: z.object({
    intact: z.boolean(),
    /** The number of events; `null` if the chain is broken. */
    events: z.int().nullable(),
    /** The sequence number of the first broken event, and the error there. */
    seq: z.int().nullable(),
    problem: z.enum(['gap', 'edited', 'broken_link']).nullable(),
  }),
  run: async ({ tenant }) => ({ events: null, seq: null, problem: null, ...(await tenant.events.verify()) }),
})

export const eventRoutes = [listEvents, verifyEvents]
