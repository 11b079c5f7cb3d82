import type { Tenant } from '../../model/tenant.js'
import type { CounterRepository } from '../../storage/counter-port.js'
import type { Context } from '../context.js'
import { networkOf } from '../network.js'
import { refuseWithinHost } from '../within-host.js'
import { consumeRateLimit } from './consume-rate-limit.js'
import { spendMailLimits } from './spend-mail-limits.js'
import type { MailStep } from './spend-mail-limits.js'
import { foresee, forgive, spend } from './spend.js'

/** Rejects with `transfer_locked` while the owner's transfers are locked by wrong codes. */
export async function refuseLockedTransfer({ tx, now }: MailStep, ownerId: string): Promise<void> {
  const refusal = await foresee(tx.counters, { rule: 'transferTry', key: ownerId, now })
  if (refusal) throw refusal
}

/**
 * Counts one mail with a code, within the command that causes it. Rejects with `mail_limit_exceeded`. The limit per
 * recipient does not count it: others could fill it and so keep an owner from handing over.
 */
export async function spendTransferMail(
  step: MailStep & { readonly tenant: Tenant },
  { ownerId }: { readonly ownerId: string },
): Promise<void> {
  const { tx, tenant, now } = step
  const network = networkOf(step.actor)
  const refusal =
    (network === null ? null : await spend(tx.counters, { rule: 'transferMailPerIp', key: network, now })) ??
    (await spend(tx.counters, { rule: 'transferMailPerOwner', key: ownerId, now }))
  if (refusal) throw refusal
  await spendMailLimits(step, { tenant })
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
  return forgive(counters, { rule: 'transferTry', key: ownerId })
}
