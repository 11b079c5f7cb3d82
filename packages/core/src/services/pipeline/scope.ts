import type { Actor } from './actor.js'
import type { Context } from './context.js'

/** Who calls, outside any tenant. */
export interface Scope {
  readonly context: Context
  readonly actor: Actor
  /** What an operator who acts in a tenant says about it. Absent, the caller acts as a member. */
  readonly operator?: { readonly reason: string } | undefined
}

/** Who calls, inside one tenant. */
export interface TenantScope extends Scope {
  readonly tenantId: string
}
