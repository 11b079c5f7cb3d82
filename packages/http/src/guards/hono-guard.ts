import type { MemberMetadata, Settings } from '@tenantry/core'
import type { FetchFacts } from '../mounts/fetch-messages.js'
import { fetchGuard } from './fetch-guard.js'
import type { FetchGuardOptions } from './fetch-guard.js'
import type { TenancyScope } from './tenancy-scope.js'

/** The properties of a Hono context that the guard uses. */
interface HonoContextLike {
  readonly req: { readonly raw: Request }
  set(key: never, value: never): void
}

export interface HonoGuardOptions<
  Permission extends string = string,
  Role extends string = string,
  Metadata = MemberMetadata,
  Values = Settings,
> extends FetchGuardOptions<Permission, Role, Metadata, Values> {
  /** Facts that only the server knows: the client's IP address, and the host behind a proxy that you trust. */
  readonly facts?: (request: Request) => FetchFacts
}

/**
 * Guards routes of Hono 4. A guarded handler reads its scope from `context.var.tenancy`.
 *
 * @throws {TypeError} naming the invalid option.
 *
 * @example
 * const guard = honoGuard({ tenancy, tenant: fromPath('/t/:tenant') })
 * const middleware = guard.require('invoice:read')
 */
export function honoGuard<
  Permission extends string,
  Role extends string,
  Metadata = MemberMetadata,
  Values = Settings,
>({ facts, ...options }: HonoGuardOptions<Permission, Role, Metadata, Values>) {
  const guard = fetchGuard<Permission, Role, Metadata, Values>(options)
  return Object.freeze({
    openFor: guard.openFor,
    /** Middleware that requires all of these permissions; without any, a membership. */
    require(...permissions: readonly Permission[]) {
      guard.checkPermissions(permissions)
      return async (context: HonoContextLike, next: () => Promise<void>): Promise<Response | undefined> => {
        const request = context.req.raw
        let scope: TenancyScope<Permission, Role, Metadata, Values>
        try {
          scope = await guard.open(request, permissions, facts?.(request))
        } catch (error) {
          return guard.deny(error, request)
        }
        // The host declares the variable in Hono's own type: `Variables: { tenancy: … }`.
        context.set('tenancy' as never, scope as never)
        await next()
        return undefined
      }
    },
  })
}
