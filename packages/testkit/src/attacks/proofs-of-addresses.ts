import assert from 'node:assert/strict'
import { assertNoMember, invitationOf, invited, newEmail } from './admitted.js'
import type { AttackCase } from './attack-case.js'
import type { Attacker } from './cast.js'
import { offering } from './target.js'
import type { Target } from './target.js'
import { assertDone, assertRefused } from './unharmed.js'

/** Whose address it is: what counts as a proof, and what does not. */
export const addressCases: readonly AttackCase[] = [
  {
    id: 'I01',
    name: 'a link that the inviter saw, used as proof of an address elsewhere',
    needs: ['invite', 'accept', 'listMembers'],
    async run(target) {
      const { tenant, otherTenant, owner, outsider } = target.cast
      for (const surface of offering(target, 'invite', 'accept', 'listMembers')) {
        const email = newEmail()
        const token = await invited(target, surface, { email, by: outsider, tenant: otherTenant })
        const more = { name: 'Mallory', password: 'a password of Mallory’s' }
        const opened = await surface.ask(null, 'accept', { token, more })
        assertDone(opened, `${surface.name}: the link opens an account in the inviter’s own tenant`)
        const mallory = { id: '', email, token: /"access_token":"([^"]+)"/.exec(opened.text)?.[1] ?? '' }
        await invited(target, surface, { email, role: 'admin' })
        for (const accepting of offering(target, 'acceptOwn'))
          assertRefused(await accepting.ask(mallory, 'acceptOwn', { tenant }), `${accepting.name}: taken without proof`)
        await assertNoMember(target, surface, email)
        const invitation = await invitationOf(target, surface, email)
        await surface.ask(owner, 'revokeInvitation', { tenant, invitation })
        await surface.ask(mallory, 'leave', { tenant: otherTenant })
      }
    },
  },
  {
    id: 'I02',
    name: 'the session behind an address without a proof, which an admin adds',
    needs: ['addMember'],
    async run(target) {
      const { tenant, owner, unproven } = target.cast
      for (const surface of offering(target, 'addMember')) {
        const { status } = await surface.ask(owner, 'addMember', { tenant, email: unproven.email, role: 'member' })
        assert.ok(status < 500, `${surface.name}: adding an address without a proof fails inside`)
        await assertLeftOut(target, unproven)
        for (const listing of offering(target, 'listInvitations', 'revokeInvitation')) {
          const invitation = await invitationOf(target, listing, unproven.email)
          if (invitation) await listing.ask(owner, 'revokeInvitation', { tenant, invitation })
        }
      }
    },
  },
]

async function assertLeftOut(target: Target, person: Attacker): Promise<void> {
  const { tenant } = target.cast
  for (const surface of offering(target, 'readTenant'))
    assertRefused(
      await surface.ask(person, 'readTenant', { tenant }),
      `${surface.name}: a stranger’s session is let in`,
    )
}
