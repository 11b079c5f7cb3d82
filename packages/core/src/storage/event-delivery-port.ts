import type { EventScope } from '../model/event.js'
import type { PageRequest } from '../model/page.js'

/** The events of one chain behind `seq` belong to one claimant until `leaseUntil`. Place and lease prove the claim. */
export interface ChainClaim {
  readonly scope: EventScope
  /** The last event that was delivered or given up; 0 when there is none. */
  readonly seq: number
  readonly leaseUntil: number
}

export interface ClaimedChain extends ChainClaim {
  /** How often the event behind `seq` was attempted, this claim included. */
  readonly attempts: number
}

/** An event that could not be delivered, and over which its chain went on. */
export interface DeadLetter {
  readonly id: string
  readonly scope: EventScope
  readonly seq: number
  readonly type: string
  readonly attempts: number
  readonly lastError: string
  readonly diedAt: number
}

export interface ChainReads {
  /**
   * How many events wait, in all chains together, and a moment before which all were delivered or given up.
   *
   * MUST answer `{ waiting: 0, waitingSince: null }` when none waits [relay-backlog].
   */
  backlog(): Promise<{ readonly waiting: number; readonly waitingSince: number | null }>
}

export interface EventDeliveryReads extends ChainReads {
  /** MUST answer the dead event, `null` when there is none [relay-find-dead]. */
  findDeadLetter(id: string): Promise<DeadLetter | null>

  /**
   * Dead events, newest death first, then by id descending (bytes). The position is `diedAt` and id.
   *
   * MUST list all, by position and by offset alike [relay-list-dead].
   */
  listDeadLetters(query: { readonly page: PageRequest }): Promise<readonly DeadLetter[]>

  /** MUST count what {@link listDeadLetters} lists [relay-count-dead]. */
  countDeadLetters(): Promise<number>
}

/**
 * Which chains have events to deliver to one consumer: the host, or those who are to be notified. The events themselves
 * stay in their chains. What one consumer's directory notes is nothing to the other's.
 */
export interface ChainRepository extends ChainReads {
  /**
   * Tells that a chain got events up to `upTo`.
   *
   * - MUST make a chain that was never marked due at `now`, its place before `from` [relay-mark].
   * - MUST make a chain that was not due due at `now`, and keep its place [relay-mark-again].
   * - MUST NOT change the due time or the claim of a chain that is already due [relay-mark-claimed]; but one that nobody has
   *   claimed is due at the earliest `now`, since a wrong clock may have marked it [relay-mark-ahead].
   */
  mark(change: {
    readonly scope: EventScope
    readonly from: number
    readonly upTo: number
    readonly now: number
  }): Promise<void>

  /**
   * Takes up to `limit` chains that are due at `now`, earliest due first, and makes them due again only at `leaseUntil`.
   *
   * - MUST answer each with `attempts` already counted up by one [relay-claim].
   * - MUST give one chain to one claimant only until its lease ends, also under concurrency [relay-claim-once].
   * - MUST hand a chain out again, at the same place, once its lease ended [relay-claim-lease].
   */
  claim(query: {
    readonly now: number
    readonly limit: number
    readonly leaseUntil: number
  }): Promise<readonly ClaimedChain[]>

  /**
   * The event `seq`, which happened at `at`, is done: the claim goes on with a first attempt at the next one.
   *
   * - MUST set the place, `attempts` 1 and the new end of the lease, which is a claim like the first [relay-advance].
   * - MUST answer `false` and change nothing when the claim is no longer good [relay-advance-guard].
   */
  advance(
    claim: ChainClaim,
    to: { readonly seq: number; readonly at: number; readonly leaseUntil: number },
  ): Promise<boolean>

  /**
   * Ends a claim between two events.
   *
   * - MUST make the chain due at `now` when events beyond its place were marked, else not due, `attempts` 0 [relay-release].
   * - MUST forget no {@link mark} that is made meanwhile [relay-release-race].
   * - MUST answer `false` and change nothing when the claim is no longer good [relay-release-guard].
   */
  release(claim: ChainClaim, now: number): Promise<boolean>

  /**
   * Ends a claim whose attempt failed.
   *
   * - MUST make the chain due at `dueAt`, with its place and attempts as they are [relay-postpone].
   * - MUST answer `false` and change nothing when the claim is no longer good [relay-postpone-guard].
   */
  postpone(claim: ChainClaim, dueAt: number): Promise<boolean>
}

/** The chains whose events the host takes, and the events that it never took. */
export interface EventDeliveryRepository extends EventDeliveryReads, ChainRepository {
  /** MUST keep every field of a dead letter as given [dead-letter-insert]. */
  insertDeadLetter(event: DeadLetter): Promise<void>

  /** MUST remove the dead event, and answer whether it was there [relay-remove-dead]. */
  deleteDeadLetter(id: string): Promise<boolean>
}
