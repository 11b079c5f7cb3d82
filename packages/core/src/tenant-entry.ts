import type { Deferred } from './bind-scope.js'
import { resolveTenantId } from './services/pipeline/resolve-tenant.js'
import type { TenantReference, TenantSlug } from './services/pipeline/resolve-tenant.js'
import type { Scope, TenantScope } from './services/pipeline/command.js'
import { requireKnownOptions } from './storage/known-options.js'
import { tenantApi } from './tenant-api.js'

/** What an operator who acts in a tenant says about it: a line of 1 to 500 characters, kept with every event. */
export interface OperatorOptions {
  readonly reason: string
}

type Client<Permission extends string, Role extends string, Metadata, Values> = ReturnType<
  typeof tenantApi<Permission, Role, Metadata, Values>
>
type Operating<Permission extends string, Role extends string, Metadata, Values> = ReturnType<
  typeof tenantApi<Permission, Role, Metadata, Values, null>
>

/** Enters a tenant. Nothing is looked up yet; each call checks its caller's access. */
export interface TenantEntry<Permission extends string, Role extends string, Metadata, Values> {
  /** Works inside one tenant as the member one is. */
  (tenantId: string): Client<Permission, Role, Metadata, Values> & { readonly tenantId: string }
  /**
   * The same by the tenant's slug, which each call resolves by one more look-up.
   *
   * @example
   * const access = await tenancy.as({ userId }).in({ slug: 'acme' }).access()
   */
  (tenant: string | TenantSlug): Client<Permission, Role, Metadata, Values>
  /**
   * Works inside any tenant as an operator: a superuser, or the host's own code. Every event keeps the reason.
   *
   * @example
   * await tenancy.as(SYSTEM).in(tenantId, { reason: 'Ticket 4711' }).members.remove({ userId })
   */
  (tenant: string | TenantSlug, operator: OperatorOptions): Operating<Permission, Role, Metadata, Values>
}

/** Binds the entry to tenants to who calls. */
export function tenantEntry<Permission extends string, Role extends string, Metadata, Values>(
  scope: Scope,
): TenantEntry<Permission, Role, Metadata, Values> {
  const enter = (tenant: string | TenantSlug, operator?: OperatorOptions) => {
    const reference = toReference(tenant)
    const inside = operator ? { ...scope, operator: { reason: reasonOf(operator) } } : scope
    return tenantApi<Permission, Role, Metadata, Values>(toScope(inside, reference), reference)
  }
  // Signatures of one function, which TypeScript cannot infer.
  return enter as TenantEntry<Permission, Role, Metadata, Values>
}

function toReference(tenant: string | TenantSlug): TenantReference {
  if (typeof tenant === 'string' && tenant !== '') return { tenantId: tenant }
  if (typeof tenant !== 'object' || tenant === null || typeof tenant.slug !== 'string')
    throw new TypeError('in(tenant) needs the id of a tenant, or { slug }')
  requireKnownOptions('in({ slug })', tenant, { slug: true })
  return { slug: tenant.slug }
}

function reasonOf(operator: OperatorOptions): string {
  requireKnownOptions('in(tenant, operator)', operator, { reason: true })
  return String(operator.reason ?? '').trim()
}

function toScope(scope: Scope, reference: TenantReference): Deferred<TenantScope> {
  if ('tenantId' in reference) return { ...scope, tenantId: reference.tenantId }
  return async () => ({ ...scope, tenantId: await resolveTenantId(scope, reference) })
}
