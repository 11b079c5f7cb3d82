import type { Tenant } from '../../../model/tenant.js'
import type { CounterRepository } from '../../../storage/counter-port.js'
import type { Context } from '../../pipeline/context.js'
import { networkOf } from '../../pipeline/network.js'
import { refuseWithinHost } from '../../pipeline/within-host.js'
import { consumeRateLimit } from './consume-rate-limit.js'
import { consumeEmailLimits } from './consume-email-limits.js'
import type { EmailStep } from './consume-email-limits.js'
import { peek, reset, consume } from './consume.js'

/** Rejects with `transfer_locked` while the owner's transfers are locked by wrong codes. */
export async function refuseLockedTransfer({ tx, now }: EmailStep, ownerId: string): Promise<void> {
  const refusal = await peek(tx.counters, { rule: 'transferTry', key: ownerId, now })
  if (refusal) throw refusal
}

/**
 * Counts one mail with a code, within the command that causes it. Rejects with `email_limit_exceeded`. The limit per
 * recipient does not count it: others could fill it and so keep an owner from handing over.
 */
export async function consumeTransferEmail(
  step: EmailStep & { readonly tenant: Tenant },
  { ownerId }: { readonly ownerId: string },
): Promise<void> {
  const { tx, tenant, now } = step
  const network = networkOf(step.actor)
  const refusal =
    (network === null ? null : await consume(tx.counters, { rule: 'transferEmailPerIp', key: network, now })) ??
    (await consume(tx.counters, { rule: 'transferEmailPerOwner', key: ownerId, now }))
  if (refusal) throw refusal
  await consumeEmailLimits(step, { tenant })
}

/** Counts a guess of a code before it is looked at, for good. Rejects with `transfer_locked` when there were too many. */
export async function countTransferTry(
  context: Pick<Context, 'storage' | 'clock' | 'hostTransaction'>,
  ownerId: string,
): Promise<void> {
  refuseWithinHost(context, 'ownership.verify()')
  await consumeRateLimit(context, 'transferTry', ownerId)
}

/** The right code was given: its guesses count no more. */
export function forgetTransferTries(counters: CounterRepository, ownerId: string): Promise<void> {
  return reset(counters, { rule: 'transferTry', key: ownerId })
}
