import assert from 'node:assert/strict'
import { contractCase } from './contract-case.js'
import { noon } from './given.js'
import { acme, claim, claimOne, mark, stepsOn, userAcme, zeta } from './relay-steps.js'

export const relayCases = [
  contractCase('relay-mark', 'A chain that gets its first marked events is due from then on', async (storage) => {
    await mark(storage, acme, 4, 6, noon)
    await mark(storage, userAcme, 1, 1, noon + 1)
    assert.deepEqual(await claim(storage, noon - 1), [])
    assert.deepEqual(await claim(storage, noon), [{ scope: acme, seq: 3, attempts: 1, leaseUntil: noon + 100 }])
    assert.deepEqual(await claim(storage, noon + 1), [{ scope: userAcme, seq: 0, attempts: 1, leaseUntil: noon + 101 }])
  }),

  contractCase(
    'relay-mark-again',
    'A chain of which all was delivered is due again at the same place',
    async (storage) => {
      const { advance, release } = stepsOn(storage)
      await mark(storage, acme, 1, 2)
      const chain = await claimOne(storage, noon)
      assert.equal(await advance(chain, 2, noon + 200), true)
      assert.equal(await release({ scope: acme, seq: 2, leaseUntil: noon + 200 }), true)
      assert.deepEqual(await claim(storage, noon + 1000), [])
      // An event in between was appended by a process that relays nothing.
      await mark(storage, acme, 4, 5, noon + 2000)
      assert.deepEqual(await storage.read.relay.backlog(), { waiting: 3, waitingSince: noon + 2000 })
      assert.deepEqual(await claim(storage, noon + 1999), [])
      assert.deepEqual(await claimOne(storage, noon + 2000), {
        scope: acme,
        seq: 2,
        attempts: 1,
        leaseUntil: noon + 2100,
      })
    },
  ),

  contractCase('relay-mark-claimed', 'Events that come later end no claim and no pause', async (storage) => {
    const { postpone } = stepsOn(storage)
    await mark(storage, acme, 1, 1)
    const first = await claimOne(storage, noon)
    await mark(storage, acme, 2, 2, noon + 1)
    assert.deepEqual(await claim(storage, noon + 99), [])
    assert.equal(await postpone(first, noon + 300), true)
    await mark(storage, acme, 3, 3, noon + 2)
    assert.deepEqual(await claim(storage, noon + 299), [])
    assert.deepEqual(await storage.read.relay.backlog(), { waiting: 3, waitingSince: noon })
    assert.deepEqual(await claimOne(storage, noon + 300), { scope: acme, seq: 0, attempts: 2, leaseUntil: noon + 400 })
  }),

  contractCase(
    'relay-claim',
    'Due chains are handed out, earliest due first, with their attempts counted up',
    async (storage) => {
      await mark(storage, acme, 1, 1, noon)
      await mark(storage, zeta, 1, 1, noon - 2)
      await mark(storage, userAcme, 1, 1, noon - 1)
      await mark(storage, { userId: 'ann' }, 1, 1, noon + 1)
      assert.deepEqual(await claim(storage, noon - 3), [])
      assert.deepEqual(await claim(storage, noon, 2), [
        { scope: zeta, seq: 0, attempts: 1, leaseUntil: noon + 100 },
        { scope: userAcme, seq: 0, attempts: 1, leaseUntil: noon + 100 },
      ])
      assert.deepEqual((await claimOne(storage, noon)).scope, acme)
      assert.deepEqual((await claimOne(storage, noon + 1)).scope, { userId: 'ann' })
    },
  ),

  contractCase('relay-claim-once', 'A chain is handed to one claimant only', async (storage) => {
    const ids = Array.from({ length: 25 }, (_, index) => `tenant-${index}`)
    for (const tenantId of ids) await mark(storage, { tenantId }, 1, 1)
    const claims = await Promise.all(Array.from({ length: 10 }, () => claim(storage, noon, 4)))
    const all = [...claims.flat(), ...(await claim(storage, noon))].map(({ scope }) => JSON.stringify(scope))
    assert.deepEqual(all.sort(), ids.map((tenantId) => JSON.stringify({ tenantId })).sort())
    assert.deepEqual(await claim(storage, noon + 99), [])
  }),

  contractCase(
    'relay-claim-lease',
    'A chain is handed out again at its place when the lease ended',
    async (storage) => {
      const { advance } = stepsOn(storage)
      await mark(storage, acme, 1, 5)
      await advance(await claimOne(storage, noon), 2, noon + 200)
      assert.deepEqual(await claim(storage, noon + 199), [])
      assert.deepEqual(await claimOne(storage, noon + 200), {
        scope: acme,
        seq: 2,
        attempts: 2,
        leaseUntil: noon + 300,
      })
      assert.equal((await claimOne(storage, noon + 300)).attempts, 3)
    },
  ),

  contractCase('relay-backlog', 'The backlog tells how many events wait, and since when', async (storage) => {
    const { advance } = stepsOn(storage)
    assert.deepEqual(await storage.read.relay.backlog(), { waiting: 0, waitingSince: null })
    await mark(storage, acme, 11, 15, noon + 5)
    await mark(storage, userAcme, 1, 2, noon + 3)
    await mark(storage, acme, 16, 16, noon + 9)
    assert.deepEqual(await storage.read.relay.backlog(), { waiting: 8, waitingSince: noon + 3 })
    const chains = await claim(storage, noon + 100)
    assert.deepEqual(await storage.read.relay.backlog(), { waiting: 8, waitingSince: noon + 3 })
    for (const chain of chains) await advance(chain, chain.seq + 1)
    assert.deepEqual(await storage.read.relay.backlog(), { waiting: 6, waitingSince: noon - 1 })
  }),
]
