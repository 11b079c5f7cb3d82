import type { z } from 'zod'
import type { User } from '../../model/user.js'
import type { TenancyPermission } from '../../policy/permissions.js'
import type { Reads } from '../../storage/port.js'
import { requireCaller, requireUserId, unauthenticated, userIdOf } from './actor.js'
import { authorize, requireTenantId } from './authorize.js'
import type { TenantAccess } from './authorize.js'
import { requireOperator } from './command.js'
import type { Scope, TenantScope } from './command.js'
import { enterTenant } from './enter-tenant.js'
import { parseInput } from './parse-input.js'
import { retryWhenBusy } from './retry.js'

type TenantQuestion = TenantScope & TenantAccess & { readonly read: Reads }

interface TenantQueryCase<Input extends z.ZodType, Result> {
  readonly input: Input
  readonly permission: TenancyPermission | null
  run(step: TenantQuestion, input: z.output<Input>): Promise<Result>
}

/** A question inside a tenant: parse, load the actor's access, authorize, read. */
export function tenantQuery<Input extends z.ZodType, Result>(query: TenantQueryCase<Input, Result>) {
  return async (scope: TenantScope, raw: z.input<Input>): Promise<Result> => {
    const input = parseInput(query.input, raw)
    requireCaller(scope.actor)
    requireTenantId(scope)
    const { read } = scope.context.storage
    return retryWhenBusy(async () => {
      const tenantAccess = await enterTenant(scope, read)
      if (query.permission) authorize(scope.context, tenantAccess, query.permission)
      return query.run({ ...scope, ...tenantAccess, read }, input)
    }, scope.context)
  }
}

interface GlobalQueryCase<Input extends z.ZodType, Result> {
  readonly input: Input
  readonly who: 'anyone' | 'user' | 'operator'
  run(step: Scope & { readonly read: Reads; readonly user: User | null }, input: z.output<Input>): Promise<Result>
}

/** A question outside any tenant. */
export function globalQuery<Input extends z.ZodType, Result>(query: GlobalQueryCase<Input, Result>) {
  return async (scope: Scope, raw: z.input<Input>): Promise<Result> => {
    const input = parseInput(query.input, raw)
    if (query.who === 'user') requireUserId(scope.actor)
    const { read } = scope.context.storage
    return retryWhenBusy(async () => {
      const userId = userIdOf(scope.actor)
      const user = userId === null ? null : await read.users.find(userId)
      if (userId !== null && user?.status !== 'active') throw unauthenticated()
      if (query.who === 'operator') requireOperator(scope.actor, user)
      return query.run({ ...scope, read, user }, input)
    }, scope.context)
  }
}
