import type { NewEvent, OperatorNote, TenancyEvent } from '../../events.js'
import { isReachable } from '../../model/no-address.js'
import type { Event, EventScope } from '../../model/event.js'
import type { EventHead } from '../../storage/event-port.js'
import type { Transaction } from '../../storage/port.js'
import type { Actor } from './actor.js'
import { userIdOf } from './actor.js'
import { hashEvent } from './chain.js'
import type { Context } from './context.js'
import type { EmailMessage } from './email-message.js'
import { addressOf } from './network.js'
import { notificationFor } from './notification-template.js'
import { markChains } from './mark-chains.js'

/** What the middle of a command hands back: its answer, what has happened, and which mails that causes. */
export interface Outcome<Result> {
  readonly result: Result
  readonly events: readonly NewEvent[]
  readonly emails?: readonly EmailMessage[]
}

/** Who did it, when, and where events without a scope of their own belong. */
interface EventMetadata {
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
  circumstances: EventMetadata,
): Promise<readonly TenancyEvent[]> {
  const appended = await append(context, tx, outcome.events, circumstances)
  if (context.eventDelivery) await markChains(tx.eventDelivery, appended, circumstances.now)
  if (context.notifier) {
    const template = appended.filter((event) => notificationFor(event) !== null)
    await markChains(tx.notificationChains, template, circumstances.now)
  }
  if (!context.outbox) return appended
  const tenantId = 'tenantId' in circumstances.scope ? circumstances.scope.tenantId : null
  for (const mail of (outcome.emails ?? []).filter(({ to }) => isReachable(to))) {
    await tx.emails.enqueue(context.outbox.seal({ id: context.newId(), tenantId, mail, now: circumstances.now }))
  }
  return appended
}

/** What every event of an operator tells beside its own. */
function operatorIn({ actor, operator }: EventMetadata): { readonly operator?: OperatorNote } {
  return operator ? { operator: { userId: userIdOf(actor), reason: operator.reason } } : {}
}

/** Writes the events, one alone or many at once, each linked to the one before it in its chain. */
async function append(
  context: Context,
  tx: Transaction,
  events: readonly NewEvent[],
  circumstances: EventMetadata,
): Promise<readonly TenancyEvent[]> {
  const ends = new Map<string, EventHead | null>()
  const entries: Event[] = []
  for (const event of events) {
    const scope = event.scope ?? circumstances.scope
    const chain = JSON.stringify(scope)
    const end = ends.get(chain) ?? (beginsItsChain(event) ? null : await tx.events.head(scope))
    const entry = linked(context, { ...event, scope }, end, circumstances)
    ends.set(chain, entry)
    entries.push(entry)
  }
  const [only] = entries
  if (only && entries.length === 1) await tx.events.append(only)
  else if (only) await tx.events.appendMany(entries)
  // `type` and `data` come from one NewEvent each, so they belong together.
  return entries as readonly Event[] as readonly TenancyEvent[]
}

/** A new tenant has no events, so its first one need not look for the end of its chain. */
function beginsItsChain({ type }: NewEvent): boolean {
  return type === 'tenant.created'
}

function linked(
  context: Context,
  { scope, type, target, data }: NewEvent & { readonly scope: EventScope },
  end: EventHead | null,
  circumstances: EventMetadata,
): Event {
  const entry = {
    scope,
    seq: (end?.seq ?? 0) + 1,
    id: context.newId(),
    type,
    actorId: userIdOf(circumstances.actor),
    target,
    at: circumstances.now,
    ip: addressOf(circumstances.actor),
    // What an event tells is declared in EventData, all of it JSON.
    data: { ...data, ...operatorIn(circumstances) } as Event['data'],
    previousHash: end?.hash ?? null,
  }
  return Object.freeze({ ...entry, hash: hashEvent(entry) })
}
