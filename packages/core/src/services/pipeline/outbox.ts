import type { QueuedEmail } from '../../model/queued-email.js'
import type { Worker } from './worker.js'
import type { EmailMessage } from './email-message.js'

/** Where mails wait between the commit and the mailer. */
export interface Outbox extends Worker<{ readonly sent: number; readonly failed: number }> {
  /** The row for a mail, its content encrypted: a dump of the database must not hold a token. */
  seal(request: {
    readonly id: string
    readonly tenantId: string | null
    readonly mail: EmailMessage
    readonly now: number
  }): QueuedEmail
}
