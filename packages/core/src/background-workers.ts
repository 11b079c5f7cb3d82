import type { TenancyEvent } from './events.js'
import type { TenancyOptions } from './tenancy-options.js'
import { createOutbox } from './services/workers/emails/create-outbox.js'
import type { Outbox } from './services/pipeline/outbox.js'
import { notify } from './services/workers/notifications/notify.js'
import type { NotifyingContext } from './services/workers/notifications/notifying-context.js'
import { createEventWorker } from './services/workers/event-delivery/event-worker.js'
import type { EventWorker } from './services/pipeline/worker.js'

/** What hands events on; `null` where the host takes none. */
export function eventWorkerOf({ storage, onEvent: deliver, clock, logger }: TenancyOptions): EventWorker | null {
  if (!deliver) return null
  return createEventWorker({ storage, deliver, ...(clock ? { clock } : {}), ...(logger ? { logger } : {}) })
}

/** What tells people of events; `null` where the host wants no notifications. */
export function notifierOf(
  { notifications = false, logger }: TenancyOptions,
  context: NotifyingContext,
): EventWorker | null {
  if (!notifications) return null
  const { storage, clock } = context
  const deliver = (event: TenancyEvent) => notify(context, event)
  return createEventWorker({ storage, deliver, chains: 'notificationChains', clock, ...(logger ? { logger } : {}) })
}

/** What sends mail; `null` where the host sends none. */
export function outboxOf({
  storage,
  mailer,
  emailEncryptionKey: secret,
  messages,
  clock,
  logger,
}: TenancyOptions): Outbox | null {
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
