import { isTenancyError, TenancyError } from '@tenantry/core'
import type { OrganizationClient, TenantClient } from '@tenantry/core'
import { z } from 'zod'
import { WireId } from '../../handler/fields.js'
import { RequestError } from '../../handler/failure.js'
import { defineRoute } from '../../handler/route.js'
import type { Call, Reply, Route, RouteSpec } from '../../handler/route.js'

/** Which tenant a request is about. */
export const TenantParams = z.strictObject({ tenantId: WireId })

type TenantCall<Params, Body> = Call<Params, unknown, unknown, Body> & {
  /** What the caller may ask for in the tenant of the path. */
  readonly tenant: TenantClient
}

type TenantRouteSpec<Params extends typeof TenantParams, Body extends z.ZodType, Response extends z.ZodType> = Omit<
  RouteSpec<Params, z.ZodType, z.ZodType, Body, Response>,
  'headers' | 'query' | 'public' | 'run'
> & {
  readonly params: Params
  run(call: TenantCall<z.output<Params>, z.output<Body>>): Promise<z.input<Response> | Reply>
}

/** A row about the tenant of the path. */
export function tenantRoute<Params extends typeof TenantParams, Body extends z.ZodType, Response extends z.ZodType>(
  route: TenantRouteSpec<Params, Body, Response>,
): Route {
  return defineRoute<Params, z.ZodType, z.ZodType, Body, Response>({
    ...route,
    run: async (call) => route.run({ ...call, tenant: call.enter(call.params.tenantId) }),
  })
}

/** Refuses a body that is about another tenant than the path. */
export function sameTenant(params: { readonly tenantId: string }, body: { readonly tenantId: string }): void {
  if (params.tenantId === body.tenantId) return
  throw new RequestError('invalid_field', 'tenantId: differs from the path', { field: 'tenantId' })
}

/**
 * Asks something of the organization that the tenant is in. A member of the tenant may know of it, so whoever has no
 * place there is forbidden, where an outsider is told that there is none.
 */
export async function inOrganization<Result>(
  { as, tenant }: Pick<TenantCall<unknown, unknown>, 'as' | 'tenant'>,
  ask: (organization: OrganizationClient) => Promise<Result>,
): Promise<Result> {
  const { id } = await tenant.organization()
  return ask(as.organization(id)).catch((error: unknown) => {
    if (!isTenancyError(error, 'organization_not_found')) throw error
    throw new TenancyError('forbidden', 'Only members of the organization may do this', {}, { cause: error })
  })
}
