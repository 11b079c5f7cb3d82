import type { Deferred } from './bind-scope.js'
import { resolveTenantId } from './services/pipeline/resolve-tenant.js'
import type { TenantReference, TenantSlug } from './services/pipeline/resolve-tenant.js'
import type { Scope, TenantScope } from './services/pipeline/command.js'
import type { OperatorOptions, TenantEntry } from './clients/user-client.js'
import { requireKnownOptions } from './storage/known-options.js'
import { tenantApi } from './tenant-api.js'

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
