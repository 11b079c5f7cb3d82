import assert from 'node:assert/strict'
import { admitted, assertNoMember, invitationOf, invited, isMember, newEmail } from './admitted.js'
import type { AttackCase } from './attack-case.js'
import { offering } from './target.js'
import type { SpokenSurface, Target } from './target.js'
import { assertDone, assertRefused } from './unharmed.js'

const ROUNDS = 5

/** Accepts an invitation while its tenant does something else with it, and answers whether both were told that it worked. */
async function acceptDuring(
  target: Target,
  surface: SpokenSurface,
  act: 'revokeInvitation' | 'resendInvitation',
): Promise<void> {
  const { tenant, owner, stranger } = target.cast
  const token = await invited(target, surface, { email: stranger.email })
  const invitation = await invitationOf(target, surface, stranger.email)
  const [accepted, other] = await Promise.all([
    surface.ask(stranger, 'accept', { token }),
    surface.ask(owner, act, { tenant, invitation }),
  ])
  const done = [accepted, other].filter(({ status }) => status < 300).length
  assert.equal(done, 1, `${surface.name}: accepting and ${act} at once, ${done} of the two were told that it worked`)
  const joined = await isMember(target, surface, stranger.email)
  assert.equal(joined, accepted.status < 300, `${surface.name}: who accepted, and was told so, is a member`)
  if (joined) await surface.ask(owner, 'removeMember', { tenant, user: stranger.id })
}

/** Accepts what an admin has offered, once they are none any more. */
async function acceptAfter(
  target: Target,
  surface: SpokenSurface,
  fall: (remove: () => Promise<void>) => Promise<void>,
): Promise<void> {
  const { stranger } = target.cast
  const remove = await admitted(target, stranger, 'admin')
  const email = newEmail()
  const token = await invited(target, surface, { email, by: stranger })
  await fall(remove)
  const accepted = await surface.ask(null, 'accept', { token, more: { name: 'Mallory' } })
  assertRefused(accepted, `${surface.name}: an invitation of who may not invite`)
  await assertNoMember(target, surface, email)
  await remove()
}

/** An invitation is accepted while something happens to it, or to whom it comes from. */
export const invitationMeetingCases: readonly AttackCase[] = [
  {
    id: 'C06',
    name: 'two invitations of one person accepted at once',
    needs: ['invite', 'accept', 'removeMember'],
    async run(target) {
      const { tenant, otherTenant, owner, outsider, stranger } = target.cast
      const tenants = [
        { tenant, by: owner },
        { tenant: otherTenant, by: outsider },
      ]
      for (const surface of offering(target, 'invite', 'accept', 'listMembers', 'removeMember')) {
        const tokens: string[] = []
        for (const from of tenants) tokens.push(await invited(target, surface, { ...from, email: stranger.email }))
        const tries = Array.from({ length: 5 }, () => tokens).flat()
        await Promise.all(tries.map((token) => surface.ask(stranger, 'accept', { token })))
        for (const { tenant: one, by } of tenants) {
          const { text } = await surface.ask(by, 'listMembers', { tenant: one })
          assert.equal(text.split(stranger.email).length - 1, 1, `${surface.name}: not exactly one membership of each`)
          await surface.ask(by, 'removeMember', { tenant: one, user: stranger.id })
        }
      }
    },
  },
  {
    id: 'C07',
    name: 'an invitation accepted while it is revoked, or sent anew',
    needs: ['invite', 'accept', 'listInvitations', 'revokeInvitation', 'resendInvitation', 'removeMember'],
    async run(target) {
      for (const surface of offering(target, 'invite', 'accept', 'revokeInvitation', 'resendInvitation', 'listMembers'))
        for (let round = 0; round < ROUNDS; round += 1)
          for (const act of ['revokeInvitation', 'resendInvitation'] as const) await acceptDuring(target, surface, act)
    },
  },
  {
    id: 'C08',
    name: 'an invitation whose inviter was demoted meanwhile',
    needs: ['invite', 'accept', 'setRole', 'removeMember'],
    async run(target) {
      const { tenant, owner, stranger } = target.cast
      for (const surface of offering(target, 'invite', 'accept', 'setRole'))
        await acceptAfter(target, surface, async () => {
          assertDone(await surface.ask(owner, 'setRole', { tenant, user: stranger.id, role: 'member' }), 'demoted')
        })
    },
  },
  {
    id: 'C19',
    name: 'an invitation whose inviter has left',
    needs: ['invite', 'accept', 'removeMember'],
    async run(target) {
      for (const surface of offering(target, 'invite', 'accept'))
        await acceptAfter(target, surface, (remove) => remove())
    },
  },
]
