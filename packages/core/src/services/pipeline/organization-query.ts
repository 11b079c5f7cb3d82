import type { z } from 'zod'
import type { Reads } from '../../storage/port.js'
import { parseInput } from './parse-input.js'
import { retryWhenBusy } from './retry.js'
import { resolveOrganizationAccess, requireOrganizationId } from './organization-access.js'
import type { OrganizationScope, OrganizationAccess } from './organization-access.js'

interface OrganizationQueryCase<Input extends z.ZodType, Result> {
  readonly input: Input
  /** Operators may ask, too. */
  readonly who: 'member' | 'admin'
  run(step: OrganizationScope & OrganizationAccess & { readonly read: Reads }, input: z.output<Input>): Promise<Result>
}

/** A question about an organization. */
export function organizationQuery<Input extends z.ZodType, Result>(query: OrganizationQueryCase<Input, Result>) {
  return async (scope: OrganizationScope, raw: z.input<Input>): Promise<Result> => {
    const input = parseInput(query.input, raw)
    requireOrganizationId(scope)
    const { read } = scope.context.storage
    return retryWhenBusy(async () => {
      const tenantAccess = await resolveOrganizationAccess(read, scope, query.who)
      return query.run({ ...scope, ...tenantAccess, read }, input)
    }, scope.context)
  }
}
