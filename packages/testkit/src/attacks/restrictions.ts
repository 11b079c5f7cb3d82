import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { admitted, newEmail, withdraw } from './admitted.js'
import type { AttackCase } from './attack-case.js'
import type { Attacker } from './cast.js'
import { offering } from './target.js'
import type { Target } from './target.js'
import { assertDone, assertRefused } from './unharmed.js'

const DENIED = { dataset: { read: false }, canvas: { read: false } }

/** Restrictions that somebody sheds by going, and those that lock out who is above. */
export const restrictionCases: readonly AttackCase[] = [
  {
    id: 'I11',
    name: 'a restriction, a demotion or a removal that is shed by leaving and coming back',
    needs: ['createTenant', 'openTenant', 'join', 'leave', 'endTenant'],
    needsBeside: ['setPermissions', 'readPermissions', 'setRole', 'renameTenant', 'removeMember'],
    async run(target) {
      const { owner, stranger } = target.cast
      for (const surface of offering(target, 'createTenant', 'openTenant', 'join', 'leave', 'endTenant')) {
        const made = await surface.ask(owner, 'createTenant', { name: `Open ${randomUUID()}` })
        const tenant = /"id":"([^"]+)"/.exec(made.text)?.[1] ?? ''
        assertDone(await surface.ask(owner, 'openTenant', { tenant }), `${surface.name}: anybody may come`)
        const comeAgain = async () => {
          assertDone(await surface.ask(stranger, 'leave', { tenant }), `${surface.name}: a member leaves`)
          assertDone(await surface.ask(stranger, 'join', { tenant }), `${surface.name}: and comes back`)
        }
        assertDone(await surface.ask(stranger, 'join', { tenant }), `${surface.name}: somebody comes`)
        await assertStaysDenied(target, tenant, comeAgain)
        await assertNoAdminAgain(target, tenant, comeAgain)
        const [removing] = offering(target, 'removeMember')
        await removing?.ask(owner, 'removeMember', { tenant, user: stranger.id })
        assertRefused(await surface.ask(stranger, 'join', { tenant }), `${surface.name}: who was removed comes back`)
        assertDone(await surface.ask(owner, 'endTenant', { tenant }), `${surface.name}: the tenant ends`)
      }
    },
  },
  {
    id: 'I12',
    name: 'whoever runs the organization, shut out of its tenant by its admins',
    needs: ['readTenant'],
    needsBeside: ['invite', 'listInvitations', 'revokeInvitation', 'removeMember'],
    isPossible: ({ cast }) => cast.above !== undefined,
    async run(target) {
      const { owner, admin, above = owner } = target.cast
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
  const about = { tenant: target.cast.tenant, user: above.id }
  for (const surface of offering(target, 'setRole'))
    for (const role of ['admin', 'member']) {
      await surface.ask(by, 'setRole', { ...about, role })
      await assertRuns(target, `as ${role} by ${surface.name}`)
    }
  for (const surface of offering(target, 'setPermissions')) {
    await surface.ask(by, 'setPermissions', { ...about, permissions: DENIED })
    await assertRuns(target, `denied by ${surface.name}`)
  }
  for (const surface of offering(target, 'deactivate')) {
    await surface.ask(by, 'deactivate', about)
    await assertRuns(target, `deactivated by ${surface.name}`)
  }
}

async function assertStaysDenied(target: Target, tenant: string, comeAgain: () => Promise<void>): Promise<void> {
  const { owner, stranger } = target.cast
  const about = { tenant, user: stranger.id }
  for (const surface of offering(target, 'setPermissions', 'readPermissions')) {
    const denied = await surface.ask(owner, 'setPermissions', { ...about, permissions: DENIED })
    assertDone(denied, `${surface.name}: a member is denied something`)
    const before = await surface.ask(owner, 'readPermissions', about)
    await comeAgain()
    const after = await surface.ask(owner, 'readPermissions', about)
    assert.deepEqual(after, before, `${surface.name}: what was denied is shed by leaving`)
  }
}

async function assertNoAdminAgain(target: Target, tenant: string, comeAgain: () => Promise<void>): Promise<void> {
  const { owner, stranger } = target.cast
  for (const surface of offering(target, 'setRole').slice(0, 1)) {
    const promoted = await surface.ask(owner, 'setRole', { tenant, user: stranger.id, role: 'admin' })
    assertDone(promoted, `${surface.name}: a member becomes admin`)
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
  const { tenant, owner, above = owner } = target.cast
  for (const surface of offering(target, 'readTenant'))
    assertDone(await surface.ask(above, 'readTenant', { tenant }), `${surface.name}: whoever is above reads, ${when}`)
  for (const surface of offering(target, 'invite', 'listInvitations', 'revokeInvitation')) {
    const email = newEmail()
    const answer = await surface.ask(above, 'invite', { tenant, email, role: 'member' })
    assertDone(answer, `${surface.name}: whoever is above invites, ${when}`)
    await withdraw(target, email)
  }
}
