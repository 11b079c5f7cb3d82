import { isTenancyError, TenancyError } from '@tenantry/core'
import type { OrganizationClient, TenantClient } from '@tenantry/core'
import { z } from 'zod'
import { WireId } from '../../handler/fields.js'
import { RequestError } from '../../handler/failure.js'
import { defineRoute } from '../../handler/route.js'
import type { Call, Reply, Route, RouteSpec } from '../../handler/route.js'

/** The path parameters of a tenant's route. */
export const TenantParams = z.strictObject({ tenantId: WireId })

type TenantCall<Params, Body> = Call<Params, unknown, unknown, Body> & {
  /** The calls of the caller in the tenant of the path. */
  readonly tenant: TenantClient
}

type TenantRouteSpec<Params extends typeof TenantParams, Body extends z.ZodType, Response extends z.ZodType> = Omit<
  RouteSpec<Params, z.ZodType, z.ZodType, Body, Response>,
  'headers' | 'query' | 'public' | 'run'
> & {
  readonly params: Params
  run(call: TenantCall<z.output<Params>, z.output<Body>>): Promise<z.input<Response> | Reply>
}

/** Defines a route in the tenant of the path. */
export function tenantRoute<Params extends typeof TenantParams, Body extends z.ZodType, Response extends z.ZodType>(
  route: TenantRouteSpec<Params, Body, Response>,
): Route {
  return defineRoute<Params, z.ZodType, z.ZodType, Body, Response>({
    ...route,
    run: async (call) => route.run({ ...call, tenant: call.enter(call.params.tenantId) }),
  })
}

/** Rejects a body whose tenant differs from the path's. */
export function sameTenant(params: { readonly tenantId: string }, body: { readonly tenantId: string }): void {
  if (params.tenantId === body.tenantId) return
  throw new RequestError('invalid_field', 'tenantId: differs from the path', { field: 'tenantId' })
}

/**
 * Calls the organization of the tenant. A member of the tenant who does not belong to the organization gets
 * `forbidden`, because members may know that it exists. Others get `not found`.
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
