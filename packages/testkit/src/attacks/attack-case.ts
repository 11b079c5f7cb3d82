import type { Act } from './dialect.js'
import type { Target } from './target.js'

/** An attack. `run` rejects when it succeeds, or leaves a trace. */
export interface AttackCase {
  readonly id: string
  readonly name: string
  /** What a surface must offer to be attacked so. Default: nothing but being there. */
  readonly needs?: readonly Act[]
  /** What the same surface, or another one beside it, must offer, too. Default: nothing. */
  readonly needsBeside?: readonly Act[]
  run(target: Target): Promise<void>
}
