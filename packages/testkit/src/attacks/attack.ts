import type { Act } from './dialect.js'
import type { Target } from './target.js'

/** An attack. `run` rejects when it succeeds, or leaves a trace. */
export interface Attack {
  readonly id: string
  readonly name: string
  /** What an API must offer to be attacked so. Default: nothing but being there. */
  readonly needs?: readonly Act[]
  /** What the same API, or others beside it, must offer, too, each of them any. Default: nothing. */
  readonly needsBeside?: readonly Act[]
  /** Whether the cast and the host have what else it takes. Default: they do. */
  readonly isPossible?: (target: Target) => boolean
  run(target: Target): Promise<void>
}
