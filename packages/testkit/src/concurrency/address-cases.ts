import assert from 'node:assert/strict'
import { wholeTenant } from '../tenant-state.js'
import { countOutcomes, isOk } from './count-outcomes.js'
import { newAddress, someTenant, times } from './fixtures.js'
import type { ConcurrencyHarness, Call, ConcurrencyCase } from './concurrency-case.js'

const PAIRS = 8
const SYSTEM = { system: true } as const

const ensure = (id: string, email: string): Call => ({
  actor: SYSTEM,
  useCase: 'users.ensure',
  input: { id, email, emailVerified: true },
})

const idOf = (who: string, email: string) => `${who}:${email}`

/** One of these has the address, proven. */
async function assertHeld({ storage }: ConcurrencyHarness, email: string, among: readonly string[]) {
  const holder = await storage.read.users.findByEmailKey(email)
  assert.ok(holder && among.includes(holder.id), 'somebody else has the address, or nobody')
  assert.notEqual(holder.emailVerifiedAt, null)
}

/** An address has one holder, a proof is never refused, and the next request is answered as well. */
export const addressCases: readonly ConcurrencyCase[] = [
  {
    id: 'address-two-people',
    name: 'two people of the host are seen with one proven address at once: both are answered, and one has it',
    async run(harness) {
      const emails = await times(PAIRS, async () => newAddress())
      const calls = emails.flatMap((email) => [ensure(idOf('a', email), email), ensure(idOf('b', email), email)])
      assert.deepEqual(countOutcomes(await harness.race(calls)), { ok: 2 * PAIRS })
      for (const email of emails) await assertHeld(harness, email, [idOf('a', email), idOf('b', email)])
      assert.deepEqual(countOutcomes(await harness.race(calls)), { ok: 2 * PAIRS })
    },
  },
  {
    id: 'address-exchanged',
    name: 'two people of the host exchange their addresses at once: both are answered, and each has the other’s',
    async run(harness) {
      const pairs = await times(PAIRS, async () => [newAddress(), newAddress()] as const)
      const before = pairs.flatMap(([a, b]) => [ensure(idOf('a', a), a), ensure(idOf('b', a), b)])
      assert.deepEqual(countOutcomes(await harness.race(before)), { ok: 2 * PAIRS })
      const after = pairs.flatMap(([a, b]) => [ensure(idOf('a', a), b), ensure(idOf('b', a), a)])
      assert.deepEqual(countOutcomes(await harness.race(after)), { ok: 2 * PAIRS })
      // Whoever came first took what the other had; the other’s next request sets it right.
      assert.deepEqual(countOutcomes(await harness.race(after)), { ok: 2 * PAIRS })
      for (const [a, b] of pairs) {
        await assertHeld(harness, b, [idOf('a', a)])
        await assertHeld(harness, a, [idOf('b', a)])
      }
    },
  },
  {
    id: 'address-squatted',
    name: 'somebody signs up with an address just as the host proves it another’s: the proof has it',
    async run(harness) {
      const emails = await times(PAIRS, async () => newAddress())
      const responses = await harness.race(
        emails.flatMap((email) => [
          ensure(idOf('a', email), email),
          { actor: { guest: true as const }, useCase: 'users.signUp', input: { email, password: 'a squatter’s own' } },
        ]),
      )
      for (const [at, email] of emails.entries()) {
        assert.ok(isOk(responses[at * 2]), 'a proof was refused')
        await assertHeld(harness, email, [idOf('a', email)])
      }
    },
  },
  {
    id: 'address-added',
    name: 'an address is added to a tenant just as the host sees its person: they are a member, by whichever came first',
    async run(harness) {
      const scenes = await times(PAIRS, async () => ({ tenant: await someTenant(harness), email: newAddress() }))
      const responses = await harness.race(
        scenes.flatMap(({ tenant: { id: tenantId, owner }, email }) => [
          ensure(idOf('a', email), email),
          { actor: { userId: owner.id }, tenantId, useCase: 'members.add', input: { email, role: 'member' } },
        ]),
      )
      assert.deepEqual(countOutcomes(responses), { ok: 2 * PAIRS })
      for (const { tenant, email } of scenes) {
        await assertHeld(harness, email, [idOf('a', email)])
        const { members } = await wholeTenant(harness.storage, tenant.id)
        assert.deepEqual(members.map(({ userId }) => userId).sort(), [idOf('a', email), tenant.owner.id].sort())
      }
    },
  },
]
