import type { QueuedMail } from '../../model/queued-mail.js'
import type { Mail } from './mail.js'

/** Where mails wait between the commit and the mailer. */
export interface Outbox {
  /** The row for a mail, its content encrypted: a dump of the database must not hold a token. */
  seal(request: {
    readonly id: string
    readonly tenantId: string | null
    readonly mail: Mail
    readonly now: number
  }): QueuedMail
  /** Tells that mails were committed; delivery begins in the background. */
  wake(): void
  /** Delivers what is due now and answers how many were sent and how many failed. */
  deliverDue(): Promise<{ readonly sent: number; readonly failed: number }>
  /** Looks for due mails again and again, until stopped: retries, and what a crashed process left behind. */
  start(): void
  /** Stops looking and waits for deliveries under way. */
  stop(): Promise<void>
}
