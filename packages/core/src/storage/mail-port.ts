import type { PageRequest } from '../model/page.js'
import type { QueuedMail } from '../model/queued-mail.js'

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

  /** A mail that was sent. MUST remove it with its payload, and answer whether it was there [mail-remove]. */
  remove(id: string): Promise<boolean>

  /** A mail that failed. MUST keep `lastError`, and make it due at `dueAt`, or dead with `null`, and answer whether it was there [mail-fail]. */
  fail(change: { readonly id: string; readonly error: string; readonly dueAt: number | null }): Promise<boolean>

  /** MUST make a dead mail due at `now` with `attempts` 0, and answer `false` for one that is not dead [mail-revive]. */
  revive(change: { readonly id: string; readonly now: number }): Promise<boolean>
}
