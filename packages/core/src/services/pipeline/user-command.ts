import type { z } from 'zod'
import type { User } from '../../model/user.js'
import { requireUserId, unauthenticated } from './actor.js'
import { execute, openByActing } from './command.js'
import type { Scope, Step } from './command.js'
import type { Outcome } from './outcome.js'
import { parseInput } from './parse-input.js'

export type UserStep = Step & { readonly user: User }

interface UserUseCase<Input extends z.ZodType, Result> {
  readonly input: Input
  /** The tenants whose rows are held. They are looked for without a lock, and anew on each attempt. */
  tenants(scope: Scope & { readonly userId: string }, input: z.output<Input>): Promise<readonly string[]>
  run(step: UserStep, input: z.output<Input>): Promise<Outcome<Result>>
}

/** A command about resources that are named without a tenant, in whichever of the caller's tenants they are. */
export function userCommand<Input extends z.ZodType, Result>(useCase: UserUseCase<Input, Result>) {
  return async (scope: Scope, raw: z.input<Input>): Promise<Result> => {
    const input = parseInput(useCase.input, raw)
    const userId = requireUserId(scope.actor)
    const prepare = async () => ({
      locks: { tenants: [...new Set(await useCase.tenants({ ...scope, userId }, input))], users: [userId] },
      scope: { userId },
      found: null,
    })
    return execute(scope, prepare, async (step) => {
      const user = await step.tx.users.find(userId)
      if (user?.status !== 'active') throw unauthenticated()
      await openByActing(step, user)
      return useCase.run({ ...step, user }, input)
    })
  }
}

/** Where resources of these ids are seen and owned, for their rows to be held. */
export async function tenantIdsOfResources(
  { context, userId }: Scope & { readonly userId: string },
  { type, ids }: { readonly type: string; readonly ids: readonly string[] },
): Promise<readonly string[]> {
  const places: string[] = []
  for (const id of ids) {
    const seen = await context.storage.read.resources.findForUser({ userId, type, id })
    places.push(...seen.flatMap(({ tenantId, ownerTenantId }) => [tenantId, ownerTenantId]))
  }
  return places
}
