import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { assertNoMember, invitationOf, invited, newEmail } from './member-fixtures.js'
import type { Attack } from './attack.js'
import { offering } from './target.js'
import { assertDone, assertRefused, unharmed } from './assert-unchanged.js'

/** What an invitation must not open, and to whom. */
export const invitationCases: readonly Attack[] = [
  {
    id: 'C01',
    name: 'an invitation accepted by another account',
    needs: ['invite', 'accept'],
    async run(target) {
      for (const api of offering(target, 'invite', 'accept')) {
        const token = await invited(target, api, { email: newEmail() })
        assertRefused(await api.ask(target.testUsers.stranger, 'accept', { token }), 'accepted by a stranger')
        await assertNoMember(target, api, target.testUsers.stranger.email)
      }
    },
  },
  {
    id: 'C03',
    name: 'one address invited again in a different spelling',
    needs: ['invite', 'accept', 'listInvitations'],
    async run(target) {
      const { testUsers } = target
      for (const api of offering(target, 'invite', 'listInvitations')) {
        const name = randomUUID()
        await invited(target, api, { email: `${name}@example.com` })
        for (const email of [`${name.toUpperCase()}@EXAMPLE.com`, `${name}＠example.com`, ` ${name}@example.com `])
          await api.ask(testUsers.owner, 'invite', { tenant: testUsers.tenant, email, role: 'member' })
        const { text } = await api.ask(testUsers.owner, 'listInvitations', { tenant: testUsers.tenant })
        const pending = text.toLowerCase().split(name).length - 1
        assert.ok(pending <= 1, `${api.name}: ${pending} invitations of one address`)
      }
    },
  },
  {
    id: 'C04',
    name: 'a revoked or declined invitation',
    needs: ['invite', 'accept', 'decline', 'listInvitations', 'revokeInvitation'],
    async run(target) {
      const { testUsers } = target
      for (const api of offering(target, 'invite', 'accept', 'decline', 'revokeInvitation')) {
        const email = newEmail()
        const revoked = await invited(target, api, { email })
        const invitation = await invitationOf(target, api, email)
        assertDone(
          await api.ask(testUsers.owner, 'revokeInvitation', { tenant: testUsers.tenant, invitation }),
          'revoked',
        )
        const declined = await invited(target, api, { email: newEmail() })
        assertDone(await api.ask(null, 'decline', { token: declined }), 'declined')
        for (const token of [revoked, declined])
          assertRefused(await api.ask(null, 'accept', { token, more: { name: 'Mallory' } }), 'a dead invitation')
      }
    },
  },
  {
    id: 'C05',
    name: 'one invitation accepted by fifty concurrent requests',
    needs: ['invite', 'accept'],
    async run(target) {
      const { testUsers } = target
      for (const api of offering(target, 'invite', 'accept')) {
        const token = await invited(target, api, { email: testUsers.stranger.email })
        const responses = await Promise.all(
          Array.from({ length: 50 }, () => api.ask(testUsers.stranger, 'accept', { token })),
        )
        const { text } = await api.ask(testUsers.owner, 'listMembers', { tenant: testUsers.tenant })
        assert.equal(text.split(testUsers.stranger.email).length - 1, 1, `${api.name}: not exactly one membership`)
        assert.equal(responses.filter(({ status }) => status < 300).length, 1, 'more than one was told that it worked')
        await api.ask(testUsers.owner, 'removeMember', { tenant: testUsers.tenant, user: testUsers.stranger.id })
      }
    },
  },
  {
    id: 'C09',
    name: 'a role, tenant, address or status in the body of an acceptance',
    needs: ['invite', 'accept'],
    async run(target) {
      const { testUsers } = target
      for (const api of offering(target, 'invite', 'accept')) {
        const token = await invited(target, api, { email: testUsers.stranger.email, role: 'viewer' })
        const bodies = [
          { role: 'admin' },
          { tenant_id: testUsers.otherTenant },
          { email: testUsers.owner.email },
          { status: 'pending' },
        ]
        for (const more of bodies)
          assertRefused(await api.ask(testUsers.stranger, 'accept', { token, more }), JSON.stringify(more))
        await assertNoMember(target, api, testUsers.stranger.email)
      }
    },
  },
  {
    id: 'C10',
    name: 'invitations to roles that cannot be granted',
    needs: ['invite'],
    run: (target) =>
      unharmed(target, async () => {
        const { testUsers } = target
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
        for (const api of offering(target, 'invite')) {
          for (const role of attempts)
            for (const by of [testUsers.owner, testUsers.admin]) {
              const { status, text } = await api.ask(by, 'invite', {
                tenant: testUsers.tenant,
                email: newEmail(),
                role,
              })
              // A list of addresses tells each one’s failure in its row.
              const refused = status >= 400 || /"status":"failed"/.test(text)
              assert.ok(refused && status < 500, `${api.name}: invited as ${JSON.stringify(role)}: ${text}`)
            }
          const asMember = await api.ask(testUsers.member, 'invite', {
            tenant: testUsers.tenant,
            email: newEmail(),
            role: 'viewer',
          })
          assertRefused(asMember, `${api.name}: a member invites`)
        }
      }),
  },
  {
    id: 'C11',
    name: 'a forged, truncated or replaced token',
    needs: ['invite', 'accept', 'resendInvitation', 'listInvitations'],
    async run(target) {
      const { testUsers } = target
      for (const api of offering(target, 'invite', 'accept', 'resendInvitation')) {
        const email = newEmail()
        const token = await invited(target, api, { email })
        const invitation = await invitationOf(target, api, email)
        assertDone(
          await api.ask(testUsers.owner, 'resendInvitation', { tenant: testUsers.tenant, invitation }),
          'resent',
        )
        for (const wrong of [token, token.slice(0, -1), `${token}x`, randomUUID(), ''])
          assertRefused(await api.ask(null, 'accept', { token: wrong, more: { name: 'Mallory' } }), 'a wrong token')
        await assertNoMember(target, api, email)
      }
    },
  },
  {
    id: 'C14',
    name: 'account enumeration by inviting an address',
    needs: ['invite', 'accept'],
    async run(target) {
      const { testUsers } = target
      const shape = (text: string, email: string) =>
        text.replaceAll(email, '@').replaceAll(/token=[\w-]+|[0-9a-f]{8}-[0-9a-f-]{27}/g, '#')
      for (const api of offering(target, 'invite')) {
        const ask = async (email: string) => {
          const { status, text } = await api.ask(testUsers.owner, 'invite', {
            tenant: testUsers.tenant,
            email,
            role: 'member',
          })
          return { status, text: shape(text, email) }
        }
        assert.deepEqual(await ask(testUsers.outsider.email), await ask(newEmail()), `${api.name} tells accounts apart`)
      }
    },
  },
]
