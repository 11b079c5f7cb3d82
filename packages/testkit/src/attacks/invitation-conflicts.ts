import assert from 'node:assert/strict'
import { admitted, assertNoMember, invitationOf, invited, isMember, newEmail } from './member-fixtures.js'
import type { Attack } from './attack.js'
import { offering } from './target.js'
import type { ApiUnderAttack, Target } from './target.js'
import { assertDone, assertRefused } from './assert-unchanged.js'

const ROUNDS = 5

/** Accepts an invitation while its tenant does something else with it, and answers whether both were told that it worked. */
async function acceptDuring(
  target: Target,
  api: ApiUnderAttack,
  act: 'revokeInvitation' | 'resendInvitation',
): Promise<void> {
  const { tenant, owner, stranger } = target.testUsers
  const token = await invited(target, api, { email: stranger.email })
  const invitation = await invitationOf(target, api, stranger.email)
  const [accepted, other] = await Promise.all([
    api.ask(stranger, 'accept', { token }),
    api.ask(owner, act, { tenant, invitation }),
  ])
  const done = [accepted, other].filter(({ status }) => status < 300).length
  assert.equal(done, 1, `${api.name}: accepting and ${act} at once, ${done} of the two were told that it worked`)
  const joined = await isMember(target, api, stranger.email)
  assert.equal(joined, accepted.status < 300, `${api.name}: who accepted, and was told so, is a member`)
  if (joined) await api.ask(owner, 'removeMember', { tenant, user: stranger.id })
}

/** Accepts what an admin has offered, once they are none any more. */
async function acceptAfter(
  target: Target,
  api: ApiUnderAttack,
  fall: (remove: () => Promise<void>) => Promise<void>,
): Promise<void> {
  const { stranger } = target.testUsers
  const remove = await admitted(target, stranger, 'admin')
  const email = newEmail()
  const token = await invited(target, api, { email, by: stranger })
  await fall(remove)
  const accepted = await api.ask(null, 'accept', { token, more: { name: 'Mallory' } })
  assertRefused(accepted, `${api.name}: an invitation of who may not invite`)
  await assertNoMember(target, api, email)
  await remove()
}

/** An invitation is accepted while something happens to it, or to whom it comes from. */
export const invitationConflictCases: readonly Attack[] = [
  {
    id: 'C06',
    name: 'two invitations of one person accepted concurrently',
    needs: ['invite', 'accept', 'removeMember'],
    async run(target) {
      const { tenant, otherTenant, owner, outsider, stranger } = target.testUsers
      const tenants = [
        { tenant, by: owner },
        { tenant: otherTenant, by: outsider },
      ]
      for (const api of offering(target, 'invite', 'accept', 'listMembers', 'removeMember')) {
        const tokens: string[] = []
        for (const from of tenants) tokens.push(await invited(target, api, { ...from, email: stranger.email }))
        const tries = Array.from({ length: 5 }, () => tokens).flat()
        await Promise.all(tries.map((token) => api.ask(stranger, 'accept', { token })))
        for (const { tenant: one, by } of tenants) {
          const { text } = await api.ask(by, 'listMembers', { tenant: one })
          assert.equal(text.split(stranger.email).length - 1, 1, `${api.name}: not exactly one membership of each`)
          await api.ask(by, 'removeMember', { tenant: one, user: stranger.id })
        }
      }
    },
  },
  {
    id: 'C07',
    name: 'an invitation accepted while it is revoked or resent',
    needs: ['invite', 'accept', 'listInvitations', 'revokeInvitation', 'resendInvitation', 'removeMember'],
    async run(target) {
      for (const api of offering(target, 'invite', 'accept', 'revokeInvitation', 'resendInvitation', 'listMembers'))
        for (let round = 0; round < ROUNDS; round += 1)
          for (const act of ['revokeInvitation', 'resendInvitation'] as const) await acceptDuring(target, api, act)
    },
  },
  {
    id: 'C08',
    name: 'an invitation whose inviter has been demoted',
    needs: ['invite', 'accept', 'setRole', 'removeMember'],
    async run(target) {
      const { tenant, owner, stranger } = target.testUsers
      for (const api of offering(target, 'invite', 'accept', 'setRole'))
        await acceptAfter(target, api, async () => {
          assertDone(await api.ask(owner, 'setRole', { tenant, user: stranger.id, role: 'member' }), 'demoted')
        })
    },
  },
  {
    id: 'C19',
    name: 'an invitation whose inviter has left',
    needs: ['invite', 'accept', 'removeMember'],
    async run(target) {
      for (const api of offering(target, 'invite', 'accept')) await acceptAfter(target, api, (remove) => remove())
    },
  },
]
