import { TenancyError } from '@tenantry/core'
import type { TenantClient } from '@tenantry/core'
import { z } from 'zod'
import { WireId } from '../../handler/fields.js'
import { defineRoute } from '../../handler/route.js'
import type { Call, Reply, Route, RouteSpec } from '../../handler/route.js'

/** The workspace header. A comma means that a proxy joined two headers. */
export const WorkspaceHeaders = z.strictObject({
  'x-workspace-id': WireId.regex(/^[^,]*$/, 'must be one id')
    .optional()
    .describe('The workspace. Default: the one switched to last, else the oldest.'),
})

type WorkspaceCall<Params, Query, Body> = Call<Params, Query, z.output<typeof WorkspaceHeaders>, Body> & {
  /** The calls of the caller in the request's workspace. */
  readonly workspace: TenantClient
}

/**
 * The workspace that the header names, else the caller's current workspace. Each use case checks the membership; if the
 * header is invalid, there is no fallback to another workspace.
 *
 * @throws {TenancyError} `tenant_not_found` if the header is absent and the caller has no workspace.
 */
async function currentWorkspaceId(call: Call<unknown, unknown, z.output<typeof WorkspaceHeaders>>): Promise<string> {
  const named = call.headers['x-workspace-id']
  if (named !== undefined) return named
  const current = await call.as.tenants.current()
  if (current === null) throw workspaceNotFound()
  return current.tenant.id
}

export function workspaceNotFound(): TenancyError {
  return new TenancyError('tenant_not_found', 'No such tenant', {})
}

type WorkspaceRouteSpec<
  Params extends z.ZodType,
  Query extends z.ZodType,
  Body extends z.ZodType,
  Response extends z.ZodType,
> = Omit<RouteSpec<Params, Query, typeof WorkspaceHeaders, Body, Response>, 'headers' | 'public' | 'run'> & {
  run(call: WorkspaceCall<z.output<Params>, z.output<Query>, z.output<Body>>): Promise<z.input<Response> | Reply>
}

/** Defines a route in the request's workspace. */
export function workspaceRoute<
  Params extends z.ZodType,
  Query extends z.ZodType,
  Body extends z.ZodType,
  Response extends z.ZodType,
>(route: WorkspaceRouteSpec<Params, Query, Body, Response>): Route {
  return defineRoute<Params, Query, typeof WorkspaceHeaders, Body, Response>({
    ...route,
    headers: WorkspaceHeaders,
    run: async (call) => route.run({ ...call, workspace: call.enter(await currentWorkspaceId(call)) }),
  })
}
