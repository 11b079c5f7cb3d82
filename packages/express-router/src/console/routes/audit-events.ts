import { z } from 'zod'
import { queryInteger } from '../../http/fields.js'
import { AuditEvent } from '../answers.js'
import { workspaceRoute } from '../current-workspace.js'
import { presentEvent } from '../present.js'

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
    type: z.string().max(100).optional(),
  }),
  answer: z.object({ data: z.array(AuditEvent), next_cursor: z.string().nullable() }),
  async run({ workspace, query }) {
    const page = await workspace.events.list(query)
    return { data: page.items.map(presentEvent), next_cursor: page.nextCursor }
  },
})

export const auditEventRoutes = [listAuditEvents]
