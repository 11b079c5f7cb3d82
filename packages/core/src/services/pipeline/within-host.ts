import type { Context } from './context.js'

/** What the calls within one transaction of the host work with. Nobody hears of what may never be committed. */
export function contextWithin(context: Context, hostTransaction: unknown): Context {
  const { emitter, outbox, eventDelivery, notifier } = context
  return {
    ...context,
    storage: context.storage.withTransaction(hostTransaction),
    hostTransaction: true,
    emitter: { ...emitter, emit() {} },
    outbox: outbox && { ...outbox, wake() {} },
    eventDelivery: eventDelivery && { ...eventDelivery, wake() {} },
    notifier: notifier && { ...notifier, wake() {} },
  }
}

/** For calls that count tries for good: a host that rolls back would give the tries back, and they would be endless. */
export function refuseWithinHost({ hostTransaction }: Pick<Context, 'hostTransaction'>, call: string): void {
  if (hostTransaction)
    throw new TypeError(`${call} counts tries for good, so it cannot be called within a transaction.`)
}
