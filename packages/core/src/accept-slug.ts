import { resolveTenantId } from './services/pipeline/resolve-tenant.js'
import type { TenantSlug } from './services/pipeline/resolve-tenant.js'
import type { Scope } from './services/pipeline/scope.js'

/** The same input with the tenant's slug in place of its id. */
export type WithSlug<Input> = Omit<Input, 'tenantId'> & TenantSlug & { readonly tenantId?: never }

/** Lets a use case outside tenants name its tenant by slug as well as by id. */
export function acceptSlug<Input extends { readonly tenantId: string }, Result>(
  useCase: (scope: Scope, input: Input) => Promise<Result>,
) {
  return async (scope: Scope, input: Input | WithSlug<Input>): Promise<Result> => {
    if (!namesSlug(input)) return useCase(scope, input)
    const { slug, ...rest } = input
    // With the id in the place of the slug it is an input of the use case.
    return useCase(scope, { ...rest, tenantId: await resolveTenantId(scope, { slug }) } as unknown as Input)
  }
}

/** With both, the use case refuses the slug as a field that it does not know. */
function namesSlug<Input extends object>(input: Input | WithSlug<Input>): input is WithSlug<Input> {
  return typeof input === 'object' && input !== null && 'slug' in input && !('tenantId' in input)
}
