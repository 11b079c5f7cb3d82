import type { TenancyEvent } from './events.js'
import type { TenancyOptions } from './tenancy-options.js'
import { createOutbox } from './services/mails/create-outbox.js'
import type { Outbox } from './services/mails/outbox.js'
import { notify } from './services/notifications/notify.js'
import type { NotifyingContext } from './services/notifications/notify.js'
import { createEventRelay } from './services/relay/event-relay.js'
import type { EventRelay } from './services/relay/event-relay.js'

/** What hands events on; `null` where the host takes none. */
export function eventRelayOf({ storage, deliver, clock, logger }: TenancyOptions): EventRelay | null {
  if (!deliver) return null
  return createEventRelay({ storage, deliver, ...(clock ? { clock } : {}), ...(logger ? { logger } : {}) })
}

/** What tells people of events; `null` where the host wants no notifications. */
export function notifierOf(
  { notifications = false, logger }: TenancyOptions,
  context: NotifyingContext,
): EventRelay | null {
  if (!notifications) return null
  const { storage, clock } = context
  const deliver = (event: TenancyEvent) => notify(context, event)
  return createEventRelay({ storage, deliver, chains: 'notificationChains', clock, ...(logger ? { logger } : {}) })
}

/** What sends mail; `null` where the host sends none. */
export function outboxOf({ storage, mailer, secret, messages, clock, logger }: TenancyOptions): Outbox | null {
  if (!mailer) return null
  if (secret === undefined) throw new TypeError('createTenancy: a mailer needs a secret of at least 32 bytes')
  return createOutbox({
    storage,
    mailer,
    secret,
    ...(messages ? { messages } : {}),
    ...(clock ? { clock } : {}),
    ...(logger ? { logger } : {}),
  })
}
