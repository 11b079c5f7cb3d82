import assert from 'node:assert/strict'
import type { EventScope } from '../model/event.js'
import type { Storage } from '../storage/port.js'
import type { ChainClaim, ClaimedChain, RelayRepository } from '../storage/relay-port.js'
import { noon } from './given.js'
import { write } from './write.js'

export const acme: EventScope = { tenantId: 'acme' }
export const zeta: EventScope = { tenantId: 'zeta' }
/** A user whose id is that of a tenant. */
export const userAcme: EventScope = { userId: 'acme' }

export const relay = <Result>(storage: Storage, work: (relay: RelayRepository) => Promise<Result>) =>
  write(storage, (tx) => work(tx.relay))
export const mark = (storage: Storage, scope: EventScope, from: number, upTo: number, now = noon) =>
  relay(storage, (chains) => chains.mark({ scope, from, upTo, now }))
export const claim = (storage: Storage, now: number, limit = 100, leaseUntil = now + 100) =>
  relay(storage, (chains) => chains.claim({ now, limit, leaseUntil }))

/** The only chain that is due. */
export async function claimOne(storage: Storage, now: number): Promise<ClaimedChain> {
  const [chain, ...others] = await claim(storage, now)
  assert.deepEqual(others, [])
  assert.ok(chain, 'a chain is due')
  return chain
}

/** What a claimant may do with its claim. Each step answers whether the claim was good. */
export const stepsOn = (storage: Storage) => ({
  advance: (chain: ChainClaim, seq: number, leaseUntil = noon + 500) =>
    relay(storage, (chains) => chains.advance(chain, { seq, at: noon - 1, leaseUntil })),
  release: (chain: ChainClaim, now = noon) => relay(storage, (chains) => chains.release(chain, now)),
  postpone: (chain: ChainClaim, dueAt: number) => relay(storage, (chains) => chains.postpone(chain, dueAt)),
})
