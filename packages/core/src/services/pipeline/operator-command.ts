import { z } from 'zod'
import { Id } from '../../model/id.js'
import type { TenantStatus } from '../../model/tenant.js'
import { tenantCommand } from './command.js'
import type { TenantScope, TenantStep } from './command.js'
import { Reason } from './enter-tenant.js'
import type { Outcome } from './outcome.js'
import { parseInput } from './parse-input.js'
import type { Scope } from './scope.js'

/** Which tenant an operator's command is about, and why. */
const About = z.looseObject({ tenantId: Id, reason: Reason })

/** Which tenant an operator means, and why. */
export interface AboutTenant {
  readonly tenantId: string
  /** Kept with the event: a line of 1 to 500 characters. */
  readonly reason: string
}

/** A command that takes nothing else has an input without names. */
type Asked<Input> = string extends keyof Input ? AboutTenant : AboutTenant & Input

interface OperatorUseCase<Input extends z.ZodType, Result> {
  /** What is said beside the tenant and the reason. */
  readonly input: Input
  readonly statuses: readonly TenantStatus[]
  people?(scope: TenantScope, input: z.output<Input>): Promise<readonly string[]>
  run(step: TenantStep, input: z.output<Input>): Promise<Outcome<Result>>
}

/** A command about one tenant that operators alone may ask for, members of it or not. */
export function operatorCommand<Input extends z.ZodType, Result>(useCase: OperatorUseCase<Input, Result>) {
  const command = tenantCommand<Input, Result>({ ...useCase, permission: null })
  return async (scope: Scope, raw: Asked<z.input<Input>>): Promise<Result> => {
    const { tenantId, reason, ...input } = parseInput(About, raw)
    // What is left is the command's to parse.
    return command({ ...scope, tenantId, operator: { reason } }, input as unknown as z.input<Input>)
  }
}
