import type { Scope } from './services/pipeline/command.js'
import { requireKnownOptions } from './storage/known-options.js'
import { tenantApi } from './tenant-api.js'

/** What an operator who acts in a tenant says about it: a line of 1 to 500 characters, kept with every event. */
export interface OperatorOptions {
  readonly reason: string
}

/** The way into a tenant. Nothing is looked up yet; each call checks anew who asks. */
export interface WayIn<Permission extends string, Role extends string, Metadata, Values> {
  /** Works inside one tenant as the member one is. */
  (tenantId: string): ReturnType<typeof tenantApi<Permission, Role, Metadata, Values>>
  /**
   * Works inside any tenant as an operator: a superuser, or the host's own code. Every event keeps the reason.
   *
   * @example
   * await tenancy.as(SYSTEM).in(tenantId, { reason: 'Ticket 4711' }).members.remove({ userId })
   */
  (tenantId: string, operator: OperatorOptions): ReturnType<typeof tenantApi<Permission, Role, Metadata, Values, null>>
}

/** Binds the way into tenants to who calls. */
export function tenantEntry<Permission extends string, Role extends string, Metadata, Values>(
  scope: Scope,
): WayIn<Permission, Role, Metadata, Values> {
  const enter = (tenantId: string, operator?: OperatorOptions) => {
    if (!operator) return tenantApi<Permission, Role, Metadata, Values>({ ...scope, tenantId })
    requireKnownOptions('in(tenantId, operator)', operator, { reason: true })
    const reason = String(operator.reason ?? '').trim()
    return tenantApi<Permission, Role, Metadata, Values>({ ...scope, tenantId, operator: { reason } })
  }
  // Two signatures of one function, which TypeScript cannot infer.
  return enter as WayIn<Permission, Role, Metadata, Values>
}
