import assert from 'node:assert/strict'
import { assertNoMember, invitationOf, invited, newEmail, withdraw } from './member-fixtures.js'
import type { Attack } from './attack.js'
import type { Attacker } from './test-users.js'
import { offering } from './target.js'
import type { Target } from './target.js'
import { assertDone, assertRefused, assertSameRefusal } from './assert-unchanged.js'

/** Whose address it is: what counts as a proof, and what does not. */
export const addressCases: readonly Attack[] = [
  {
    id: 'I01',
    name: 'a link that the inviter saw, used to verify an address elsewhere',
    needs: ['invite', 'accept', 'listMembers'],
    async run(target) {
      const { tenant, otherTenant, owner, outsider } = target.testUsers
      for (const api of offering(target, 'invite', 'accept', 'listMembers')) {
        const email = newEmail()
        const token = await invited(target, api, { email, by: outsider, tenant: otherTenant })
        const more = { name: 'Mallory', password: 'a password of Mallory’s' }
        const opened = await api.ask(null, 'accept', { token, more })
        assertDone(opened, `${api.name}: the link opens an account in the inviter’s own tenant`)
        const mallory = { id: '', email, token: /"access_token":"([^"]+)"/.exec(opened.text)?.[1] ?? '' }
        await invited(target, api, { email, role: 'admin' })
        for (const accepting of offering(target, 'acceptMine'))
          assertRefused(
            await accepting.ask(mallory, 'acceptMine', { tenant }),
            `${accepting.name}: taken without proof`,
          )
        await assertNoMember(target, api, email)
        const invitation = await invitationOf(target, api, email)
        await api.ask(owner, 'revokeInvitation', { tenant, invitation })
        await api.ask(mallory, 'leave', { tenant: otherTenant })
      }
    },
  },
  {
    id: 'I15',
    name: 'account enumeration with the link that the inviter saw',
    needs: ['invite', 'checkInvitation', 'accept'],
    needsBeside: ['addMember'],
    async run(target) {
      const { otherTenant, outsider, stranger } = target.testUsers
      const waiting = newEmail()
      for (const api of offering(target, 'addMember').slice(0, 1)) {
        const response = await api.ask(outsider, 'addMember', { tenant: otherTenant, email: waiting, role: 'member' })
        assertDone(response, `${api.name}: an address without an account is added elsewhere`)
      }
      for (const api of offering(target, 'invite', 'checkInvitation', 'accept')) {
        const look = async (email: string) => {
          const token = await invited(target, api, { email })
          const { status, text } = await api.ask(null, 'checkInvitation', { token })
          return { token, notified: { status, text: text.replaceAll(email, '@') } }
        }
        const [free, owned, waits] = [await look(newEmail()), await look(stranger.email), await look(waiting)]
        assert.deepEqual(owned.notified, free.notified, `${api.name}: its link tells of an account`)
        assert.deepEqual(
          waits.notified,
          free.notified,
          `${api.name}: its link tells of an account that waits elsewhere`,
        )
        const more = { name: 'Mallory', password: 'a password of Mallory’s' }
        const open = ({ token }: { readonly token: string }) => api.ask(null, 'accept', { token, more })
        assertSameRefusal(await open(waits), await open(owned), `${api.name}: opened by its link`)
        await withdraw(target, stranger.email, waiting)
      }
    },
  },
  {
    id: 'I02',
    name: 'the session of an account with an unverified address that an admin adds',
    needs: ['addMember'],
    async run(target) {
      const { tenant, owner, unproven } = target.testUsers
      for (const api of offering(target, 'addMember')) {
        const { status } = await api.ask(owner, 'addMember', { tenant, email: unproven.email, role: 'member' })
        assert.ok(status < 500, `${api.name}: adding an address without a proof fails inside`)
        await assertLeftOut(target, unproven)
        await withdraw(target, unproven.email)
      }
    },
  },
]

async function assertLeftOut(target: Target, person: Attacker): Promise<void> {
  const { tenant } = target.testUsers
  for (const api of offering(target, 'readTenant'))
    assertRefused(await api.ask(person, 'readTenant', { tenant }), `${api.name}: a stranger’s session is let in`)
}
