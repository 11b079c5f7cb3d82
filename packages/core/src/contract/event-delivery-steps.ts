import assert from 'node:assert/strict'
import type { EventScope } from '../model/event.js'
import type { Storage } from '../storage/port.js'
import type { ChainClaim, ChainReads, ChainRepository, ClaimedChain } from '../storage/event-delivery-port.js'
import { contractCase, type ContractCase } from './contract-case.js'
import { noon } from './fixtures/rows.js'
import { write } from './write.js'

export const acme: EventScope = { tenantId: 'acme' }
export const zeta: EventScope = { tenantId: 'zeta' }
/** A user whose id is that of a tenant. */
export const userAcme: EventScope = { userId: 'acme' }

type Consumer = 'eventDelivery' | 'notificationChains'

/** One consumer's directory of chains. */
export interface Chains {
  readonly storage: Storage
  readonly consumer: Consumer
}

/** A case about a directory of chains, run on each of them. Nothing that is done to one may change the other. */
export function chainCase(id: string, name: string, check: (chains: Chains) => Promise<void>): ContractCase {
  const alone = async (storage: Storage, consumer: Consumer, other: Consumer) => {
    const before = await backlog({ storage, consumer: other })
    await check({ storage, consumer })
    assert.deepEqual(await backlog({ storage, consumer: other }), before, `nothing changes for ${other}`)
  }
  return contractCase(id, name, async (storage) => {
    await alone(storage, 'eventDelivery', 'notificationChains')
    await alone(storage, 'notificationChains', 'eventDelivery')
  })
}

export const backlog = ({ storage, consumer }: Chains): ReturnType<ChainReads['backlog']> =>
  storage.read[consumer].backlog()

const change = <Result>({ storage, consumer }: Chains, work: (chains: ChainRepository) => Promise<Result>) =>
  write(storage, (tx) => work(tx[consumer]))
export const mark = (chains: Chains, scope: EventScope, from: number, upTo: number, now = noon) =>
  change(chains, (directory) => directory.mark({ scope, from, upTo, now }))
export const claim = (chains: Chains, now: number, limit = 100, leaseUntil = now + 100) =>
  change(chains, (directory) => directory.claim({ now, limit, leaseUntil }))

/** The only chain that is due. */
export async function claimOne(chains: Chains, now: number): Promise<ClaimedChain> {
  const [chain, ...others] = await claim(chains, now)
  assert.deepEqual(others, [])
  assert.ok(chain, 'a chain is due')
  return chain
}

/** What a claimant may do with its claim. Each step answers whether the claim was good. */
export const stepsOn = (chains: Chains) => ({
  advance: (chain: ChainClaim, seq: number, leaseUntil = noon + 500) =>
    change(chains, (directory) => directory.advance(chain, { seq, at: noon - 1, leaseUntil })),
  release: (chain: ChainClaim, now = noon) => change(chains, (directory) => directory.release(chain, now)),
  postpone: (chain: ChainClaim, dueAt: number) => change(chains, (directory) => directory.postpone(chain, dueAt)),
})
