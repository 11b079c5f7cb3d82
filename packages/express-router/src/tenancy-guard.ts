import { createGuard, denialOf, denialHeaders } from '@tenantry/http'
import type { Denial, GuardOptions, RegisteredScope, TenancyScope } from '@tenantry/http'
import { toHandlerRequest } from '@tenantry/http/node'
import type { MemberMetadata, Settings } from '@tenantry/core'
import type { NextFunction, Request, RequestHandler, Response } from 'express'
import { factsOf } from './request-facts.js'

declare global {
  // Express requires this form to extend its types.
  // eslint-disable-next-line @typescript-eslint/no-namespace
  namespace Express {
    interface Request {
      /** The scope that `guard.require()` opened, typed by the registered tenancy. */
      tenancy: RegisteredScope
    }
  }
}

export interface TenancyGuardOptions<
  Permission extends string = string,
  Role extends string = string,
  Metadata = MemberMetadata,
  Values = Settings,
> extends GuardOptions<Request, Permission, Role, Metadata, Values> {
  /** Responds to a denied request in the host's format. Default: problem details (RFC 9457). */
  readonly onDenied?: (denial: Denial, request: Request, response: Response, next: NextFunction) => void
}

/**
 * Guards routes of Express 4 and 5. A guarded handler reads its scope from `request.tenancy`.
 *
 * @throws {TypeError} naming the invalid option.
 *
 * @example
 * const guard = tenancyGuard({ tenancy, tenant: fromPath('/t/:tenant') })
 * app.get('/t/:tenant/invoices', guard.require('invoice:read'), (request, response) => {
 *   response.json({ roles: request.tenancy.access.roles })
 * })
 */
export function tenancyGuard<
  Permission extends string,
  Role extends string,
  Metadata = MemberMetadata,
  Values = Settings,
>({ onDenied = sendProblem, ...options }: TenancyGuardOptions<Permission, Role, Metadata, Values>) {
  type Scope = TenancyScope<Permission, Role, Metadata, Values>
  const guard = createGuard<Request, Permission, Role, Metadata, Values>(options, 'tenancyGuard')
  // The full path, even below nested routers.
  const open = (request: Request, permissions: readonly Permission[] = []): Promise<Scope> =>
    guard.open(toHandlerRequest(request, request.originalUrl, null), factsOf(request, ''), permissions)

  return Object.freeze({
    /** Opens the scope of a request; throws a `TenancyError` without all of these permissions. */
    open,
    openFor: guard.openFor,
    /** Middleware that requires all of these permissions; without any, a membership. */
    require(...permissions: readonly Permission[]): RequestHandler {
      guard.checkPermissions(permissions)
      return (request, response, next) => {
        const admit = (scope: Scope): void => {
          Object.assign(request, { tenancy: scope })
          next()
        }
        const refuse = (error: unknown): void => {
          const denial = denialOf(error)
          if (denial === null) next(error)
          else onDenied(denial, request, response, next)
        }
        void open(request, permissions).then(admit, refuse)
      }
    },
  })
}

function sendProblem(denial: Denial, _request: Request, response: Response): void {
  // `send` would add a charset to the media type.
  response.status(denial.status).set(denialHeaders(denial)).end(JSON.stringify(denial.problem))
}
