import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { admitted } from './member-fixtures.js'
import type { Attack } from './attack.js'
import { offering } from './target.js'
import { assertDone, assertRefused, unharmed } from './assert-unchanged.js'

const JUNK_PERMISSIONS: readonly unknown[] = [
  ...[{ nothing: { read: true } }, { dataset: { fly: true } }, { '*': { read: true } }, { dataset: { '*': true } }],
  ...[{ dataset: { read: 'true' } }, { dataset: { read: 1 } }, { dataset: [] }, [], null, 'x'],
  // Written as text: in a literal it would set the prototype.
  JSON.parse('{"__proto__": {"read": true}}') as unknown,
]

/** Roles that nobody gives themselves, and ownership that only its owner hands on. */
export const roleCases: readonly Attack[] = [
  {
    id: 'D01',
    name: 'an admin who sets the role `owner` in any way',
    needs: ['setRole'],
    run: (target) =>
      unharmed(target, async () => {
        const { tenant, admin, owner, member } = target.testUsers
        for (const api of offering(target, 'setRole'))
          for (const role of ['owner', 'Owner', ' owner', 'admin,owner'])
            for (const user of [admin, member, owner])
              assertRefused(await api.ask(admin, 'setRole', { tenant, user: user.id, role }), `${api.name}: ${role}`)
      }),
  },
  {
    id: 'D02',
    name: 'members who promote themselves, or each other',
    needs: ['setRole'],
    run: (target) =>
      unharmed(target, async () => {
        const { tenant, member, viewer, stranger, outsider } = target.testUsers
        for (const api of offering(target, 'setRole'))
          for (const as of [member, viewer, stranger, outsider])
            for (const user of [member, viewer])
              assertRefused(
                await api.ask(as, 'setRole', { tenant, user: user.id, role: 'admin' }),
                `${api.name}: a promotion without authority`,
              )
      }),
  },
  {
    id: 'D03',
    name: 'an owner who leaves, is removed, deactivated or demoted',
    needs: ['removeMember', 'setRole'],
    run: (target) =>
      unharmed(target, async () => {
        const { tenant, owner, admin } = target.testUsers
        for (const api of target.apis)
          for (const as of [owner, admin]) {
            const user = owner.id
            if (api.offers('removeMember'))
              assertRefused(await api.ask(as, 'removeMember', { tenant, user }), `${api.name}: removed`)
            if (api.offers('setRole'))
              assertRefused(await api.ask(as, 'setRole', { tenant, user, role: 'member' }), `${api.name}: demoted`)
            if (api.offers('deactivate'))
              assertRefused(await api.ask(as, 'deactivate', { tenant, user }), `${api.name}: deactivated`)
            if (api.offers('leave'))
              assertRefused(await api.ask(owner, 'leave', { tenant }), `${api.name}: the owner leaves`)
          }
      }),
  },
  {
    id: 'D05',
    name: 'an ownership transfer with a wrong code, or with the token from before the code',
    needs: ['startTransfer', 'verifyTransfer', 'completeTransfer'],
    async run(target) {
      const { tenant, owner, admin, member } = target.testUsers
      for (const api of offering(target, 'startTransfer', 'verifyTransfer', 'completeTransfer')) {
        const started = await api.ask(owner, 'startTransfer', { tenant })
        assertDone(started, 'a transfer is started')
        const token = /"(?:data|token)":"([^"]+)"/.exec(started.text)?.[1] ?? ''
        const complete = { tenant, user: admin.id, token }
        assertRefused(await api.ask(owner, 'completeTransfer', complete), 'completed by the first token')
        assertRefused(await api.ask(admin, 'completeTransfer', complete), 'completed by an admin')
        for (const code of ['', '0', 'abcdef', '１２３４５６'])
          assertRefused(await api.ask(owner, 'verifyTransfer', { tenant, token, code }), `the code ${code}`)
        const read = await api.ask(member, 'listMembers', { tenant })
        assert.ok(read.text.includes(owner.id), 'the owner is a member')
      }
    },
  },
  {
    id: 'D07',
    name: 'an admin who changes a member must not affect that person as owner of another tenant',
    needs: ['setRole', 'removeMember'],
    run: (target) =>
      unharmed(target, async () => {
        const { tenant, otherTenant, owner, admin, outsider } = target.testUsers
        for (const api of offering(target, 'setRole', 'removeMember')) {
          const remove = await admitted(target, outsider, 'member')
          const user = outsider.id
          assertDone(await api.ask(owner, 'setRole', { tenant, user, role: 'admin' }), 'promoted here')
          const there = { tenant: otherTenant, user }
          assertRefused(await api.ask(admin, 'setRole', { ...there, role: 'member' }), 'demoted there')
          assertRefused(await api.ask(admin, 'removeMember', there), 'removed there')
          await remove()
        }
      }, ['other tenant']),
  },
  {
    id: 'D08',
    name: 'a role that was deleted and recreated with the same key',
    needs: ['createRole', 'deleteRole', 'setRole'],
    async run(target) {
      const { tenant, owner, admin, viewer } = target.testUsers
      for (const api of offering(target, 'createRole', 'deleteRole', 'setRole')) {
        const key = `role_${randomUUID().slice(0, 8)}`
        assertDone(await api.ask(owner, 'createRole', { tenant, key, permissions: [] }), 'a role is made')
        assertDone(await api.ask(owner, 'setRole', { tenant, user: viewer.id, role: key }), 'it is given')
        assertRefused(await api.ask(owner, 'deleteRole', { tenant, key }), 'a role in use is deleted')
        assertDone(await api.ask(owner, 'setRole', { tenant, user: viewer.id, role: 'viewer' }), 'it is taken')
        assertDone(await api.ask(owner, 'deleteRole', { tenant, key }), 'it is deleted')
        const escalating = { tenant, key: `${key}2`, permissions: ['tenant:transfer'] }
        assertRefused(await api.ask(admin, 'createRole', escalating), 'a role with more than its author holds')
        assertDone(await api.ask(owner, 'createRole', { tenant, key, permissions: [] }), 'it is made again')
        const { text } = await api.ask(owner, 'listMembers', { tenant })
        assert.ok(!text.includes(key), `${api.name}: the new role is held by who held the old one`)
        assertDone(await api.ask(owner, 'deleteRole', { tenant, key }), 'it is deleted again')
      }
    },
  },
  {
    id: 'D09',
    name: 'unknown permissions, and values that are not booleans',
    needs: ['setPermissions'],
    async run(target) {
      const { tenant, owner, member, viewer } = target.testUsers
      await unharmed(target, async () => {
        for (const api of offering(target, 'setPermissions')) {
          for (const permissions of JUNK_PERMISSIONS)
            assertRefused(
              await api.ask(owner, 'setPermissions', { tenant, user: member.id, permissions }),
              `${api.name}: ${JSON.stringify(permissions)}`,
            )
          const own = { tenant, user: viewer.id, permissions: { dataset: { create: true } } }
          assertRefused(await api.ask(viewer, 'setPermissions', own), `${api.name}: one’s own permissions`)
        }
      })
      // An API may take `null` for leaving it to the roles.
      for (const api of offering(target, 'setPermissions', 'readPermissions')) {
        const about = { tenant, user: member.id }
        const before = (await api.ask(owner, 'readPermissions', about)).text
        await api.ask(owner, 'setPermissions', { ...about, permissions: { dataset: { read: null } } })
        assert.equal((await api.ask(owner, 'readPermissions', about)).text, before, `${api.name}: null gives or takes`)
      }
    },
  },
  {
    id: 'D10',
    name: 'a denied permission of a member who becomes admin and then member again',
    needs: ['setPermissions', 'readPermissions', 'setRole', 'removeMember'],
    async run(target) {
      const { tenant, owner, stranger } = target.testUsers
      const about = { tenant, user: stranger.id }
      for (const api of offering(target, 'setPermissions', 'readPermissions', 'setRole')) {
        const remove = await admitted(target, stranger, 'member')
        const permissions = { dataset: { read: false, create: true } }
        assertDone(await api.ask(owner, 'setPermissions', { ...about, permissions }), 'permissions are set')
        const read = async () => (await api.ask(owner, 'readPermissions', about)).text
        const before = await read()
        assert.match(before, /"read":false/, `${api.name}: nothing was taken`)
        assertDone(await api.ask(owner, 'setRole', { ...about, role: 'admin' }), 'promoted')
        // An override that is kept for later has a name in two parts.
        assert.doesNotMatch(await read(), /"\w+":false/, `${api.name}: an admin is restricted`)
        assertDone(await api.ask(owner, 'setRole', { ...about, role: 'member' }), 'demoted')
        assert.equal(await read(), before, `${api.name}: a member again, with other permissions than before`)
        await remove()
      }
    },
  },
]
