import type { MemberMetadata, Settings } from '@tenantry/core'
import type { FetchFacts } from '../mounts/fetch-messages.js'
import { fetchGuard } from './fetch-guard.js'
import type { FetchGuardOptions } from './fetch-guard.js'
import type { TenancyScope } from './tenancy-scope.js'

/** What a context of Hono has that is needed here. */
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
  /** What the server knows of a request: the client's address, and its host behind a proxy that you trust. */
  readonly facts?: (request: Request) => FetchFacts
}

/**
 * Guards routes of Hono 4. A guarded handler finds its scope in `context.var.tenancy`.
 *
 * @throws {TypeError} naming what is wrong with an option.
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
    /** Middleware that lets a request through with all of these permissions only; without any, every member. */
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
        // Hono's own type knows the variable, which the host declares: `Variables: { tenancy: … }`.
        context.set('tenancy' as never, scope as never)
        await next()
        return undefined
      }
    },
  })
}
