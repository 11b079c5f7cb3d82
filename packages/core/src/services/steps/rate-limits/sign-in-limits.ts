import { createHash } from 'node:crypto'
import type { CounterRepository } from '../../../storage/counter-port.js'
import type { Scope } from '../../pipeline/command.js'
import { networkOf } from '../../pipeline/network.js'
import { retryWhenBusy } from '../../pipeline/retry.js'
import { reset, consume } from './consume.js'

/** How long a network from which an account signed in is known as one of its own. */
const KNOWN_MS = 90 * 24 * 60 * 60 * 1000

/** What account is tried: its id, or what was typed as an address where there is none. They are told apart. */
type Account = readonly ['user' | 'typed', string]

interface Try {
  readonly account: Account
  readonly network: string | null
}

/**
 * Counts a try of a password before it is looked at, for good. Rejects with `rate_limited`.
 *
 * Each network has tries of its own for each account, so guesses from one place keep nobody out elsewhere. All networks
 * from which the account never signed in share a second number, more than any single one of them can use up, so guessing
 * from many places is bounded, too; those from which it did sign in do not share in it, and so stay open to its owner.
 */
export async function countSignIn(
  { context, actor }: Scope,
  { userId, typed }: { readonly userId: string | undefined; readonly typed: string },
): Promise<void> {
  const network = networkOf(actor)
  const account: Account = userId === undefined ? ['typed', typed] : ['user', userId]
  const tried = { account, network }
  const count = () =>
    context.storage.transaction({}, async ({ counters }) => {
      const now = context.clock()
      return (
        (network === null ? null : await consume(counters, { rule: 'signInPerIp', key: network, now })) ??
        (await consume(counters, { rule: 'signInFromNetwork', key: pairOf(tried), now })) ??
        ((await counters.find({ key: knownKey(tried), now }))
          ? null
          : await consume(counters, { rule: 'signInFromUnknown', key: JSON.stringify(account), now }))
      )
    })
  const refusal = await retryWhenBusy(count, context)
  if (refusal) throw refusal
}

/** The right password was given: its network has all tries again, and is known from now on. */
export async function rememberSignIn(
  counters: CounterRepository,
  { userId, network, now }: { readonly userId: string; readonly network: string | null; readonly now: number },
): Promise<void> {
  const right: Try = { account: ['user', userId], network }
  await reset(counters, { rule: 'signInFromNetwork', key: pairOf(right) })
  const key = knownKey(right)
  await counters.add({ key, points: 1, expiresAt: now + KNOWN_MS, now, restart: true })
}

function pairOf({ account, network }: Try): string {
  return JSON.stringify([account, network])
}

/** Only a hash is kept of who was where. */
function knownKey(tried: Try): string {
  return `knownNetwork:${createHash('sha256').update(pairOf(tried)).digest('hex')}`
}
