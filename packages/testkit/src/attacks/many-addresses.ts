import assert from 'node:assert/strict'
import { guessTokens, newcomer, sentAway } from './member-fixtures.js'
import type { Attack } from './attack.js'
import { offering, waitingBy, waitsIn } from './target.js'
import type { ApiUnderAttack, Target } from './target.js'
import { assertDone } from './assert-unchanged.js'

/** More wrong tokens than anybody types. */
const GUESSES = 100
/** More wrong passwords than anybody types. */
const TRIES = 24
const PASSWORD = 'correct horse battery'
const [ELSEWHERE, AT_HOME] = ['203.0.113.66', '198.51.100.7']

/** One client, by the addresses that it may come from. */
const CLIENTS: Readonly<Record<string, (n: number) => string | undefined>> = {
  'a /64 of IPv6': (n) => `2001:db8:1:2:${n.toString(16)}::${(n * 7).toString(16)}`,
  'one address of IPv4, written as IPv6, too': (n) =>
    ['192.0.2.9', '::ffff:192.0.2.9', '::ffff:c000:209', '64:ff9b::192.0.2.9'][n % 4],
}

/** Guesses until somebody is asked to wait. */
async function guessUntilRefused(api: ApiUnderAttack, email: string, headers: Readonly<Record<string, string>>) {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const guess = api.ask(null, 'signIn', { email, password: `guess ${tries}` }, headers)
    // What happens instead of waiting is nothing, so the limit does not end.
    const isRefused = await guess.then(
      () => false,
      (error: unknown) => /429/.test(String(error)),
    )
    if (isRefused) return
  }
  assert.fail(`${api.name}: nobody was asked to wait in ${TRIES} wrong passwords`)
}

const hasAddresses = ({ from }: Target) => from !== null

/** Who is counted as one, and whom the guesses of others keep out. */
export const addressesOfClientsCases: readonly Attack[] = [
  {
    id: 'I09',
    name: 'guesses of one client from many addresses, or with many spellings of one',
    needs: ['accept'],
    isPossible: hasAddresses,
    async run(target) {
      for (const { name } of offering(target, 'accept'))
        for (const [client, addressOf] of Object.entries(CLIENTS)) {
          const from = (guess: number) => target.from?.(addressOf(guess) ?? '') ?? {}
          const waits = await waitsIn(target, (guessing) => guessTokens(guessing, name, GUESSES, from))
          assert.ok(waits > 0, `${name}: ${client} was not asked to wait in ${GUESSES} guesses`)
        }
    },
  },
  {
    id: 'I10',
    name: 'lockout: the correct password while somebody else exhausts the attempts from another network',
    needs: ['invite', 'accept'],
    needsBeside: ['signIn', 'leave'],
    isPossible: hasAddresses,
    async run(target) {
      const impatient = await waitingBy(target, async () => {})
      for (const api of offering(impatient, 'signIn')) {
        const owner = await newcomer(target, PASSWORD)
        const from = (address: string) => target.from?.(address) ?? {}
        await guessUntilRefused(api, owner.email, from(ELSEWHERE))
        const right = { email: owner.email, password: PASSWORD }
        const response = await api.ask(null, 'signIn', right, from(AT_HOME)).catch((error: unknown) => {
          throw new Error(`${api.name}: its owner is kept out by the guesses of others`, { cause: error })
        })
        assertDone(response, `${api.name}: its owner signs in`)
        await sentAway(target, owner)
      }
    },
  },
]
