import type { Storage } from '../../../storage/port.js'
import type { Logger } from '../../pipeline/logger.js'
import { silentLogger } from '../../pipeline/logger.js'
import { createWorker } from '../event-delivery/create-worker.js'
import { counterSweep } from '../rate-limits/counter-sweep.js'
import { retryWhenBusy } from '../../pipeline/retry.js'
import { deliverEmail } from './deliver-email.js'
import type { Delivery } from './deliver-email.js'
import type { Mailer } from '../../pipeline/email-message.js'
import type { Messages } from '../../steps/emails/messages/render-message.js'
import type { Outbox } from '../../pipeline/outbox.js'
import { emailCipher } from '../../steps/emails/email-cipher.js'

const BATCH = 10
const SEND_TIMEOUT_MS = 60_000
// Longer than a batch can take, so that nobody takes a mail that is still being sent.
const LEASE_MS = 5 * SEND_TIMEOUT_MS

export interface OutboxOptions {
  readonly storage: Storage
  readonly mailer: Mailer
  /** What encrypts waiting mails: at least 32 bytes, the same in every process and after every restart. */
  readonly secret: string | Uint8Array
  /** The host's own words, by kind of mail. */
  readonly messages?: Messages
  readonly clock?: () => number
  readonly logger?: Logger
  /** After how many attempts a mail is dead. Default 24, which is about half a day. */
  readonly attempts?: number
  /** How often to look for due mails after `start()`, in milliseconds. Default 5000. */
  readonly pollMs?: number
}

/**
 * An outbox on the storage: mails leave after the commit, at least once, and survive a crash. Several processes may run
 * one on the same storage.
 */
export function createOutbox(options: OutboxOptions): Outbox {
  const { storage, mailer, secret, messages = {}, clock = () => storage.now(), logger = silentLogger } = options
  const { attempts = 24, pollMs = 5_000 } = options
  if (Buffer.byteLength(secret) < 32) throw new TypeError('the secret of the outbox needs at least 32 bytes')

  const seal = emailCipher(secret)
  const delivery: Delivery = {
    storage,
    mailer,
    messages,
    seal,
    clock,
    logger,
    attempts,
    sendTimeoutMs: SEND_TIMEOUT_MS,
  }

  const claim = () =>
    retryWhenBusy(() =>
      storage.transaction({}, (tx) => {
        const now = clock()
        return tx.emails.claim({ now, limit: BATCH, leaseUntil: now + LEASE_MS })
      }),
    )

  const sweepCounters = counterSweep({ storage, clock })
  const eventDelivery = createWorker({
    pollMs,
    wakesBeforeStart: true,
    onError: (error) => logger.error({ error }, 'the outbox could not reach the storage'),
    async drain(isStopping) {
      let [sent, failed] = [0, 0]
      while (!isStopping()) {
        const emails = await claim()
        const results = await Promise.allSettled(emails.map((mail) => deliverEmail(delivery, mail)))
        for (const result of results) {
          if (result.status === 'rejected') throw result.reason
          if (result.value) sent++
          else failed++
        }
        if (emails.length < BATCH) break
      }
      await sweepCounters()
      return { sent, failed }
    },
  })

  return {
    ...eventDelivery,
    seal({ id, tenantId, mail, now }) {
      return {
        id,
        tenantId,
        kind: mail.kind,
        recipient: mail.to,
        payload: seal.seal(id, mail),
        status: 'queued',
        attempts: 0,
        dueAt: now,
        lastError: null,
        createdAt: now,
      }
    },
  }
}
