import { z } from 'zod'
import { Id, Moment } from './id.js'

export const EmailKind = z.enum([
  'invitation',
  'transfer_code',
  'transfer_done',
  'welcome',
  'added',
  'join_decided',
  'account_changed',
  'notification',
])
export type EmailKind = z.infer<typeof EmailKind>

/** A mail that waits in the outbox. `payload` is sealed: it may hold a token. `queued` mails are due at `dueAt`; `dead` ones gave up. */
export const QueuedEmail = z.object({
  id: Id,
  tenantId: Id.nullable(),
  kind: EmailKind,
  recipient: z.string(),
  payload: z.string(),
  status: z.enum(['queued', 'dead']),
  attempts: z.int().nonnegative(),
  dueAt: Moment,
  lastError: z.string().nullable(),
  createdAt: Moment,
})
export interface QueuedEmail extends Readonly<z.infer<typeof QueuedEmail>> {}
