import assert from 'node:assert/strict'
import { newcomer, newEmail, sentAway } from './member-fixtures.js'
import type { Attack } from './attack.js'
import type { Attacker } from './test-users.js'
import type { Act, Acts } from './dialect.js'
import { offering } from './target.js'
import type { ApiUnderAttack, Target } from './target.js'
import { assertSameRefusal } from './assert-unchanged.js'

const PASSWORD = 'correct horse battery'
const MALFORMED = 'nobody at example.com'

/** What is about to name an address, by who asks. */
type AccessContext = readonly [as: Attacker | null, act: Act, input: (email: string) => Acts[Act]]

async function assertTellsNothing(target: Target, api: ApiUnderAttack, [as, act, input]: AccessContext): Promise<void> {
  if (!api.offers(act)) return
  const ask = async (email: string) => {
    const { status, text } = await api.ask(as, act, input(email))
    return { status, text: text.replaceAll(email, '@') }
  }
  const [taken, malformed] = [await ask(target.testUsers.outsider.email), await ask(MALFORMED)]
  assertSameRefusal(taken, malformed, `${api.name}: ${act} tells who has an account`)
}

/** What somebody learns of accounts that are not theirs to know. */
export const strangerCases: readonly Attack[] = [
  {
    id: 'I15',
    name: 'account enumeration by signing up, creating an account, or changing an address',
    needs: ['signUp', 'createAccount', 'updateAccount'],
    needsBeside: ['invite', 'accept', 'leave'],
    async run(target) {
      // Whoever has signed in just now may take another address.
      const somebody = await newcomer(target, PASSWORD)
      const password = PASSWORD
      const ways: readonly AccessContext[] = [
        [null, 'signUp', (email) => ({ email, password })],
        [somebody, 'createAccount', (email) => ({ email, password })],
        [somebody, 'updateAccount', (email) => ({ email: somebody.email, more: { new_email: email } })],
      ]
      for (const api of target.apis) for (const way of ways) await assertTellsNothing(target, api, way)
      await sentAway(target, somebody)
    },
  },
  {
    id: 'I15',
    name: 'account enumeration by adding an address',
    needs: ['addMember'],
    needsBeside: ['removeMember'],
    async run(target) {
      const { tenant, owner, stranger } = target.testUsers
      for (const api of offering(target, 'addMember')) {
        const add = async (email: string) => {
          const response = await api.ask(owner, 'addMember', { tenant, email, role: 'member' })
          if (response.status >= 400) return null
          const [, id = ''] = /"(?:id|userId)":"([^"]+)"/.exec(response.text) ?? []
          const [removing] = offering(target, 'removeMember')
          await removing?.ask(owner, 'removeMember', { tenant, user: id })
          return response.text
            .replaceAll(email, '@')
            .replaceAll(email.split('@')[0] ?? '', 'name')
            .replaceAll(id, 'id')
        }
        const [known, unknown] = [await add(stranger.email), await add(newEmail())]
        assert.ok(known !== null, `${api.name}: nobody is added`)
        // Where only people with an account are added, that is what it is for.
        if (unknown !== null) assert.equal(known, unknown, `${api.name}: who is added tells that there was an account`)
      }
    },
  },
]
