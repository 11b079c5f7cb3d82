import type { EventTarget } from '@tenantry/core'
import { z } from 'zod'
import { queryInteger } from '../../../handler/fields.js'
import { AuditEvent } from '../schemas.js'
import { workspaceRoute } from '../current-workspace.js'
import { toEventResponse } from '../responses.js'

const listAuditEvents = workspaceRoute({
  method: 'GET',
  path: '/workspaces/current/audit-events',
  summary: 'What has happened in the current workspace, newest first',
  tag: 'Audit',
  query: z.strictObject({
    limit: queryInteger({ maximum: 100, fallback: 20 }),
    cursor: z
      .string()
      .regex(/^[1-9][0-9]{0,14}$/, 'must be a cursor from the page before')
      .optional(),
    type: z.string().max(300).optional(),
    /** The ID of the actor. */
    actor: z.string().max(200).optional(),
    /** The target, as its type and ID: `member:0192…`. */
    target: z
      .string()
      .max(400)
      .regex(/^[a-z0-9_.]+:./, 'must be a type and an id, such as member:0192')
      .optional(),
  }),
  response: z.object({ data: z.array(AuditEvent), next_cursor: z.string().nullable() }),
  async run({ workspace, query: { actor, target, ...query } }) {
    const page = await workspace.events.list({
      ...query,
      actorId: actor,
      target: target === undefined ? undefined : targetOf(target),
    })
    return { data: page.items.map(toEventResponse), next_cursor: page.nextCursor }
  },
})

function targetOf(text: string) {
  const [type = '', ...id] = text.split(':')
  // The core rejects unknown event types.
  return { type: type as EventTarget['type'], id: id.join(':') }
}

export const auditEventRoutes = [listAuditEvents]
