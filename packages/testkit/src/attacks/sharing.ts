import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { admitted } from './admitted.js'
import type { AttackCase } from './attack-case.js'
import type { Attacker } from './cast.js'
import type { Act } from './dialect.js'
import { offering } from './target.js'
import type { SpokenSurface, Target } from './target.js'
import { assertDone, assertRefused, assertSameRefusal } from './unharmed.js'

const SHARING: readonly Act[] = ['createResource', 'readResource', 'shareResource', 'deleteResource']

/** For each surface: a resource of the owner’s that the tenant sees, which is gone afterwards. */
async function withShared(
  target: Target,
  attempt: (surface: SpokenSurface, id: string) => Promise<void>,
  by: Attacker = target.cast.owner,
): Promise<void> {
  const { tenant } = target.cast
  for (const surface of offering(target, ...SHARING)) {
    const made = await surface.ask(by, 'createResource', { tenant, name: `Shared ${randomUUID()}`, visible: true })
    assertDone(made, `${surface.name}: a resource is made`)
    const id = /"id":"([^"]+)"/.exec(made.text)?.[1]
    assert.ok(id, `${surface.name} says no id: ${made.text}`)
    await attempt(surface, id)
    assertDone(await surface.ask(by, 'deleteResource', { tenant, id }), `${surface.name}: its owner deletes it`)
  }
}

/** What is shared, taken back, and handed on by those it was never theirs to. */
export const sharingCases: readonly AttackCase[] = [
  {
    id: 'A04',
    name: 'something of another tenant, named inside one’s own',
    needs: SHARING,
    async run(target) {
      const { tenant, otherTenant, owner, outsider } = target.cast
      const foreign = { ...target, cast: { ...target.cast, tenant: otherTenant } }
      const acts = ['readResource', 'shareResource', 'deleteResource'] as const
      await withShared(
        foreign,
        async (surface, id) => {
          for (const act of acts) {
            const ask = (which: string) => surface.ask(owner, act, { tenant, id: which, with: tenant })
            assertSameRefusal(await ask(id), await ask(randomUUID()), `${surface.name}: ${act}`)
          }
        },
        outsider,
      )
    },
  },
  {
    id: 'F01',
    name: 'sharing into a tenant that one may make nothing in',
    needs: SHARING,
    run: (target) =>
      withShared(target, async (surface, id) => {
        const { tenant, otherTenant, owner, stranger } = target.cast
        const into = (other: string) =>
          surface.ask(owner, 'createResource', { tenant: other, name: 'x', visible: true })
        assertSameRefusal(await into(otherTenant), await into(randomUUID()), `${surface.name}: into another tenant`)
        const made = await surface.ask(stranger, 'createResource', { tenant, name: 'x', visible: true })
        assertRefused(made, `${surface.name}: by a stranger`)
        assertRefused(
          await surface.ask(stranger, 'readResource', { tenant, id }),
          `${surface.name}: read by a stranger`,
        )
      }),
  },
  {
    id: 'F02',
    name: 'reading what was taken back a second ago',
    needs: SHARING,
    run: (target) =>
      withShared(target, async (surface, id) => {
        const { tenant, owner, admin, member } = target.cast
        assertDone(await surface.ask(member, 'readResource', { tenant, id }), `${surface.name}: a member reads`)
        assertDone(await surface.ask(owner, 'shareResource', { tenant, id, with: null }), 'it is taken back')
        for (const as of [member, admin])
          assertRefused(await surface.ask(as, 'readResource', { tenant, id }), `${surface.name}: what was taken back`)
      }),
  },
  {
    id: 'F04',
    name: 'reading what one could read before one was removed',
    needs: [...SHARING, 'removeMember'],
    async run(target) {
      const { tenant, stranger } = target.cast
      const remove = await admitted(target, stranger, 'member')
      await withShared(target, async (surface, id) => {
        assertDone(await surface.ask(stranger, 'readResource', { tenant, id }), `${surface.name}: a member reads`)
      })
      await withShared(target, async (surface, id) => {
        await remove()
        assertRefused(await surface.ask(stranger, 'readResource', { tenant, id }), `${surface.name}: who was removed`)
        assertRefused(await surface.ask(stranger, 'deleteResource', { tenant, id }), `${surface.name}: who was removed`)
      })
    },
  },
  {
    id: 'F05',
    name: 'a reader who hands on, takes back or deletes what is not theirs',
    needs: SHARING,
    run: (target) =>
      withShared(target, async (surface, id) => {
        const { tenant, otherTenant, viewer, outsider } = target.cast
        for (const as of [viewer, outsider]) {
          for (const other of [otherTenant, tenant, null])
            assertRefused(
              await surface.ask(as, 'shareResource', { tenant, id, with: other }),
              `${surface.name}: ${other}`,
            )
          assertRefused(await surface.ask(as, 'deleteResource', { tenant, id }), `${surface.name}: deleted by a reader`)
        }
      }),
  },
  {
    id: 'I13',
    name: 'owning something, in place of a permission that ownership does not give',
    needs: [...SHARING, 'commentOnResource'],
    needsBeside: ['createRole', 'deleteRole', 'setRole'],
    async run(target) {
      const { tenant, owner, stranger } = target.cast
      const key = `maker_${randomUUID().slice(0, 8)}`
      const [roles] = offering(target, 'createRole', 'deleteRole', 'setRole')
      assert.ok(roles)
      const permissions = ['protocol:create', 'protocol:read']
      assertDone(await roles.ask(owner, 'createRole', { tenant, key, permissions }), 'a role is made')
      const remove = await admitted(target, stranger, 'member')
      assertDone(await roles.ask(owner, 'setRole', { tenant, user: stranger.id, role: key }), 'it is given')
      const commented = { ...target, surfaces: offering(target, 'commentOnResource') }
      await withShared(
        commented,
        async (surface, id) => {
          const about = { tenant, id, text: 'mine' }
          assertRefused(await surface.ask(stranger, 'commentOnResource', about), `${surface.name}: its owner comments`)
          assertDone(await surface.ask(owner, 'commentOnResource', about), `${surface.name}: who may comment does`)
        },
        stranger,
      )
      await remove()
      assertDone(await roles.ask(owner, 'deleteRole', { tenant, key }), 'the role is deleted')
    },
  },
]
