import type { z } from 'zod'
import type { Locks } from '../../storage/port.js'
import { execute } from './command.js'
import type { Step } from './command.js'
import type { Outcome } from './outcome.js'
import { parseInput } from './parse-input.js'
import { resolveOrganizationAccess, requireOrganizationId } from './organization-access.js'
import type { OrganizationScope, OrganizationAccess } from './organization-access.js'

export type OrganizationStep = Step & OrganizationAccess & { readonly organizationId: string }

type MoreLocks = Omit<Locks, 'organizations'>

interface OrganizationUseCase<Input extends z.ZodType, Result> {
  readonly input: Input
  /** The rows to hold beside the organization's. They are looked for without a lock, and anew on each attempt. */
  locks?(input: z.output<Input>, scope: OrganizationScope): MoreLocks | Promise<MoreLocks>
  run(step: OrganizationStep, input: z.output<Input>): Promise<Outcome<Result>>
}

/** A command about an organization, for its admins and for operators: the twin of a command inside a tenant. */
export function organizationCommand<Input extends z.ZodType, Result>(useCase: OrganizationUseCase<Input, Result>) {
  return async (scope: OrganizationScope, raw: z.input<Input>): Promise<Result> => {
    const input = parseInput(useCase.input, raw)
    const organizationId = requireOrganizationId(scope)
    const prepare = async () => ({
      locks: { ...(await useCase.locks?.(input, scope)), organizations: [organizationId] },
      scope: { organizationId },
      found: null,
    })
    return execute(scope, prepare, async (step) => {
      const tenantAccess = await resolveOrganizationAccess(step.tx, scope, 'admin')
      return useCase.run({ ...step, ...tenantAccess, organizationId }, input)
    })
  }
}
