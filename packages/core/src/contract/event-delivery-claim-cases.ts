import assert from 'node:assert/strict'
import type { ChainClaim } from '../storage/event-delivery-port.js'
import { noon } from './fixtures/rows.js'
import {
  acme,
  backlog,
  chainCase,
  claim,
  claimOne,
  mark,
  stepsOn,
  userAcme,
  type Chains,
} from './event-delivery-steps.js'

/** A step is refused to whoever lost the claim, whichever way, and to whoever has another chain's. */
async function assertGuarded(
  chains: Chains,
  step: (steps: ReturnType<typeof stepsOn>, chain: ChainClaim) => Promise<boolean>,
): Promise<void> {
  const steps = stepsOn(chains)
  await mark(chains, acme, 1, 9)
  const lost = await claimOne(chains, noon)
  const taken = await claimOne(chains, noon + 100)
  assert.equal(await step(steps, lost), false, 'another claimed it when the lease had ended')
  assert.equal(await step(steps, { ...taken, scope: userAcme }), false, 'a chain that was never marked')
  assert.equal(await steps.advance(taken, 1, noon + 300), true)
  const further = { scope: acme, seq: 1, leaseUntil: noon + 300 }
  assert.equal(await step(steps, taken), false, 'it went on')
  assert.equal(await step(steps, { ...further, seq: 0 }), false, 'it went on, and its lease is the same')
  assert.deepEqual(await backlog(chains), { waiting: 8, waitingSince: noon - 1 })
  assert.deepEqual(await claim(chains, noon + 299), [], 'nothing was made due')
  assert.equal(await step(steps, further), true)
}

export const eventDeliveryClaimCases = [
  chainCase('relay-advance', 'A claim moves on from event to event and renews its lease', async (chains) => {
    const { advance, postpone } = stepsOn(chains)
    await mark(chains, acme, 1, 5)
    await mark(chains, userAcme, 1, 7)
    const claimed = await claim(chains, noon)
    const [chain] = claimed.filter(({ scope }) => 'tenantId' in scope)
    assert.ok(chain)
    assert.equal(await advance(chain, 1, noon + 2000), true)
    assert.equal(await advance({ ...chain, seq: 1, leaseUntil: noon + 2000 }, 2, noon + 3000), true)
    assert.deepEqual(await claimOne(chains, noon + 2999), {
      scope: userAcme,
      seq: 0,
      attempts: 2,
      leaseUntil: noon + 3099,
    })
    assert.equal(await postpone({ ...chain, seq: 2, leaseUntil: noon + 3000 }, noon + 3050), true)
    assert.deepEqual(await claimOne(chains, noon + 3050), {
      scope: acme,
      seq: 2,
      attempts: 2,
      leaseUntil: noon + 3150,
    })
  }),

  chainCase('relay-advance-guard', 'A claim that was lost moves nothing on', (chains) =>
    assertGuarded(chains, (steps, chain) => steps.advance(chain, 2, noon + 900)),
  ),

  chainCase(
    'relay-release',
    'A released chain is due while marked events are beyond its place, else at rest',
    async (chains) => {
      const { advance, release } = stepsOn(chains)
      await mark(chains, acme, 1, 1)
      await advance(await claimOne(chains, noon), 1, noon + 200)
      await mark(chains, acme, 2, 2, noon + 1)
      assert.equal(await release({ scope: acme, seq: 1, leaseUntil: noon + 200 }, noon + 5), true)
      assert.deepEqual(await claim(chains, noon + 4), [])
      const chain = await claimOne(chains, noon + 5)
      assert.deepEqual(chain, { scope: acme, seq: 1, attempts: 1, leaseUntil: noon + 105 })
      await advance(chain, 3, noon + 200)
      assert.equal(await release({ scope: acme, seq: 3, leaseUntil: noon + 200 }, noon + 6), true)
      assert.deepEqual(await claim(chains, noon + 10_000), [])
      assert.deepEqual(await backlog(chains), { waiting: 0, waitingSince: null })
    },
  ),

  chainCase(
    'relay-release-race',
    'A chain that is marked and released at the same time is due afterwards',
    async (chains) => {
      const { advance, release } = stepsOn(chains)
      await mark(chains, acme, 1, 1)
      for (let seq = 1; seq <= 20; seq += 1) {
        await advance(await claimOne(chains, noon), seq, noon + 500)
        const mine = { scope: acme, seq, leaseUntil: noon + 500 }
        const steps: (() => Promise<unknown>)[] = [() => release(mine), () => mark(chains, acme, seq + 1, seq + 1)]
        if (seq % 2 === 0) steps.reverse()
        await Promise.all(steps.map((step) => step()))
        assert.equal((await backlog(chains)).waiting, 1)
      }
    },
  ),

  chainCase('relay-release-guard', 'A claim that was lost releases nothing', (chains) =>
    assertGuarded(chains, (steps, chain) => steps.release(chain, noon)),
  ),

  chainCase('relay-postpone', 'A postponed chain keeps its place and its attempts', async (chains) => {
    const { postpone } = stepsOn(chains)
    await mark(chains, acme, 1, 5)
    assert.equal(await postpone(await claimOne(chains, noon), noon + 700), true)
    assert.deepEqual(await claim(chains, noon + 699), [])
    const chain = await claimOne(chains, noon + 700)
    assert.deepEqual(chain, { scope: acme, seq: 0, attempts: 2, leaseUntil: noon + 800 })
    assert.equal(await postpone(chain, noon + 750), true)
    assert.equal((await claimOne(chains, noon + 750)).attempts, 3)
  }),

  chainCase('relay-postpone-guard', 'A claim that was lost postpones nothing', (chains) =>
    assertGuarded(chains, (steps, chain) => steps.postpone(chain, noon)),
  ),
]
