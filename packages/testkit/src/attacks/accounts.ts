import assert from 'node:assert/strict'
import { assertNoMember, guessTokens, invitationOf, invited, newEmail } from './member-fixtures.js'
import type { Attack } from './attack.js'
import type { Attacker } from './test-users.js'
import { sampleRequest, slotsOf, withValue } from './ids.js'
import { send } from './mount.js'
import { offering, waitsIn } from './target.js'
import type { Target } from './target.js'
import { assertRefused, unharmed, withoutActivity } from './assert-unchanged.js'

/** More wrong tokens than anybody types. */
const GUESSES = 100
/** Fields that say what somebody is, or may. */
const PRIVILEGE = /superuser|admin|role|permissions/i

/** Operations that ask what would be, and change nothing. */
const PREVIEW = /^preview/

/** What somebody reads of themselves without naming anything. */
async function readOneself({ mount, testUsers }: Target, as: Attacker): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>()
  for (const operation of mount.operations.values()) {
    if (operation.method !== 'GET' || operation.isPublic || !operation.answersJson) continue
    if (operation.parameters.some(({ required }) => required)) continue
    const { status, text } = await send(mount, operation, { ...sampleRequest(testUsers, operation), values: {}, as })
    found.set(operation.id, `${status} ${withoutActivity(text)}`)
  }
  return found
}

/** What invitations, profiles and searches could tell or change of accounts. */
export const accountCases: readonly Attack[] = [
  {
    id: 'A05',
    name: 'members of another tenant, looked up by email address',
    async run({ mount, testUsers }) {
      for (const operation of mount.operations.values()) {
        if (operation.method !== 'GET' || operation.isPublic) continue
        for (const { name } of operation.parameters.filter(
          (one) => one.in === 'query' && one.schema.type === 'string',
        )) {
          const ask = async (email: string) => {
            const request = withValue(sampleRequest(testUsers, operation), { name, path: null }, email)
            const { status, text } = await send(mount, operation, { ...request, as: testUsers.admin })
            return { status, text: text.replaceAll(email, '@') }
          }
          const what = `${operation.id}: ${name} tells who has an account`
          assert.deepEqual(await ask(testUsers.outsider.email), await ask(newEmail()), what)
        }
      }
    },
  },
  {
    id: 'B06',
    name: 'a role or permission in every such field, by a caller who may not grant any',
    run: (target) =>
      unharmed(target, async () => {
        const { mount, testUsers } = target
        for (const operation of mount.operations.values()) {
          if (operation.method === 'GET' || operation.isPublic || PREVIEW.test(operation.id)) continue
          const slots = slotsOf(operation).filter(({ path }) => path?.some((part) => PRIVILEGE.test(`${part}`)))
          for (const slot of slots)
            for (const value of [true, 'admin']) {
              const request = withValue(sampleRequest(testUsers, operation), slot, value)
              const response = await send(mount, operation, { ...request, as: testUsers.viewer })
              assertRefused(response, `${operation.id}: ${slot.name} set by a viewer`)
            }
        }
      }),
  },
  {
    id: 'C02',
    name: 'an invitation accepted by an account with an unverified address',
    needs: ['invite', 'accept'],
    async run(target) {
      const { unproven } = target.testUsers
      for (const api of offering(target, 'invite', 'accept', 'listMembers')) {
        const token = await invited(target, api, { email: unproven.email })
        assertRefused(await api.ask(unproven, 'accept', { token }), `${api.name}: accepted without proof`)
        await assertNoMember(target, api, unproven.email)
      }
    },
  },
  {
    id: 'C12',
    name: 'the token of an invitation in any response',
    needs: ['invite', 'accept'],
    async run(target) {
      const { mount, testUsers } = target
      for (const api of offering(target, 'invite', 'accept')) {
        const token = await invited(target, api, { email: newEmail() })
        for (const operation of mount.operations.values()) {
          if (operation.method !== 'GET') continue
          const { text } = await send(mount, operation, sampleRequest(testUsers, operation))
          assert.ok(!text.includes(token), `${operation.id} shows the token of an invitation`)
        }
      }
    },
  },
  {
    id: 'C13',
    name: 'a hundred token guesses from one network address',
    needs: ['accept'],
    async run(target) {
      for (const { name } of offering(target, 'accept')) {
        const waits = await waitsIn(target, (guessing) => guessTokens(guessing, name, GUESSES))
        assert.ok(waits > 0, `${name}: nobody was asked to wait in ${GUESSES} guesses`)
      }
    },
  },
  {
    id: 'C18',
    name: 'signing up with an invitation to an address that has an account',
    needs: ['invite', 'accept', 'listInvitations', 'revokeInvitation'],
    async run(target) {
      const { tenant, owner, stranger } = target.testUsers
      for (const api of offering(target, 'invite', 'accept', 'revokeInvitation')) {
        const before = await readOneself(target, stranger)
        const token = await invited(target, api, { email: stranger.email })
        const more = { name: 'Mallory', password: 'a password of Mallory’s' }
        assertRefused(await api.ask(null, 'accept', { token, more }), `${api.name}: signed up over an account`)
        const invitation = await invitationOf(target, api, stranger.email)
        await api.ask(owner, 'revokeInvitation', { tenant, invitation })
        assert.deepEqual(await readOneself(target, stranger), before, `${api.name}: the account has changed`)
      }
    },
  },
]
