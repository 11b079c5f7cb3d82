import {
  applyDecorators,
  createParamDecorator,
  HttpException,
  Injectable,
  SetMetadata,
  UseGuards,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common'
import { Reflector } from '@nestjs/core'
import { denialOf, type ScopeOf } from '@tenantry/http'
import type { Request } from 'express'
import { guard, type tenancy } from './tenancy.js'

export type Scope = ScopeOf<typeof tenancy>
type Permission = Parameters<Scope['access']['can']>[0]

const PERMISSIONS = 'tenancy:permissions'

@Injectable()
class TenancyGuard implements CanActivate {
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>()
    const permissions = new Reflector().getAllAndMerge<Permission[]>(PERMISSIONS, [
      context.getHandler(),
      context.getClass(),
    ])
    try {
      Object.assign(request, { tenancy: await guard.open(request, permissions) })
      return true
    } catch (error) {
      const denial = denialOf(error)
      throw denial ? new HttpException(denial.problem, denial.status, { cause: error }) : error
    }
  }
}

/** Requires all of these permissions; without any, a membership. For a class or a method. */
export function RequirePermissions(...permissions: readonly Permission[]) {
  // Checked when the class is defined, not on the first request.
  guard.require(...permissions)
  return applyDecorators(SetMetadata(PERMISSIONS, permissions), UseGuards(TenancyGuard))
}

/** The scope of the request: `list(@TenancyScope() scope: Scope)`. */
export const TenancyScope = createParamDecorator(
  (_data: unknown, context: ExecutionContext): unknown => context.switchToHttp().getRequest<Request>().tenancy,
)
