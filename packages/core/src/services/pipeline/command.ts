import type { z } from 'zod'
import { TenancyError } from '../../errors.js'
import type { TenancyEvent } from '../../events.js'
import type { EventScope } from '../../model/event.js'
import type { TenantStatus } from '../../model/tenant.js'
import type { User } from '../../model/user.js'
import type { TenancyPermission } from '../../policy/permissions.js'
import type { Locks, Transaction } from '../../storage/port.js'
import { isSystem, requireCaller, requireUserId, unauthenticated, userIdOf } from './actor.js'
import type { Actor } from './actor.js'
import { authorize, requireTenantId } from './authorize.js'
import type { MemberAccess, TenantAccess } from './authorize.js'
import { enterTenant, requireMember } from './enter-tenant.js'
import { markSeen } from './mark-seen.js'
import { recordOutcome } from './outcome.js'
import type { Outcome } from './outcome.js'
import { parseInput } from './parse-input.js'
import { retryWhenBusy } from './retry.js'
import type { Scope, TenantScope } from './scope.js'

export type { Scope, TenantScope } from './scope.js'

/** What the middle of any command works with. Nothing in it may have an effect outside `tx`: it may run again. */
export interface Step extends Scope {
  readonly tx: Transaction
  /** The rows that are held. */
  readonly locks: Locks
  readonly now: number
}

export type TenantStep = Step & TenantAccess & { readonly tenantId: string }

/** The step of a command that only members may ask for. */
export type MemberStep = Step & MemberAccess & { readonly tenantId: string }

interface TenantUseCase<Input extends z.ZodType, Result, ItsStep = TenantStep> {
  readonly input: Input
  readonly permission: TenancyPermission | null
  /** The user the command is about, when doing it to oneself is refused. */
  readonly otherThanSelf?: (input: z.output<Input>) => string | null
  /** The statuses the tenant may have. Default: `active` only. */
  readonly statuses?: readonly TenantStatus[]
  /** The users whose rows are held beside the tenant's. They are looked for without a lock, and anew on each attempt. */
  people?(scope: TenantScope, input: z.output<Input>): Promise<readonly string[]>
  /** Other tenants whose rows are held, too. They are looked for in the same way. */
  otherTenants?(scope: TenantScope, input: z.output<Input>): Promise<readonly string[]>
  run(step: ItsStep, input: z.output<Input>): Promise<Outcome<Result>>
}

/**
 * A command inside a tenant: parse, begin, lock the tenant, load the actor's access, authorize, run the middle,
 * append its events and mails, commit, emit. `permission: null` is for what every member may do, and every operator.
 */
export function tenantCommand<Input extends z.ZodType, Result>(useCase: TenantUseCase<Input, Result>) {
  return async (scope: TenantScope, raw: z.input<Input>): Promise<Result> => {
    const input = parseInput(useCase.input, raw)
    const userId = requireCaller(scope.actor)
    const tenantId = requireTenantId(scope)
    const prepare = async () => ({
      locks: {
        tenants: [...new Set([tenantId, ...((await useCase.otherTenants?.(scope, input)) ?? [])])],
        users: (await useCase.people?.(scope, input)) ?? [],
      },
      scope: { tenantId },
      found: null,
    })
    return execute(scope, prepare, async (step) => {
      const tenantAccess = await enterTenant({ ...scope, tenantId }, step.tx, useCase.statuses)
      if (userId !== null && useCase.otherThanSelf?.(input) === userId)
        throw new TenancyError('self_action_forbidden', 'You cannot perform this action on yourself', {})
      if (useCase.permission) authorize(scope.context, tenantAccess, useCase.permission)
      await markSeen(step.tx, tenantAccess, step.now)
      if (tenantAccess.user) await openByActing(step, tenantAccess.user)
      return useCase.run({ ...step, ...tenantAccess, tenantId }, input)
    })
  }
}

/** A command inside a tenant that needs a member: what it makes is the caller's own, or ends what they are. */
export function memberCommand<Input extends z.ZodType, Result>(useCase: TenantUseCase<Input, Result, MemberStep>) {
  return tenantCommand<Input, Result>({
    ...useCase,
    run: (step, input) => useCase.run({ ...step, ...requireMember(step) }, input),
  })
}

export type GlobalStep = Step & {
  /** The signed-in user as stored; `null` for a guest and for the system. */
  readonly user: User | null
}

/** The rows to hold, and whose chain the events go to. What was `found` on the way was read without a lock. */
export interface Prepared<Found> {
  readonly locks: Locks
  readonly scope: EventScope
  readonly found: Found
}

interface GlobalUseCase<Input extends z.ZodType, Found, Result> {
  readonly input: Input
  /** `operator` is a superuser or the host's own code. */
  readonly who: 'anyone' | 'user' | 'operator'
  /** Looks for what to hold, without a lock, and anew on each attempt. */
  prepare(scope: Scope, input: z.output<Input>): Promise<Prepared<Found>>
  run(step: GlobalStep, input: z.output<Input>, found: Found): Promise<Outcome<Result>>
}

/** A command outside any tenant, or one that finds its tenant by itself, such as accepting an invitation. */
export function globalCommand<Input extends z.ZodType, Found, Result>(useCase: GlobalUseCase<Input, Found, Result>) {
  return async (scope: Scope, raw: z.input<Input>): Promise<Result> => {
    const input = parseInput(useCase.input, raw)
    if (useCase.who === 'user') requireUserId(scope.actor)
    const prepare = () => useCase.prepare(scope, input)
    return execute(scope, prepare, async (step, found) => {
      const userId = userIdOf(scope.actor)
      const user = userId === null ? null : await step.tx.users.find(userId)
      if (userId !== null && user?.status !== 'active') throw unauthenticated()
      if (useCase.who === 'operator') requireOperator(scope.actor, user)
      if (user) await openByActing(step, user)
      return useCase.run({ ...step, user }, input, found)
    })
  }
}

/** Whoever acts is there: their account waits for nobody. */
export async function openByActing({ tx }: Step, { id, waitingSince }: User): Promise<void> {
  if (waitingSince !== null) await tx.users.update({ id, set: { waitingSince: null } })
}

export function requireOperator(actor: Actor, user: User | null): void {
  if (isSystem(actor) || user?.superuser) return
  if (!user) throw unauthenticated()
  throw new TenancyError('forbidden', 'Only operators may do this', {})
}

/** Runs the middle in a transaction with its events and mails, and tells what has happened after the commit. */
export async function execute<Found, Result>(
  scope: Scope,
  prepare: () => Promise<Prepared<Found>>,
  middle: (step: Step, found: Found) => Promise<Outcome<Result>>,
): Promise<Result> {
  const { context, actor } = scope
  const run = async () => {
    const { locks, scope: eventScope, found } = await prepare()
    return context.storage.transaction(locks, async (tx): Promise<[Outcome<Result>, readonly TenancyEvent[]]> => {
      const now = context.clock()
      const done = await middle({ context, actor, tx, locks, now }, found)
      const { operator } = scope
      return [done, await recordOutcome(context, tx, done, { actor, operator, now, scope: eventScope })]
    })
  }
  const [outcome, events] = await retryWhenBusy(run, context)
  for (const event of events) context.emitter.emit(event)
  if (events.length > 0) {
    context.eventDelivery?.wake()
    context.notifier?.wake()
  }
  if (outcome.emails?.length) context.outbox?.wake()
  return outcome.result
}
