import type { Page } from '../model/page.js'
import type { emailBacklog } from '../services/use-cases/emails/email-backlog.js'
import type { DeadEmail } from '../services/use-cases/emails/list-dead-emails.js'
import type { retryDeadEmail } from '../services/use-cases/emails/retry-dead-email.js'
import type { eventBacklog } from '../services/use-cases/event-delivery/event-backlog.js'
import type { retryDeadLetter } from '../services/use-cases/event-delivery/retry-dead-letter.js'
import type { DeadLetter } from '../storage/event-delivery-port.js'
import type { InputOf } from './input-of.js'
import type { PageOptions } from './references.js'

/** An email, by its ID. */
export interface EmailMessageReference extends InputOf<typeof retryDeadEmail> {}

/** An event, by its ID. */
export interface EventReference extends InputOf<typeof retryDeadLetter> {}

/** How many emails wait, when the oldest is due, and how many are dead letters. */
export interface EmailBacklog extends Awaited<ReturnType<typeof emailBacklog>> {}

/** How many events wait, since when, and how many are dead letters. */
export interface EventBacklog extends Awaited<ReturnType<typeof eventBacklog>> {}

/** The email outbox. For operators; `forbidden` for anyone else. */
export interface EmailsClient {
  /** Returns how many emails wait, when the oldest is due, and how many are dead letters. */
  backlog(): Promise<EmailBacklog>
  /** Lists the emails that could not be delivered, newest first, without their content. */
  listDeadLetters(input?: PageOptions): Promise<Page<DeadEmail>>
  /**
   * Queues a dead letter again, with all its attempts.
   *
   * @throws {TenancyError} `email_not_found`.
   */
  retry(input: EmailMessageReference): Promise<void>
}

/** The delivery of events to the host. For operators; `forbidden` for anyone else. */
export interface EventDeliveryClient {
  /** Returns how many events wait to be delivered, since when, and how many are dead letters. */
  backlog(): Promise<EventBacklog>
  /** Lists the events that could not be delivered, the latest dead letter first. */
  listDeadLetters(input?: PageOptions): Promise<Page<DeadLetter>>
  /**
   * Delivers a dead letter again, in this process. If that fails, it rejects with the error of `deliver`.
   *
   * @throws {TenancyError} `event_not_found`.
   */
  retry(input: EventReference): Promise<void>
}
