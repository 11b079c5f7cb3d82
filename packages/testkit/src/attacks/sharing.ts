import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { admitted } from './member-fixtures.js'
import type { Attack } from './attack.js'
import type { Attacker } from './test-users.js'
import type { Act } from './dialect.js'
import { offering } from './target.js'
import type { ApiUnderAttack, Target } from './target.js'
import { assertDone, assertRefused, assertSameRefusal } from './assert-unchanged.js'

const SHARING: readonly Act[] = ['createResource', 'readResource', 'shareResource', 'deleteResource']

/** For each API: a resource of the owner’s that the tenant sees, which is gone afterwards. */
async function withShared(
  target: Target,
  attempt: (api: ApiUnderAttack, id: string) => Promise<void>,
  by: Attacker = target.testUsers.owner,
): Promise<void> {
  const { tenant } = target.testUsers
  for (const api of offering(target, ...SHARING)) {
    const made = await api.ask(by, 'createResource', { tenant, name: `Shared ${randomUUID()}`, visible: true })
    assertDone(made, `${api.name}: a resource is made`)
    const id = /"id":"([^"]+)"/.exec(made.text)?.[1]
    assert.ok(id, `${api.name} says no id: ${made.text}`)
    await attempt(api, id)
    assertDone(await api.ask(by, 'deleteResource', { tenant, id }), `${api.name}: its owner deletes it`)
  }
}

/** What is shared, unshared, and handed on by those it was never theirs to. */
export const sharingCases: readonly Attack[] = [
  {
    id: 'A04',
    name: 'an object of another tenant, referenced in the caller’s tenant',
    needs: SHARING,
    async run(target) {
      const { tenant, otherTenant, owner, outsider } = target.testUsers
      const foreign = { ...target, testUsers: { ...target.testUsers, tenant: otherTenant } }
      const acts = ['readResource', 'shareResource', 'deleteResource'] as const
      await withShared(
        foreign,
        async (api, id) => {
          for (const act of acts) {
            const ask = (which: string) => api.ask(owner, act, { tenant, id: which, with: tenant })
            assertSameRefusal(await ask(id), await ask(randomUUID()), `${api.name}: ${act}`)
          }
        },
        outsider,
      )
    },
  },
  {
    id: 'F01',
    name: 'sharing with a tenant in which the caller may not create resources',
    needs: SHARING,
    run: (target) =>
      withShared(target, async (api, id) => {
        const { tenant, otherTenant, owner, stranger } = target.testUsers
        const into = (other: string) => api.ask(owner, 'createResource', { tenant: other, name: 'x', visible: true })
        assertSameRefusal(await into(otherTenant), await into(randomUUID()), `${api.name}: into another tenant`)
        const made = await api.ask(stranger, 'createResource', { tenant, name: 'x', visible: true })
        assertRefused(made, `${api.name}: by a stranger`)
        assertRefused(await api.ask(stranger, 'readResource', { tenant, id }), `${api.name}: read by a stranger`)
      }),
  },
  {
    id: 'F02',
    name: 'reading a resource that was just unshared',
    needs: SHARING,
    run: (target) =>
      withShared(target, async (api, id) => {
        const { tenant, owner, admin, member } = target.testUsers
        assertDone(await api.ask(member, 'readResource', { tenant, id }), `${api.name}: a member reads`)
        assertDone(await api.ask(owner, 'shareResource', { tenant, id, with: null }), 'it is taken back')
        for (const as of [member, admin])
          assertRefused(await api.ask(as, 'readResource', { tenant, id }), `${api.name}: what was taken back`)
      }),
  },
  {
    id: 'F04',
    name: 'reading resources after being removed',
    needs: [...SHARING, 'removeMember'],
    async run(target) {
      const { tenant, stranger } = target.testUsers
      const remove = await admitted(target, stranger, 'member')
      await withShared(target, async (api, id) => {
        assertDone(await api.ask(stranger, 'readResource', { tenant, id }), `${api.name}: a member reads`)
      })
      await withShared(target, async (api, id) => {
        await remove()
        assertRefused(await api.ask(stranger, 'readResource', { tenant, id }), `${api.name}: who was removed`)
        assertRefused(await api.ask(stranger, 'deleteResource', { tenant, id }), `${api.name}: who was removed`)
      })
    },
  },
  {
    id: 'F05',
    name: 'a reader who shares, unshares or deletes another user’s resource',
    needs: SHARING,
    run: (target) =>
      withShared(target, async (api, id) => {
        const { tenant, otherTenant, viewer, outsider } = target.testUsers
        for (const as of [viewer, outsider]) {
          for (const other of [otherTenant, tenant, null])
            assertRefused(await api.ask(as, 'shareResource', { tenant, id, with: other }), `${api.name}: ${other}`)
          assertRefused(await api.ask(as, 'deleteResource', { tenant, id }), `${api.name}: deleted by a reader`)
        }
      }),
  },
  {
    id: 'I13',
    name: 'ownership in place of a permission that it does not grant',
    needs: [...SHARING, 'commentOnResource'],
    needsBeside: ['createRole', 'deleteRole', 'setRole'],
    async run(target) {
      const { tenant, owner, stranger } = target.testUsers
      const key = `maker_${randomUUID().slice(0, 8)}`
      const [roles] = offering(target, 'createRole', 'deleteRole', 'setRole')
      assert.ok(roles)
      const permissions = ['protocol:create', 'protocol:read']
      assertDone(await roles.ask(owner, 'createRole', { tenant, key, permissions }), 'a role is made')
      const remove = await admitted(target, stranger, 'member')
      assertDone(await roles.ask(owner, 'setRole', { tenant, user: stranger.id, role: key }), 'it is given')
      const commented = { ...target, apis: offering(target, 'commentOnResource') }
      await withShared(
        commented,
        async (api, id) => {
          const about = { tenant, id, text: 'mine' }
          assertRefused(await api.ask(stranger, 'commentOnResource', about), `${api.name}: its owner comments`)
          assertDone(await api.ask(owner, 'commentOnResource', about), `${api.name}: who may comment does`)
        },
        stranger,
      )
      await remove()
      assertDone(await roles.ask(owner, 'deleteRole', { tenant, key }), 'the role is deleted')
    },
  },
]
