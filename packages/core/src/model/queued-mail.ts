import { z } from 'zod'
import { Id, Moment } from './id.js'

export const MailKind = z.enum([
  'invitation',
  'transfer_code',
  'transfer_done',
  'welcome',
  'added',
  'join_decided',
  'account_changed',
  'notification',
])
export type MailKind = z.infer<typeof MailKind>

/** A mail that waits in the outbox. `payload` is sealed: it may hold a token. `queued` mails are due at `dueAt`; `dead` ones gave up. */
export const QueuedMail = z.object({
  id: Id,
  tenantId: Id.nullable(),
  kind: MailKind,
  recipient: z.string(),
  payload: z.string(),
  status: z.enum(['queued', 'dead']),
  attempts: z.int().nonnegative(),
  dueAt: Moment,
  lastError: z.string().nullable(),
  createdAt: Moment,
})
export type QueuedMail = Readonly<z.infer<typeof QueuedMail>>
