import type { MemberMetadata, Settings } from '@tenantry/core'
import { factsOf, pathOf, toHandlerRequest } from '../mounts/fetch-messages.js'
import type { FetchFacts } from '../mounts/fetch-messages.js'
import { createGuard } from './create-guard.js'
import type { GuardOptions } from './create-guard.js'
import { denialOf, denialHeaders } from './denial.js'
import type { Denial } from './denial.js'
import type { TenancyScope } from './tenancy-scope.js'

export interface FetchGuardOptions<
  Permission extends string = string,
  Role extends string = string,
  Metadata = MemberMetadata,
  Values = Settings,
> extends GuardOptions<Request, Permission, Role, Metadata, Values> {
  /** Responds to a denied request in the host's format. Default: problem details (RFC 9457). */
  readonly onDenied?: (denial: Denial, request: Request) => Response | Promise<Response>
}

/**
 * Guards routes on the Fetch API: Next route handlers, Bun, Deno and others.
 *
 * @throws {TypeError} naming the invalid option.
 *
 * @example
 * const guard = fetchGuard({ tenancy, tenant: fromHeader('x-tenant') })
 * const GET = guard.protect(['invoice:read'], (request, { access }) => Response.json(access.roles))
 */
export function fetchGuard<
  Permission extends string,
  Role extends string,
  Metadata = MemberMetadata,
  Values = Settings,
>({ onDenied = problemResponse, ...options }: FetchGuardOptions<Permission, Role, Metadata, Values>) {
  type Scope = TenancyScope<Permission, Role, Metadata, Values>
  const guard = createGuard<Request, Permission, Role, Metadata, Values>(options, 'fetchGuard')
  const open = (request: Request, permissions: readonly Permission[] = [], facts: FetchFacts = {}): Promise<Scope> =>
    guard.open(toHandlerRequest(request, pathOf(request)), factsOf(request, '', facts), permissions)
  async function deny(error: unknown, request: Request): Promise<Response> {
    const denial = denialOf(error)
    if (denial === null) throw error
    return onDenied(denial, request)
  }

  return Object.freeze({
    /** Opens the scope of a request; throws a `TenancyError` without all of these permissions. */
    open,
    openFor: guard.openFor,
    checkPermissions: guard.checkPermissions,
    /** The response to a denied request. Any other error is rethrown. */
    deny,
    /** A handler that requires all of these permissions. */
    protect<Rest extends readonly unknown[]>(
      permissions: readonly Permission[],
      handler: (request: Request, scope: Scope, ...rest: Rest) => Response | Promise<Response>,
    ) {
      guard.checkPermissions(permissions)
      return async (request: Request, ...rest: Rest): Promise<Response> => {
        let scope: Scope
        try {
          scope = await open(request, permissions)
        } catch (error) {
          return deny(error, request)
        }
        return handler(request, scope, ...rest)
      }
    },
  })
}

function problemResponse(denial: Denial): Response {
  return new Response(JSON.stringify(denial.problem), { status: denial.status, headers: denialHeaders(denial) })
}
