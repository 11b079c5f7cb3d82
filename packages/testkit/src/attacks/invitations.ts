import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { assertNoMember, invitationOf, invited, newEmail } from './admitted.js'
import type { AttackCase } from './attack-case.js'
import { offering } from './target.js'
import { assertDone, assertRefused, unharmed } from './unharmed.js'

/** What an invitation must not open, and to whom. */
export const invitationCases: readonly AttackCase[] = [
  {
    id: 'C01',
    name: 'an invitation accepted by another account',
    needs: ['invite', 'accept'],
    async run(target) {
      for (const surface of offering(target, 'invite', 'accept')) {
        const token = await invited(target, surface, { email: newEmail() })
        assertRefused(await surface.ask(target.cast.stranger, 'accept', { token }), 'accepted by a stranger')
        await assertNoMember(target, surface, target.cast.stranger.email)
      }
    },
  },
  {
    id: 'C03',
    name: 'one address invited again in other letters',
    needs: ['invite', 'accept', 'listInvitations'],
    async run(target) {
      const { cast } = target
      for (const surface of offering(target, 'invite', 'listInvitations')) {
        const name = randomUUID()
        await invited(target, surface, { email: `${name}@example.com` })
        for (const email of [`${name.toUpperCase()}@EXAMPLE.com`, `${name}＠example.com`, ` ${name}@example.com `])
          await surface.ask(cast.owner, 'invite', { tenant: cast.tenant, email, role: 'member' })
        const { text } = await surface.ask(cast.owner, 'listInvitations', { tenant: cast.tenant })
        const pending = text.toLowerCase().split(name).length - 1
        assert.ok(pending <= 1, `${surface.name}: ${pending} invitations of one address`)
      }
    },
  },
  {
    id: 'C04',
    name: 'an invitation that was revoked, or declined',
    needs: ['invite', 'accept', 'decline', 'listInvitations', 'revokeInvitation'],
    async run(target) {
      const { cast } = target
      for (const surface of offering(target, 'invite', 'accept', 'decline', 'revokeInvitation')) {
        const email = newEmail()
        const revoked = await invited(target, surface, { email })
        const invitation = await invitationOf(target, surface, email)
        assertDone(await surface.ask(cast.owner, 'revokeInvitation', { tenant: cast.tenant, invitation }), 'revoked')
        const declined = await invited(target, surface, { email: newEmail() })
        assertDone(await surface.ask(null, 'decline', { token: declined }), 'declined')
        for (const token of [revoked, declined])
          assertRefused(await surface.ask(null, 'accept', { token, more: { name: 'Mallory' } }), 'a dead invitation')
      }
    },
  },
  {
    id: 'C05',
    name: 'one invitation accepted fifty times at once',
    needs: ['invite', 'accept'],
    async run(target) {
      const { cast } = target
      for (const surface of offering(target, 'invite', 'accept')) {
        const token = await invited(target, surface, { email: cast.stranger.email })
        const answers = await Promise.all(
          Array.from({ length: 50 }, () => surface.ask(cast.stranger, 'accept', { token })),
        )
        const { text } = await surface.ask(cast.owner, 'listMembers', { tenant: cast.tenant })
        assert.equal(text.split(cast.stranger.email).length - 1, 1, `${surface.name}: not exactly one membership`)
        assert.equal(answers.filter(({ status }) => status < 300).length, 1, 'more than one was told that it worked')
        await surface.ask(cast.owner, 'removeMember', { tenant: cast.tenant, user: cast.stranger.id })
      }
    },
  },
  {
    id: 'C09',
    name: 'a role, tenant, address or status in the accepting body',
    needs: ['invite', 'accept'],
    async run(target) {
      const { cast } = target
      for (const surface of offering(target, 'invite', 'accept')) {
        const token = await invited(target, surface, { email: cast.stranger.email, role: 'viewer' })
        const bodies = [
          { role: 'admin' },
          { tenant_id: cast.otherTenant },
          { email: cast.owner.email },
          { status: 'pending' },
        ]
        for (const more of bodies)
          assertRefused(await surface.ask(cast.stranger, 'accept', { token, more }), JSON.stringify(more))
        await assertNoMember(target, surface, cast.stranger.email)
      }
    },
  },
  {
    id: 'C10',
    name: 'invitations to roles that nobody may give',
    needs: ['invite'],
    run: (target) =>
      unharmed(target, async () => {
        const { cast } = target
        const attempts = [
          'owner',
          'Owner ',
          'OWNER',
          'admin,owner',
          'nobody',
          '',
          '*',
          ['admin'],
          { key: 'admin' },
          null,
        ]
        for (const surface of offering(target, 'invite')) {
          for (const role of attempts)
            for (const by of [cast.owner, cast.admin]) {
              const { status, text } = await surface.ask(by, 'invite', { tenant: cast.tenant, email: newEmail(), role })
              // A list of addresses tells each one’s failure in its row.
              const refused = status >= 400 || /"status":"failed"/.test(text)
              assert.ok(refused && status < 500, `${surface.name}: invited as ${JSON.stringify(role)}: ${text}`)
            }
          const asMember = await surface.ask(cast.member, 'invite', {
            tenant: cast.tenant,
            email: newEmail(),
            role: 'viewer',
          })
          assertRefused(asMember, `${surface.name}: a member invites`)
        }
      }),
  },
  {
    id: 'C11',
    name: 'a token that is forged, cut, or replaced by a newer one',
    needs: ['invite', 'accept', 'resendInvitation', 'listInvitations'],
    async run(target) {
      const { cast } = target
      for (const surface of offering(target, 'invite', 'accept', 'resendInvitation')) {
        const email = newEmail()
        const token = await invited(target, surface, { email })
        const invitation = await invitationOf(target, surface, email)
        assertDone(await surface.ask(cast.owner, 'resendInvitation', { tenant: cast.tenant, invitation }), 'resent')
        for (const wrong of [token, token.slice(0, -1), `${token}x`, randomUUID(), ''])
          assertRefused(await surface.ask(null, 'accept', { token: wrong, more: { name: 'Mallory' } }), 'a wrong token')
        await assertNoMember(target, surface, email)
      }
    },
  },
  {
    id: 'C14',
    name: 'whether an address has an account, asked by inviting it',
    needs: ['invite', 'accept'],
    async run(target) {
      const { cast } = target
      const shape = (text: string, email: string) => text.replaceAll(email, '@').replaceAll(/token=[\w-]+/g, 'token')
      for (const surface of offering(target, 'invite')) {
        const ask = async (email: string) => {
          const { status, text } = await surface.ask(cast.owner, 'invite', {
            tenant: cast.tenant,
            email,
            role: 'member',
          })
          return { status, text: shape(text, email) }
        }
        assert.deepEqual(await ask(cast.outsider.email), await ask(newEmail()), `${surface.name} tells accounts apart`)
      }
    },
  },
]
