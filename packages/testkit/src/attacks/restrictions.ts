import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { admitted, newEmail, withdraw } from './member-fixtures.js'
import type { Attack } from './attack.js'
import type { Attacker } from './test-users.js'
import { offering } from './target.js'
import type { Target } from './target.js'
import { assertDone, assertRefused } from './assert-unchanged.js'

const DENIED = { dataset: { read: false }, canvas: { read: false } }

/** Restrictions that somebody sheds by going, and those that lock out who is above. */
export const restrictionCases: readonly Attack[] = [
  {
    id: 'I11',
    name: 'removing a restriction, a demotion or a removal by leaving and rejoining',
    needs: ['createTenant', 'openTenant', 'join', 'leave', 'endTenant'],
    needsBeside: ['setPermissions', 'readPermissions', 'setRole', 'renameTenant', 'removeMember'],
    async run(target) {
      const { owner, stranger } = target.testUsers
      for (const api of offering(target, 'createTenant', 'openTenant', 'join', 'leave', 'endTenant')) {
        const made = await api.ask(owner, 'createTenant', { name: `Open ${randomUUID()}` })
        const tenant = /"id":"([^"]+)"/.exec(made.text)?.[1] ?? ''
        assertDone(await api.ask(owner, 'openTenant', { tenant }), `${api.name}: anybody may come`)
        const comeAgain = async () => {
          assertDone(await api.ask(stranger, 'leave', { tenant }), `${api.name}: a member leaves`)
          assertDone(await api.ask(stranger, 'join', { tenant }), `${api.name}: and comes back`)
        }
        assertDone(await api.ask(stranger, 'join', { tenant }), `${api.name}: somebody comes`)
        await assertStaysDenied(target, tenant, comeAgain)
        await assertNoAdminAgain(target, tenant, comeAgain)
        const [removing] = offering(target, 'removeMember')
        await removing?.ask(owner, 'removeMember', { tenant, user: stranger.id })
        assertRefused(await api.ask(stranger, 'join', { tenant }), `${api.name}: who was removed comes back`)
        assertDone(await api.ask(owner, 'endTenant', { tenant }), `${api.name}: the tenant ends`)
      }
    },
  },
  {
    id: 'I12',
    name: 'an organization admin locked out of a tenant by its admins',
    needs: ['readTenant'],
    needsBeside: ['invite', 'listInvitations', 'revokeInvitation', 'removeMember'],
    isPossible: ({ testUsers }) => testUsers.above !== undefined,
    async run(target) {
      const { owner, admin, above = owner } = target.testUsers
      await assertRuns(target, 'before')
      const remove = await admitted(target, above, 'viewer')
      await assertRuns(target, 'as a viewer')
      for (const by of [admin, owner]) await restrict(target, { by, above })
      await remove()
      await assertRuns(target, 'removed')
    },
  },
]

/** Does all that could lock them out. Refused or not: it takes nothing from them. */
async function restrict(
  target: Target,
  { by, above }: { readonly by: Attacker; readonly above: Attacker },
): Promise<void> {
  const about = { tenant: target.testUsers.tenant, user: above.id }
  for (const api of offering(target, 'setRole'))
    for (const role of ['admin', 'member']) {
      await api.ask(by, 'setRole', { ...about, role })
      await assertRuns(target, `as ${role} by ${api.name}`)
    }
  for (const api of offering(target, 'setPermissions')) {
    await api.ask(by, 'setPermissions', { ...about, permissions: DENIED })
    await assertRuns(target, `denied by ${api.name}`)
  }
  for (const api of offering(target, 'deactivate')) {
    await api.ask(by, 'deactivate', about)
    await assertRuns(target, `deactivated by ${api.name}`)
  }
}

async function assertStaysDenied(target: Target, tenant: string, comeAgain: () => Promise<void>): Promise<void> {
  const { owner, stranger } = target.testUsers
  const about = { tenant, user: stranger.id }
  for (const api of offering(target, 'setPermissions', 'readPermissions')) {
    const denied = await api.ask(owner, 'setPermissions', { ...about, permissions: DENIED })
    assertDone(denied, `${api.name}: a member is denied something`)
    const before = await api.ask(owner, 'readPermissions', about)
    await comeAgain()
    const after = await api.ask(owner, 'readPermissions', about)
    assert.deepEqual(after, before, `${api.name}: what was denied is shed by leaving`)
  }
}

async function assertNoAdminAgain(target: Target, tenant: string, comeAgain: () => Promise<void>): Promise<void> {
  const { owner, stranger } = target.testUsers
  for (const api of offering(target, 'setRole').slice(0, 1)) {
    const promoted = await api.ask(owner, 'setRole', { tenant, user: stranger.id, role: 'admin' })
    assertDone(promoted, `${api.name}: a member becomes admin`)
    await comeAgain()
    for (const renaming of offering(target, 'renameTenant'))
      assertRefused(
        await renaming.ask(stranger, 'renameTenant', { tenant, name: 'Mine' }),
        `${renaming.name}: who left as admin comes back as one`,
      )
  }
}

/** They read the tenant, and do in it what an admin does. */
async function assertRuns(target: Target, when: string): Promise<void> {
  const { tenant, owner, above = owner } = target.testUsers
  for (const api of offering(target, 'readTenant'))
    assertDone(await api.ask(above, 'readTenant', { tenant }), `${api.name}: whoever is above reads, ${when}`)
  for (const api of offering(target, 'invite', 'listInvitations', 'revokeInvitation')) {
    const email = newEmail()
    const response = await api.ask(above, 'invite', { tenant, email, role: 'member' })
    assertDone(response, `${api.name}: whoever is above invites, ${when}`)
    await withdraw(target, email)
  }
}
