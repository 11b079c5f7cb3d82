import assert from 'node:assert/strict'
import { noon } from './fixtures/rows.js'
import { acme, backlog, chainCase, claim, claimOne, mark, stepsOn, userAcme, zeta } from './event-delivery-steps.js'

export const eventDeliveryCases = [
  chainCase('relay-mark', 'A chain that gets its first marked events is due from then on', async (chains) => {
    await mark(chains, acme, 4, 6, noon)
    await mark(chains, userAcme, 1, 1, noon + 1)
    assert.deepEqual(await claim(chains, noon - 1), [])
    assert.deepEqual(await claim(chains, noon), [{ scope: acme, seq: 3, attempts: 1, leaseUntil: noon + 100 }])
    assert.deepEqual(await claim(chains, noon + 1), [{ scope: userAcme, seq: 0, attempts: 1, leaseUntil: noon + 101 }])
  }),

  chainCase('relay-mark-again', 'A chain of which all was delivered is due again at the same place', async (chains) => {
    const { advance, release } = stepsOn(chains)
    await mark(chains, acme, 1, 2)
    const chain = await claimOne(chains, noon)
    assert.equal(await advance(chain, 2, noon + 200), true)
    assert.equal(await release({ scope: acme, seq: 2, leaseUntil: noon + 200 }), true)
    assert.deepEqual(await claim(chains, noon + 1000), [])
    // An event in between was appended by a process that delivers nothing.
    await mark(chains, acme, 4, 5, noon + 2000)
    assert.deepEqual(await backlog(chains), { waiting: 3, waitingSince: noon + 2000 })
    assert.deepEqual(await claim(chains, noon + 1999), [])
    assert.deepEqual(await claimOne(chains, noon + 2000), {
      scope: acme,
      seq: 2,
      attempts: 1,
      leaseUntil: noon + 2100,
    })
  }),

  chainCase('relay-mark-claimed', 'Events that come later end no claim and no pause', async (chains) => {
    const { postpone } = stepsOn(chains)
    await mark(chains, acme, 1, 1)
    const first = await claimOne(chains, noon)
    await mark(chains, acme, 2, 2, noon + 1)
    assert.deepEqual(await claim(chains, noon + 99), [])
    assert.equal(await postpone(first, noon + 300), true)
    await mark(chains, acme, 3, 3, noon + 2)
    assert.deepEqual(await claim(chains, noon + 299), [])
    assert.deepEqual(await backlog(chains), { waiting: 3, waitingSince: noon })
    assert.deepEqual(await claimOne(chains, noon + 300), { scope: acme, seq: 0, attempts: 2, leaseUntil: noon + 400 })
  }),

  chainCase('relay-mark-ahead', 'What was marked for later waits no longer than what comes now', async (chains) => {
    const { advance, release } = stepsOn(chains)
    await mark(chains, acme, 1, 1, noon + 3000)
    await mark(chains, acme, 2, 2, noon)
    await mark(chains, acme, 3, 3, noon + 1)
    assert.deepEqual(await backlog(chains), { waiting: 3, waitingSince: noon })
    const chain = await claimOne(chains, noon)
    assert.deepEqual(chain, { scope: acme, seq: 0, attempts: 1, leaseUntil: noon + 100 })
    await advance(chain, 2, noon + 200)
    await release({ scope: acme, seq: 2, leaseUntil: noon + 200 }, noon + 3000)
    await mark(chains, acme, 4, 4, noon + 5)
    assert.deepEqual(await claim(chains, noon + 4), [])
    assert.equal((await claimOne(chains, noon + 5)).seq, 2)
  }),

  chainCase(
    'relay-claim',
    'Due chains are handed out, earliest due first, with their attempts counted up',
    async (chains) => {
      await mark(chains, acme, 1, 1, noon)
      await mark(chains, zeta, 1, 1, noon - 2)
      await mark(chains, userAcme, 1, 1, noon - 1)
      await mark(chains, { userId: 'ann' }, 1, 1, noon + 1)
      assert.deepEqual(await claim(chains, noon - 3), [])
      assert.deepEqual(await claim(chains, noon, 2), [
        { scope: zeta, seq: 0, attempts: 1, leaseUntil: noon + 100 },
        { scope: userAcme, seq: 0, attempts: 1, leaseUntil: noon + 100 },
      ])
      assert.deepEqual((await claimOne(chains, noon)).scope, acme)
      assert.deepEqual((await claimOne(chains, noon + 1)).scope, { userId: 'ann' })
    },
  ),

  chainCase('relay-claim-once', 'A chain is handed to one claimant only', async (chains) => {
    const ids = Array.from({ length: 25 }, (_, index) => `tenant-${index}`)
    for (const tenantId of ids) await mark(chains, { tenantId }, 1, 1)
    const claims = await Promise.all(Array.from({ length: 10 }, () => claim(chains, noon, 4)))
    const all = [...claims.flat(), ...(await claim(chains, noon))].map(({ scope }) => JSON.stringify(scope))
    assert.deepEqual(all.sort(), ids.map((tenantId) => JSON.stringify({ tenantId })).sort())
    assert.deepEqual(await claim(chains, noon + 99), [])
  }),

  chainCase('relay-claim-lease', 'A chain is handed out again at its place when the lease ended', async (chains) => {
    const { advance } = stepsOn(chains)
    await mark(chains, acme, 1, 5)
    await advance(await claimOne(chains, noon), 2, noon + 200)
    assert.deepEqual(await claim(chains, noon + 199), [])
    assert.deepEqual(await claimOne(chains, noon + 200), {
      scope: acme,
      seq: 2,
      attempts: 2,
      leaseUntil: noon + 300,
    })
    assert.equal((await claimOne(chains, noon + 300)).attempts, 3)
  }),

  chainCase('relay-backlog', 'The backlog tells how many events wait, and since when', async (chains) => {
    const { advance } = stepsOn(chains)
    assert.deepEqual(await backlog(chains), { waiting: 0, waitingSince: null })
    await mark(chains, acme, 11, 15, noon + 5)
    await mark(chains, userAcme, 1, 2, noon + 3)
    await mark(chains, acme, 16, 16, noon + 9)
    assert.deepEqual(await backlog(chains), { waiting: 8, waitingSince: noon + 3 })
    const claimed = await claim(chains, noon + 100)
    assert.deepEqual(await backlog(chains), { waiting: 8, waitingSince: noon + 3 })
    for (const chain of claimed) await advance(chain, chain.seq + 1)
    assert.deepEqual(await backlog(chains), { waiting: 6, waitingSince: noon - 1 })
  }),
]
