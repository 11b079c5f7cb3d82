import type { PageRequest } from '../model/page.js'
import type { QueuedEmail } from '../model/queued-email.js'

/** A mail as {@link EmailRepository.claim} answered it. Once its lease ended, or another claimed it, it is no longer good. */
export type EmailClaim = Pick<QueuedEmail, 'id' | 'attempts' | 'dueAt'>

export interface EmailReads {
  /**
   * Mails that gave up, newest first, then by id descending (bytes). The position is `createdAt` and id.
   *
   * MUST list the dead only, by position and by offset alike [mail-list-dead].
   */
  listDeadLetters(query: { readonly page: PageRequest }): Promise<readonly QueuedEmail[]>

  /** MUST count what {@link listDeadLetters} lists [mail-count-dead]. */
  countDeadLetters(): Promise<number>

  /** How many mails wait, and since when the oldest one is due. MUST answer `{ waiting: 0, oldestDueAt: null }` when none waits [mail-backlog]. */
  backlog(): Promise<{ readonly waiting: number; readonly oldestDueAt: number | null }>
}

export interface EmailRepository extends EmailReads {
  /** MUST keep every field as given [mail-enqueue]. */
  enqueue(mail: QueuedEmail): Promise<void>

  /**
   * Takes up to `limit` queued mails that are due at `now`, earliest due first, and makes them due again only at `leaseUntil`.
   *
   * - MUST answer each with `attempts` already counted up by one [mail-claim].
   * - MUST give one mail to one claimant only until its lease ends, also under concurrency [mail-claim-once].
   * - MUST hand a mail out again once its lease ended [mail-claim-lease].
   */
  claim(query: {
    readonly now: number
    readonly limit: number
    readonly leaseUntil: number
  }): Promise<readonly QueuedEmail[]>

  /** A mail that was sent, by whomever. MUST remove it with its payload, and answer whether it was there [mail-remove]. */
  remove(id: string): Promise<boolean>

  /**
   * Ends a claim whose attempt failed.
   *
   * - MUST keep `lastError`, and make the mail due at `dueAt`, or dead with `null` [mail-fail].
   * - MUST answer `false` and change nothing when the claim is no longer good [mail-fail-guard].
   */
  fail(claim: EmailClaim, outcome: { readonly error: string; readonly dueAt: number | null }): Promise<boolean>

  /** MUST make a dead mail due at `now` with `attempts` 0, and answer `false` for one that is not dead [mail-revive]. */
  requeue(change: { readonly id: string; readonly now: number }): Promise<boolean>
}
