import type { TenantReference } from '@tenantry/core'
import { z } from 'zod'
import { WireId } from '../../handler/fields.js'
import { defineRoute } from '../../handler/route.js'
import type { Call, EnteredTenant, Reply, Route, RouteSpec } from '../../handler/route.js'

/** Which tenant a request is about. */
export const TenantParams = z.strictObject({ tenant: WireId.describe('The ID of a tenant, or its slug') })

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** How a path names a tenant: no slug has the form of an ID. */
export function toReference(tenant: string): TenantReference {
  return UUID.test(tenant) ? { tenantId: tenant } : { slug: tenant }
}

function toEntry(tenant: string) {
  return UUID.test(tenant) ? tenant : { slug: tenant }
}

type TenantCall<Params, Query, Headers, Body> = Call<Params, Query, Headers, Body> & {
  /** What the caller may ask for in the tenant of the path. */
  readonly tenant: EnteredTenant
}

type TenantRouteSpec<
  Params extends typeof TenantParams,
  Query extends z.ZodType,
  Headers extends z.ZodType,
  Body extends z.ZodType,
  Response extends z.ZodType,
> = Omit<RouteSpec<Params, Query, Headers, Body, Response>, 'params' | 'run'> & {
  /** Default: the tenant alone. */
  readonly params?: Params
  run(
    call: TenantCall<z.output<Params>, z.output<Query>, z.output<Headers>, z.output<Body>>,
  ): Promise<z.input<Response> | Reply>
}

/** A row about the tenant of the path, for its members. */
export function tenantRoute<
  Query extends z.ZodType,
  Headers extends z.ZodType,
  Body extends z.ZodType,
  Response extends z.ZodType,
  Params extends typeof TenantParams = typeof TenantParams,
>(route: TenantRouteSpec<Params, Query, Headers, Body, Response>): Route {
  // Without a schema of its own, a row has that of the tenant alone.
  const params = route.params ?? (TenantParams as Params)
  return defineRoute<Params, Query, Headers, Body, Response>({
    closed: true,
    ...route,
    params,
    run: async (call) => route.run({ ...call, tenant: call.enter(toEntry(call.params.tenant)) }),
  })
}
