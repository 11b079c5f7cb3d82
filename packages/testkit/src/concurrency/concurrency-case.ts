import type { Actor, ErrorCode, Storage, Tenancy } from '@tenantry/core'

/** One call of a race, as data: any process can make it. */
export interface Call {
  readonly actor: Actor
  /** The tenant to act in; absent for what is asked for outside any tenant. */
  readonly tenantId?: string
  /** The use case by its place under `as(actor)` or `in(tenantId)`, such as `members.remove`. */
  readonly useCase: string
  readonly input?: unknown
}

/** What came of a call. */
export type Response = { readonly result: unknown } | { readonly refused: ErrorCode }

/** Where a race is run: one database, and those who race on it. */
export interface ConcurrencyHarness {
  /** On the same database, for what comes before a race and after it. */
  readonly tenancy: Tenancy
  readonly storage: Storage
  /** Makes all calls at once, neighbours in different processes, and answers each in its place. */
  race(calls: readonly Call[]): Promise<readonly Response[]>
  close(): Promise<void>
}

/** A promise that holds under concurrency. `run` rejects when it is broken. */
export interface ConcurrencyCase {
  readonly id: string
  readonly name: string
  run(harness: ConcurrencyHarness): Promise<void>
}
