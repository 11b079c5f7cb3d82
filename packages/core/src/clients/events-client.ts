import type { ChainVerification } from '../services/use-cases/events/verify-events.js'
import type { Event } from '../model/event.js'
import type { Page } from '../model/page.js'
import type { appendEvent } from '../services/use-cases/events/append-event.js'
import type { listEvents } from '../services/use-cases/events/list-events.js'
import type { InputOf } from './input-of.js'

export interface ListEventsInput extends InputOf<typeof listEvents> {}
export interface AppendEventInput extends InputOf<typeof appendEvent> {}

/** The audit log of one tenant. */
export interface EventsClient {
  /**
   * Lists the audit events of the tenant, newest first by default.
   *
   * @throws {TenancyError} `forbidden` without `event:read`.
   */
  list(input?: ListEventsInput): Promise<Page<Event>>
  /**
   * Appends an event of the host, such as `app.invoice.paid`. It is hashed, listed and delivered like all others.
   *
   * @throws {TenancyError} `invalid_input` for another type, or for more than 8 KiB of data.
   */
  append(input: AppendEventInput): Promise<void>
  /**
   * Reads the whole audit log and verifies every link of its hash chain.
   *
   * @throws {TenancyError} `forbidden` without `event:read`.
   */
  verify(): Promise<ChainVerification>
}
