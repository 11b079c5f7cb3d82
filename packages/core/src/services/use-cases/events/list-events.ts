import { z } from 'zod'
import { EventTarget } from '../../../model/event.js'
import { Id } from '../../../model/id.js'
import { tenantQuery } from '../../pipeline/query.js'

const input = z
  .strictObject({
    limit: z.int().min(1).max(100).default(20),
    /** The `nextCursor` of the page before. */
    cursor: z
      .string()
      .regex(/^[1-9][0-9]{0,14}$/, 'must be a cursor from the page before')
      .optional(),
    order: z.enum(['newest', 'oldest']).default('newest'),
    type: z
      .string()
      .regex(/^[a-z_]{1,50}(?:\.[a-z0-9_]{1,50}){1,4}$/, 'must be a type of event, such as member.joined')
      .optional(),
    /** Only what this person caused. */
    actorId: Id.optional(),
    /** Only what is about this, such as `{ type: 'member', id: userId }`. */
    target: EventTarget.strict().optional(),
  })
  .prefault({})

/** The tenant's audit events, newest first unless asked otherwise. */
export const listEvents = tenantQuery({
  input,
  permission: 'event:read',
  async run({ read, tenantId }, { limit, cursor, order, ...narrowed }) {
    const after = cursor === undefined ? undefined : Number(cursor)
    const rows = await read.events.list({ scope: { tenantId }, order, limit: limit + 1, after, ...narrowed })
    const items = rows.slice(0, limit)
    const last = items.at(-1)
    return { items, nextCursor: rows.length > limit && last ? String(last.seq) : null }
  },
})
