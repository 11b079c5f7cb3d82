import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { admitted } from './admitted.js'
import type { AttackCase } from './attack-case.js'
import { offering } from './target.js'
import { assertDone, assertRefused, unharmed } from './unharmed.js'

const JUNK_PERMISSIONS: readonly unknown[] = [
  ...[{ nothing: { read: true } }, { dataset: { fly: true } }, { '*': { read: true } }, { dataset: { '*': true } }],
  ...[
    { dataset: { read: 'true' } },
    { dataset: { read: 1 } },
    { dataset: { read: null } },
    { dataset: [] },
    [],
    null,
    'x',
  ],
  // Written as text: in a literal it would set the prototype.
  JSON.parse('{"__proto__": {"read": true}}') as unknown,
]

/** Roles that nobody gives themselves, and ownership that only its owner hands on. */
export const roleCases: readonly AttackCase[] = [
  {
    id: 'D01',
    name: 'an admin, by any way of setting a role, to owner',
    needs: ['setRole'],
    run: (target) =>
      unharmed(target, async () => {
        const { tenant, admin, owner, member } = target.cast
        for (const surface of offering(target, 'setRole'))
          for (const role of ['owner', 'Owner', ' owner', 'admin,owner'])
            for (const user of [admin, member, owner])
              assertRefused(
                await surface.ask(admin, 'setRole', { tenant, user: user.id, role }),
                `${surface.name}: ${role}`,
              )
      }),
  },
  {
    id: 'D02',
    name: 'members who promote themselves, or each other',
    needs: ['setRole'],
    run: (target) =>
      unharmed(target, async () => {
        const { tenant, member, viewer, stranger, outsider } = target.cast
        for (const surface of offering(target, 'setRole'))
          for (const as of [member, viewer, stranger, outsider])
            for (const user of [member, viewer])
              assertRefused(
                await surface.ask(as, 'setRole', { tenant, user: user.id, role: 'admin' }),
                `${surface.name}: a promotion without authority`,
              )
      }),
  },
  {
    id: 'D03',
    name: 'an owner who leaves, is removed, deactivated or demoted',
    needs: ['removeMember', 'setRole'],
    run: (target) =>
      unharmed(target, async () => {
        const { tenant, owner, admin } = target.cast
        for (const surface of target.surfaces)
          for (const as of [owner, admin]) {
            const user = owner.id
            if (surface.offers('removeMember'))
              assertRefused(await surface.ask(as, 'removeMember', { tenant, user }), `${surface.name}: removed`)
            if (surface.offers('setRole'))
              assertRefused(
                await surface.ask(as, 'setRole', { tenant, user, role: 'member' }),
                `${surface.name}: demoted`,
              )
            if (surface.offers('deactivate'))
              assertRefused(await surface.ask(as, 'deactivate', { tenant, user }), `${surface.name}: deactivated`)
            if (surface.offers('leave'))
              assertRefused(await surface.ask(owner, 'leave', { tenant }), `${surface.name}: the owner leaves`)
          }
      }),
  },
  {
    id: 'D05',
    name: 'a transfer of ownership with a wrong code, or the token from before the code',
    needs: ['startTransfer', 'verifyTransfer', 'completeTransfer'],
    async run(target) {
      const { tenant, owner, admin, member } = target.cast
      for (const surface of offering(target, 'startTransfer', 'verifyTransfer', 'completeTransfer')) {
        const started = await surface.ask(owner, 'startTransfer', { tenant })
        assertDone(started, 'a transfer is started')
        const token = /"(?:data|token)":"([^"]+)"/.exec(started.text)?.[1] ?? ''
        const complete = { tenant, user: admin.id, token }
        assertRefused(await surface.ask(owner, 'completeTransfer', complete), 'completed by the first token')
        assertRefused(await surface.ask(admin, 'completeTransfer', complete), 'completed by an admin')
        for (const code of ['', '0', 'abcdef', '１２３４５６'])
          assertRefused(await surface.ask(owner, 'verifyTransfer', { tenant, token, code }), `the code ${code}`)
        const read = await surface.ask(member, 'listMembers', { tenant })
        assert.ok(read.text.includes(owner.id), 'the owner is a member')
      }
    },
  },
  {
    id: 'D07',
    name: 'an admin here changes a person, who is somebody else’s owner, only here',
    needs: ['setRole', 'removeMember'],
    run: (target) =>
      unharmed(target, async () => {
        const { tenant, otherTenant, owner, admin, outsider } = target.cast
        for (const surface of offering(target, 'setRole', 'removeMember')) {
          const remove = await admitted(target, outsider, 'member')
          const user = outsider.id
          assertDone(await surface.ask(owner, 'setRole', { tenant, user, role: 'admin' }), 'promoted here')
          const there = { tenant: otherTenant, user }
          assertRefused(await surface.ask(admin, 'setRole', { ...there, role: 'member' }), 'demoted there')
          assertRefused(await surface.ask(admin, 'removeMember', there), 'removed there')
          await remove()
        }
      }, ['other tenant']),
  },
  {
    id: 'D08',
    name: 'a role that was deleted and made again under its key',
    needs: ['createRole', 'deleteRole', 'setRole'],
    async run(target) {
      const { tenant, owner, admin, viewer } = target.cast
      for (const surface of offering(target, 'createRole', 'deleteRole', 'setRole')) {
        const key = `role_${randomUUID().slice(0, 8)}`
        assertDone(await surface.ask(owner, 'createRole', { tenant, key, permissions: [] }), 'a role is made')
        assertDone(await surface.ask(owner, 'setRole', { tenant, user: viewer.id, role: key }), 'it is given')
        assertRefused(await surface.ask(owner, 'deleteRole', { tenant, key }), 'a role in use is deleted')
        assertDone(await surface.ask(owner, 'setRole', { tenant, user: viewer.id, role: 'viewer' }), 'it is taken')
        assertDone(await surface.ask(owner, 'deleteRole', { tenant, key }), 'it is deleted')
        const escalating = { tenant, key: `${key}2`, permissions: ['tenant:transfer'] }
        assertRefused(await surface.ask(admin, 'createRole', escalating), 'a role with more than its author holds')
        assertDone(await surface.ask(owner, 'createRole', { tenant, key, permissions: [] }), 'it is made again')
        const { text } = await surface.ask(owner, 'listMembers', { tenant })
        assert.ok(!text.includes(key), `${surface.name}: the new role is held by who held the old one`)
        assertDone(await surface.ask(owner, 'deleteRole', { tenant, key }), 'it is deleted again')
      }
    },
  },
  {
    id: 'D09',
    name: 'permissions that are none, and values that are no booleans',
    needs: ['setPermissions'],
    run: (target) =>
      unharmed(target, async () => {
        const { tenant, owner, member, viewer } = target.cast
        for (const surface of offering(target, 'setPermissions')) {
          for (const permissions of JUNK_PERMISSIONS)
            assertRefused(
              await surface.ask(owner, 'setPermissions', { tenant, user: member.id, permissions }),
              `${surface.name}: ${JSON.stringify(permissions)}`,
            )
          const own = { tenant, user: viewer.id, permissions: { dataset: { create: true } } }
          assertRefused(await surface.ask(viewer, 'setPermissions', own), `${surface.name}: one’s own permissions`)
        }
      }),
  },
  {
    id: 'D10',
    name: 'a permission taken from a member who becomes admin, and member again',
    needs: ['setPermissions', 'readPermissions', 'setRole', 'removeMember'],
    async run(target) {
      const { tenant, owner, stranger } = target.cast
      const about = { tenant, user: stranger.id }
      for (const surface of offering(target, 'setPermissions', 'readPermissions', 'setRole')) {
        const remove = await admitted(target, stranger, 'member')
        const permissions = { dataset: { read: false, create: true } }
        assertDone(await surface.ask(owner, 'setPermissions', { ...about, permissions }), 'permissions are set')
        const read = async () => (await surface.ask(owner, 'readPermissions', about)).text
        const before = await read()
        assert.match(before, /"read":false/, `${surface.name}: nothing was taken`)
        assertDone(await surface.ask(owner, 'setRole', { ...about, role: 'admin' }), 'promoted')
        assert.doesNotMatch(await read(), /false/, `${surface.name}: an admin is restricted`)
        assertDone(await surface.ask(owner, 'setRole', { ...about, role: 'member' }), 'demoted')
        assert.equal(await read(), before, `${surface.name}: a member again, with other permissions than before`)
        await remove()
      }
    },
  },
]
