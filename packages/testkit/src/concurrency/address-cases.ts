import assert from 'node:assert/strict'
import { wholeTenant } from '../tenant-state.js'
import { countAnswers, isOk } from './count-answers.js'
import { newAddress, someTenant, times } from './given.js'
import type { Arena, Call, RaceCase } from './race-case.js'

const PAIRS = 8
const SYSTEM = { system: true } as const

const ensure = (id: string, email: string): Call => ({
  actor: SYSTEM,
  useCase: 'users.ensure',
  input: { id, email, emailVerified: true },
})

const idOf = (who: string, email: string) => `${who}:${email}`

/** One of these has the address, proven. */
async function assertHeld({ storage }: Arena, email: string, among: readonly string[]) {
  const holder = await storage.read.users.findByEmailKey(email)
  assert.ok(holder && among.includes(holder.id), 'somebody else has the address, or nobody')
  assert.notEqual(holder.emailVerifiedAt, null)
}

/** An address has one holder, a proof is never refused, and the next request is answered as well. */
export const addressCases: readonly RaceCase[] = [
  {
    id: 'address-two-people',
    name: 'two people of the host are seen with one proven address at once: both are answered, and one has it',
    async run(arena) {
      const emails = await times(PAIRS, async () => newAddress())
      const calls = emails.flatMap((email) => [ensure(idOf('a', email), email), ensure(idOf('b', email), email)])
      assert.deepEqual(countAnswers(await arena.race(calls)), { ok: 2 * PAIRS })
      for (const email of emails) await assertHeld(arena, email, [idOf('a', email), idOf('b', email)])
      assert.deepEqual(countAnswers(await arena.race(calls)), { ok: 2 * PAIRS })
    },
  },
  {
    id: 'address-exchanged',
    name: 'two people of the host exchange their addresses at once: both are answered, and each has the other’s',
    async run(arena) {
      const pairs = await times(PAIRS, async () => [newAddress(), newAddress()] as const)
      const before = pairs.flatMap(([a, b]) => [ensure(idOf('a', a), a), ensure(idOf('b', a), b)])
      assert.deepEqual(countAnswers(await arena.race(before)), { ok: 2 * PAIRS })
      const after = pairs.flatMap(([a, b]) => [ensure(idOf('a', a), b), ensure(idOf('b', a), a)])
      assert.deepEqual(countAnswers(await arena.race(after)), { ok: 2 * PAIRS })
      // Whoever came first took what the other had; the other’s next request sets it right.
      assert.deepEqual(countAnswers(await arena.race(after)), { ok: 2 * PAIRS })
      for (const [a, b] of pairs) {
        await assertHeld(arena, b, [idOf('a', a)])
        await assertHeld(arena, a, [idOf('b', a)])
      }
    },
  },
  {
    id: 'address-squatted',
    name: 'somebody signs up with an address just as the host proves it another’s: the proof has it',
    async run(arena) {
      const emails = await times(PAIRS, async () => newAddress())
      const answers = await arena.race(
        emails.flatMap((email) => [
          ensure(idOf('a', email), email),
          { actor: { guest: true as const }, useCase: 'users.signUp', input: { email, password: 'a squatter’s own' } },
        ]),
      )
      for (const [at, email] of emails.entries()) {
        assert.ok(isOk(answers[at * 2]), 'a proof was refused')
        await assertHeld(arena, email, [idOf('a', email)])
      }
    },
  },
  {
    id: 'address-added',
    name: 'an address is added to a tenant just as the host sees its person: they are a member, by whichever came first',
    async run(arena) {
      const scenes = await times(PAIRS, async () => ({ tenant: await someTenant(arena), email: newAddress() }))
      const answers = await arena.race(
        scenes.flatMap(({ tenant: { id: tenantId, owner }, email }) => [
          ensure(idOf('a', email), email),
          { actor: { userId: owner.id }, tenantId, useCase: 'members.add', input: { email, role: 'member' } },
        ]),
      )
      assert.deepEqual(countAnswers(answers), { ok: 2 * PAIRS })
      for (const { tenant, email } of scenes) {
        await assertHeld(arena, email, [idOf('a', email)])
        const { members } = await wholeTenant(arena.storage, tenant.id)
        assert.deepEqual(members.map(({ userId }) => userId).sort(), [idOf('a', email), tenant.owner.id].sort())
      }
    },
  },
]
