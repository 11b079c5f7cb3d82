import type { TenantReference } from '@tenantry/core'
import { z } from 'zod'
import { WireId } from '../../handler/fields.js'
import { defineRoute } from '../../handler/route.js'
import type { Call, EnteredTenant, Reply, Route, RouteSpec } from '../../handler/route.js'

/** The path parameters of a tenant's route. */
export const TenantParams = z.strictObject({ tenant: WireId.describe('The ID of a tenant, or its slug') })

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** A tenant by ID or slug. No slug has the format of an ID. */
export function toReference(tenant: string): TenantReference {
  return UUID.test(tenant) ? { tenantId: tenant } : { slug: tenant }
}

function toEntry(tenant: string) {
  return UUID.test(tenant) ? tenant : { slug: tenant }
}

type TenantCall<Params, Query, Headers, Body> = Call<Params, Query, Headers, Body> & {
  /** The calls of the caller in the tenant of the path. */
  readonly tenant: EnteredTenant
}

type TenantRouteSpec<
  Params extends typeof TenantParams,
  Query extends z.ZodType,
  Headers extends z.ZodType,
  Body extends z.ZodType,
  Response extends z.ZodType,
> = Omit<RouteSpec<Params, Query, Headers, Body, Response>, 'params' | 'run'> & {
  /** Default: only the tenant. */
  readonly params?: Params
  run(
    call: TenantCall<z.output<Params>, z.output<Query>, z.output<Headers>, z.output<Body>>,
  ): Promise<z.input<Response> | Reply>
}

/** Defines a route for members of the tenant of the path. */
export function tenantRoute<
  Query extends z.ZodType,
  Headers extends z.ZodType,
  Body extends z.ZodType,
  Response extends z.ZodType,
  Params extends typeof TenantParams = typeof TenantParams,
>(route: TenantRouteSpec<Params, Query, Headers, Body, Response>): Route {
  // A route without its own parameter schema has only the tenant as a parameter.
  const params = route.params ?? (TenantParams as Params)
  return defineRoute<Params, Query, Headers, Body, Response>({
    closed: true,
    ...route,
    params,
    run: async (call) => route.run({ ...call, tenant: call.enter(toEntry(call.params.tenant)) }),
  })
}
