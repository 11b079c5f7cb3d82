import { Slug } from '../../model/tenant.js'
import { retryWhenBusy } from './retry.js'
import type { Scope } from './scope.js'

/** A tenant by the slug that it has now. */
export interface TenantSlug {
  readonly slug: string
}

/** A tenant by its id or by its slug. */
export type TenantReference = { readonly tenantId: string } | TenantSlug

/** The id of no tenant, so that an unknown slug fails in the same way as an unknown id. */
const NO_TENANT = '00000000-0000-0000-0000-000000000000'

/** The id of the tenant that is referred to. It decides nothing: the call checks its caller's access to that tenant. */
export async function resolveTenantId({ context }: Scope, reference: TenantReference): Promise<string> {
  if ('tenantId' in reference) return reference.tenantId
  const slug = Slug.safeParse(reference.slug)
  if (!slug.success) return NO_TENANT
  return (await retryWhenBusy(() => context.storage.read.tenants.findIdBySlug(slug.data), context)) ?? NO_TENANT
}
