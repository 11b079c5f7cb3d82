import type { QueuedMail } from '../../model/queued-mail.js'
import type { Relay } from '../relay/create-relay.js'
import type { Mail } from './mail.js'

/** Where mails wait between the commit and the mailer. */
export interface Outbox extends Relay<{ readonly sent: number; readonly failed: number }> {
  /** The row for a mail, its content encrypted: a dump of the database must not hold a token. */
  seal(request: {
    readonly id: string
    readonly tenantId: string | null
    readonly mail: Mail
    readonly now: number
  }): QueuedMail
}
