import type { QueuedEmail } from '../../../model/queued-email.js'
import type { Storage } from '../../../storage/port.js'
import type { Logger } from '../../pipeline/logger.js'
import { backoffMs } from '../event-delivery/backoff.js'
import { describeFailure } from '../event-delivery/describe-failure.js'
import { withTimeout } from '../event-delivery/with-timeout.js'
import { retryWhenBusy } from '../../pipeline/retry.js'
import type { EmailMessage, Mailer } from '../../pipeline/email-message.js'
import type { Messages } from '../../steps/emails/messages/render-message.js'
import { renderMessage } from '../../steps/emails/messages/render-message.js'
import type { EmailCipher } from '../../steps/emails/email-cipher.js'

/** What a delivery works with. */
export interface Delivery {
  readonly storage: Storage
  readonly mailer: Mailer
  readonly messages: Messages
  readonly seal: EmailCipher
  readonly clock: () => number
  readonly logger: Logger
  readonly attempts: number
  readonly sendTimeoutMs: number
}

/**
 * Sends one claimed mail and answers whether it went out. It is removed once the mailer has taken it; a crash in
 * between sends it again when its lease has run out. Who was so slow that another has it by then leaves a failure to them.
 */
export async function deliverEmail(delivery: Delivery, queued: QueuedEmail): Promise<boolean> {
  const { id, kind, attempts } = queued
  const { storage, logger } = delivery
  const failure = await send(delivery, queued)
  if (failure === null) {
    await retryWhenBusy(() => storage.transaction({}, (tx) => tx.emails.remove(id)))
    return true
  }
  const isDead = failure.final || attempts >= delivery.attempts
  const dueAt = isDead ? null : delivery.clock() + backoffMs(attempts)
  const outcome = { error: failure.reason, dueAt }
  const isOurs = await retryWhenBusy(() => storage.transaction({}, (tx) => tx.emails.fail(queued, outcome)))
  if (!isOurs) return false
  const details = { emailId: id, kind, attempts, reason: failure.reason }
  if (isDead) logger.error(details, 'a mail could not be sent; gave up')
  else logger.warn(details, 'a mail could not be sent; will try again')
  return false
}

/** Why it was not sent; `final` when another attempt would fail alike. */
interface Failure {
  readonly reason: string
  readonly final: boolean
}

async function send(delivery: Delivery, { id, payload, attempts }: QueuedEmail): Promise<Failure | null> {
  // Whoever claimed it last has crashed each time; perhaps because of it.
  if (attempts > delivery.attempts) return { reason: 'No attempt ever came to an end', final: true }
  let mail: EmailMessage
  try {
    mail = delivery.seal.open(id, payload)
  } catch {
    return { reason: 'The content cannot be opened: it was sealed with another secret, or changed since', final: true }
  }
  if ('expiresAt' in mail.data && mail.data.expiresAt <= delivery.clock()) {
    return { reason: 'What it offers expired before it could be sent', final: true }
  }
  try {
    const message = renderMessage(mail, delivery.messages)
    await withTimeout(delivery.sendTimeoutMs, delivery.mailer.send({ ...message, to: mail.to, id }))
    return null
  } catch (error) {
    return { reason: describeFailure(error), final: false }
  }
}
