/** A count within a window that began with its first use. */
export interface Counter {
  readonly points: number
  readonly expiresAt: number
}

/** Counters that all processes share, for rate limits. */
export interface CounterRepository {
  /** MUST answer a counter that expires after `now`, else `null` [counter-find]. */
  find(query: { readonly key: string; readonly now: number }): Promise<Counter | null>

  /**
   * Adds to a counter and answers what it then is, in one atomic step.
   *
   * - MUST begin anew with `points` and `expiresAt` when there is none, when it expired by `now`, or with `restart` [counter-add].
   * - MUST keep the window's first `expiresAt` otherwise [counter-add-window], unless the given one is earlier: a window
   *   that ends later than one that begins now was opened by a wrong clock [counter-add-ahead].
   * - MUST lose no point under concurrency [counter-add-concurrent].
   */
  add(change: {
    readonly key: string
    readonly points: number
    readonly expiresAt: number
    readonly now: number
    readonly restart?: boolean
  }): Promise<Counter>

  /** MUST remove the counter and answer whether it was there [counter-delete]. */
  delete(key: string): Promise<boolean>

  /** MUST remove the counters that expired by `now`, and no other [counter-sweep]. */
  sweep(now: number): Promise<number>
}
