import { z } from 'zod'
import { IsoTime, WireId } from '../../../handler/fields.js'
import { PAGE_HEADERS, pageOf, pageQuery, toPageReply } from '../pages.js'
import { present } from '../responses.js'
import { row } from '../row.js'

const tag = 'Operators'
const Count = z.int().nonnegative()

const EmailBacklog = z.object({ waiting: Count, oldestDueAt: IsoTime.nullable(), dead: Count })
const EventBacklog = z.object({ waiting: Count, waitingSince: IsoTime.nullable(), dead: Count })
const NotificationBacklog = EventBacklog.omit({ dead: true })

const DeadEmail = z.object({
  id: WireId,
  tenantId: WireId.nullable(),
  kind: z.string(),
  recipient: z.string(),
  attempts: Count,
  lastError: z.string().nullable(),
  createdAt: IsoTime,
})

const DeadLetter = z.object({
  id: WireId,
  scope: z.record(z.string(), WireId),
  seq: z.int(),
  type: z.string(),
  attempts: Count,
  lastError: z.string(),
  diedAt: IsoTime,
})

const getEmailBacklog = row({
  method: 'GET',
  path: '/admin/emails',
  operationId: 'getEmailBacklog',
  summary: 'Count the emails that wait and those that gave up',
  tag,
  response: EmailBacklog,
  run: async ({ as }) => present(EmailBacklog, await as.emails.backlog()),
})

const listDeadEmails = row({
  method: 'GET',
  path: '/admin/emails/dead-letters',
  operationId: 'listDeadEmails',
  summary: 'List the emails that gave up, without their content, newest first',
  tag,
  query: z.strictObject(pageQuery),
  response: pageOf(DeadEmail),
  responseHeaders: PAGE_HEADERS,
  run: async ({ as, query }) =>
    toPageReply(query, await as.emails.listDeadLetters(query), (email) => present(DeadEmail, email)),
})

const retryDeadEmail = row({
  method: 'POST',
  path: '/admin/emails/dead-letters/{emailId}/retry',
  operationId: 'retryDeadEmail',
  summary: 'Make an email that gave up due again',
  tag,
  params: z.strictObject({ emailId: WireId.describe('The ID of an email') }),
  status: 204,
  response: z.undefined(),
  run: async ({ as, params }) => void (await as.emails.retry({ emailId: params.emailId })),
})

const getEventBacklog = row({
  method: 'GET',
  path: '/admin/events',
  operationId: 'getEventBacklog',
  summary: 'Count the events that wait to be delivered and those that gave up',
  tag,
  response: EventBacklog,
  run: async ({ as }) => present(EventBacklog, await as.eventDelivery.backlog()),
})

const listDeadLetters = row({
  method: 'GET',
  path: '/admin/events/dead-letters',
  operationId: 'listDeadLetters',
  summary: 'List the events that gave up, latest first',
  tag,
  query: z.strictObject(pageQuery),
  response: pageOf(DeadLetter),
  responseHeaders: PAGE_HEADERS,
  run: async ({ as, query }) =>
    toPageReply(query, await as.eventDelivery.listDeadLetters(query), ({ scope, ...event }) => ({
      ...present(DeadLetter.omit({ scope: true }), event),
      scope: { ...scope },
    })),
})

const retryDeadLetter = row({
  method: 'POST',
  path: '/admin/events/dead-letters/{eventId}/retry',
  operationId: 'retryDeadLetter',
  summary: 'Deliver an event that gave up once more, now',
  tag,
  params: z.strictObject({ eventId: WireId.describe('The ID of an event') }),
  status: 204,
  response: z.undefined(),
  run: async ({ as, params }) => void (await as.eventDelivery.retry({ eventId: params.eventId })),
})

const getNotificationBacklog = row({
  method: 'GET',
  path: '/admin/notifications',
  operationId: 'getNotificationBacklog',
  summary: 'Count the events that members are still to be notified of',
  tag,
  response: NotificationBacklog,
  run: async ({ as }) => present(NotificationBacklog, await as.notifications.backlog()),
})

export const adminDeliveryRoutes = [
  getEmailBacklog,
  listDeadEmails,
  retryDeadEmail,
  getEventBacklog,
  listDeadLetters,
  retryDeadLetter,
  getNotificationBacklog,
]
