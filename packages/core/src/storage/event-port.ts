import type { Event, EventScope, EventTarget } from '../model/event.js'

/** The end of a chain. */
export interface EventHead {
  readonly seq: number
  readonly hash: string
}

export interface EventReads {
  /** MUST answer the last event's `seq` and hash, `null` for an empty chain [event-head]. */
  head(scope: EventScope): Promise<EventHead | null>

  /**
   * A chain's events, `newest` or `oldest` first, beyond `after` (a `seq`, exclusive) in that direction.
   *
   * - MUST list one scope's only, up to `limit`, each as it was appended [event-list].
   * - MUST narrow to one `type` [event-list-type], one actor [event-list-actor] and one target [event-list-target] when
   *   given, to all that are given at once [event-list-together].
   */
  list(query: {
    readonly scope: EventScope
    readonly order: 'newest' | 'oldest'
    readonly limit: number
    readonly after?: number | undefined
    readonly type?: string | undefined
    readonly actorId?: string | undefined
    readonly target?: EventTarget | undefined
  }): Promise<readonly Event[]>
}

/** Append-only: there is no way to change or remove an event. */
export interface EventRepository extends EventReads {
  /** MUST refuse a `seq` that the scope already has (`event.seq`) [event-append]. */
  append(event: Event): Promise<void>

  /** MUST append as {@link append} does, to one chain or several, all of them or none [event-append-many]. */
  appendMany(events: readonly Event[]): Promise<void>
}
