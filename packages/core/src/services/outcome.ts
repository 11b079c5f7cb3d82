import type { NewEvent, OperatorNote, TenancyEvent } from '../events.js'
import type { EventScope } from '../model/event.js'
import type { Transaction } from '../storage/port.js'
import type { Actor } from './actor.js'
import { userIdOf } from './actor.js'
import { hashEvent } from './chain.js'
import type { Context } from './context.js'
import type { Mail } from './mails/mail.js'
import { addressOf } from './network.js'
import { tellingOf } from './notifications/telling.js'
import { markChains } from './relay/mark-chains.js'

/** What the middle of a command hands back: its answer, what has happened, and which mails that causes. */
export interface Outcome<Result> {
  readonly result: Result
  readonly events: readonly NewEvent[]
  readonly mails?: readonly Mail[]
}

/** Who did it, when, and where events without a scope of their own belong. */
interface Circumstances {
  readonly actor: Actor
  /** Set when an operator acts in a tenant. */
  readonly operator?: { readonly reason: string } | undefined
  readonly now: number
  readonly scope: EventScope
}

/** Appends the events to their chains and the mails to the outbox, in the transaction that made them true. */
export async function recordOutcome(
  context: Context,
  tx: Transaction,
  outcome: Outcome<unknown>,
  circumstances: Circumstances,
): Promise<readonly TenancyEvent[]> {
  const appended: TenancyEvent[] = []
  for (const event of outcome.events) appended.push(await append(context, tx, event, circumstances))
  if (context.relay) await markChains(tx.relay, appended, circumstances.now)
  if (context.notifier) {
    const telling = appended.filter((event) => tellingOf(event) !== null)
    await markChains(tx.notificationChains, telling, circumstances.now)
  }
  if (!context.outbox) return appended
  const tenantId = 'tenantId' in circumstances.scope ? circumstances.scope.tenantId : null
  for (const mail of outcome.mails ?? []) {
    await tx.mails.enqueue(context.outbox.seal({ id: context.newId(), tenantId, mail, now: circumstances.now }))
  }
  return appended
}

/** What every event of an operator tells beside its own. */
function operatorIn({ actor, operator }: Circumstances): { readonly operator?: OperatorNote } {
  return operator ? { operator: { userId: userIdOf(actor), reason: operator.reason } } : {}
}

async function append(
  context: Context,
  tx: Transaction,
  event: NewEvent,
  circumstances: Circumstances,
): Promise<TenancyEvent> {
  const scope = event.scope ?? circumstances.scope
  const head = await tx.events.head(scope)
  const entry = {
    scope,
    seq: (head?.seq ?? 0) + 1,
    id: context.newId(),
    type: event.type,
    actorId: userIdOf(circumstances.actor),
    target: event.target,
    at: circumstances.now,
    ip: addressOf(circumstances.actor),
    // What an event tells is declared in EventData, all of it JSON.
    data: { ...event.data, ...operatorIn(circumstances) } as TenancyEvent['data'] & Record<string, never>,
    previousHash: head?.hash ?? null,
  }
  const appended = { ...entry, hash: hashEvent(entry) }
  await tx.events.append(appended)
  // `type` and `data` come from one NewEvent, so they belong together.
  return Object.freeze(appended) as TenancyEvent
}
