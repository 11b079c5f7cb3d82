import assert from 'node:assert/strict'
import { newcomer, newEmail, sentAway } from './admitted.js'
import type { AttackCase } from './attack-case.js'
import type { Attacker } from './cast.js'
import type { Act, Acts } from './dialect.js'
import { offering } from './target.js'
import type { SpokenSurface, Target } from './target.js'
import { assertSameRefusal } from './unharmed.js'

const PASSWORD = 'correct horse battery'
const MALFORMED = 'nobody at example.com'

/** What is about to name an address, by who asks. */
type Asking = readonly [as: Attacker | null, act: Act, input: (email: string) => Acts[Act]]

async function assertTellsNothing(target: Target, surface: SpokenSurface, [as, act, input]: Asking): Promise<void> {
  if (!surface.offers(act)) return
  const ask = async (email: string) => {
    const { status, text } = await surface.ask(as, act, input(email))
    return { status, text: text.replaceAll(email, '@') }
  }
  const [taken, malformed] = [await ask(target.cast.outsider.email), await ask(MALFORMED)]
  assertSameRefusal(taken, malformed, `${surface.name}: ${act} tells who has an account`)
}

/** What somebody learns of accounts that are not theirs to know. */
export const strangerCases: readonly AttackCase[] = [
  {
    id: 'I15',
    name: 'whether an address has an account, asked by signing up, by making an account, or by taking it',
    needs: ['signUp', 'createAccount', 'updateAccount'],
    needsBeside: ['invite', 'accept', 'leave'],
    async run(target) {
      // Whoever has signed in just now may take another address.
      const somebody = await newcomer(target, PASSWORD)
      const password = PASSWORD
      const ways: readonly Asking[] = [
        [null, 'signUp', (email) => ({ email, password })],
        [somebody, 'createAccount', (email) => ({ email, password })],
        [somebody, 'updateAccount', (email) => ({ email: somebody.email, more: { new_email: email } })],
      ]
      for (const surface of target.surfaces) for (const way of ways) await assertTellsNothing(target, surface, way)
      await sentAway(target, somebody)
    },
  },
  {
    id: 'I15',
    name: 'whether an address has an account, and whose it is, asked by adding it',
    needs: ['addMember'],
    needsBeside: ['removeMember'],
    async run(target) {
      const { tenant, owner, stranger } = target.cast
      for (const surface of offering(target, 'addMember')) {
        const add = async (email: string) => {
          const answer = await surface.ask(owner, 'addMember', { tenant, email, role: 'member' })
          if (answer.status >= 400) return null
          const [, id = ''] = /"(?:id|userId)":"([^"]+)"/.exec(answer.text) ?? []
          const [removing] = offering(target, 'removeMember')
          await removing?.ask(owner, 'removeMember', { tenant, user: id })
          return answer.text
            .replaceAll(email, '@')
            .replaceAll(email.split('@')[0] ?? '', 'name')
            .replaceAll(id, 'id')
        }
        const [known, unknown] = [await add(stranger.email), await add(newEmail())]
        assert.ok(known !== null, `${surface.name}: nobody is added`)
        // Where only people with an account are added, that is what it is for.
        if (unknown !== null)
          assert.equal(known, unknown, `${surface.name}: who is added tells that there was an account`)
      }
    },
  },
]
