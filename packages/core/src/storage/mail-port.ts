import type { PageRequest } from '../model/page.js'
import type { QueuedMail } from '../model/queued-mail.js'

/** A mail as {@link MailRepository.claim} answered it. Once its lease ended, or another claimed it, it is no longer good. */
export type MailClaim = Pick<QueuedMail, 'id' | 'attempts' | 'dueAt'>

export interface MailReads {
  /**
   * Mails that gave up, newest first, then by id descending (bytes). The position is `createdAt` and id.
   *
   * MUST list the dead only, by position and by offset alike [mail-list-dead].
   */
  listDead(query: { readonly page: PageRequest }): Promise<readonly QueuedMail[]>

  /** MUST count what {@link listDead} lists [mail-count-dead]. */
  countDead(): Promise<number>

  /** How many mails wait, and since when the oldest one is due. MUST answer `{ waiting: 0, oldestDueAt: null }` when none waits [mail-backlog]. */
  backlog(): Promise<{ readonly waiting: number; readonly oldestDueAt: number | null }>
}

export interface MailRepository extends MailReads {
  /** MUST keep every field as given [mail-enqueue]. */
  enqueue(mail: QueuedMail): Promise<void>

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
  }): Promise<readonly QueuedMail[]>

  /** A mail that was sent, by whomever. MUST remove it with its payload, and answer whether it was there [mail-remove]. */
  remove(id: string): Promise<boolean>

  /**
   * Ends a claim whose attempt failed.
   *
   * - MUST keep `lastError`, and make the mail due at `dueAt`, or dead with `null` [mail-fail].
   * - MUST answer `false` and change nothing when the claim is no longer good [mail-fail-guard].
   */
  fail(claim: MailClaim, outcome: { readonly error: string; readonly dueAt: number | null }): Promise<boolean>

  /** MUST make a dead mail due at `now` with `attempts` 0, and answer `false` for one that is not dead [mail-revive]. */
  revive(change: { readonly id: string; readonly now: number }): Promise<boolean>
}
