import assert from 'node:assert/strict'
import { BUILT_IN_ROLES } from '@tenantry/core'
import { wholeTenant } from '../tenant-state.js'
import { countOutcomes, nameOf } from './count-outcomes.js'
import { invited, memberOf, newAddress, somebody, someTenant, times } from './fixtures.js'
import type { Person } from './fixtures.js'
import { inTurn } from './in-turn.js'
import type { ConcurrencyHarness, Call, ConcurrencyCase } from './concurrency-case.js'

const PAIRS = 4
const MANY = 20

const CLERK = { key: 'clerk', name: 'Clerk', rank: 5, permissions: ['tenant:read'] }

interface Scene {
  readonly tenantId: string
  readonly owner: Person
  readonly member: Person
}

interface Giving {
  readonly id: string
  readonly name: string
  give(scene: Scene): Call
}

const byOwner = ({ owner, tenantId }: Scene) => ({ actor: { userId: owner.id }, tenantId })

/** Somebody gets a role just as it is deleted. */
const GIVINGS: readonly Giving[] = [
  {
    id: 'role-delete-assign',
    name: 'given to a member',
    give: (scene) => ({
      ...byOwner(scene),
      useCase: 'members.setRoles',
      input: { userId: scene.member.id, roles: ['viewer', CLERK.key] },
    }),
  },
  {
    id: 'role-delete-invite',
    name: 'offered to somebody',
    give: (scene) => ({
      ...byOwner(scene),
      useCase: 'members.invite',
      input: { email: newAddress(), role: CLERK.key },
    }),
  },
  {
    id: 'role-delete-add',
    name: 'what somebody is added with',
    give: (scene) => ({ ...byOwner(scene), useCase: 'members.add', input: { email: newAddress(), role: CLERK.key } }),
  },
]

const givingCases: readonly ConcurrencyCase[] = GIVINGS.map(({ id, name, give }) => ({
  id,
  name: `a role is deleted just as it is ${name}: one of the two came first, and nobody has a role that is gone`,
  async run(harness) {
    const scenes = await times(PAIRS, () => someScene(harness))
    const responses = await harness.race(scenes.flatMap((scene, at) => inTurn(at, [deleteOf(scene), give(scene)])))
    for (const [at, scene] of scenes.entries()) {
      const [deleted, given] = inTurn(at, [nameOf(responses[at * 2]), nameOf(responses[at * 2 + 1])])
      const isOneFirst = deleted === 'ok' ? given === 'invalid_role' : deleted === 'role_in_use' && given === 'ok'
      assert.ok(isOneFirst, `deleting answered ${deleted}, giving ${given}`)
      await everyRoleIsThere(harness, scene.tenantId)
    }
  },
}))

/** What a tenant says about its roles holds, however many say it at once. */
export const roleCases: readonly ConcurrencyCase[] = [
  ...givingCases,
  {
    id: 'role-delete-accept',
    name: 'a role is deleted just as the invitation that offers it is accepted: it stays, as what the new member is',
    async run(harness) {
      const scenes = await times(PAIRS, async () => {
        const scene = await someScene(harness)
        const invitee = await somebody(harness)
        const { token } = await invited(harness, { id: scene.tenantId, owner: scene.owner }, invitee.email, {
          role: CLERK.key,
        })
        return { ...scene, invitee, token }
      })
      const responses = await harness.race(
        scenes.flatMap((scene, at) => inTurn(at, [deleteOf(scene), acceptOf(scene)])),
      )
      assert.deepEqual(countOutcomes(responses), { role_in_use: PAIRS, ok: PAIRS })
      for (const { tenantId } of scenes) await everyRoleIsThere(harness, tenantId)
    },
  },
  {
    id: 'role-update-accept',
    name: 'a role is raised just as the invitation that offers it is accepted: nobody gets more than the inviter may give',
    async run(harness) {
      const scenes = await times(PAIRS, async () => {
        const scene = await someScene(harness)
        const inviter = await memberOf(harness, { id: scene.tenantId, owner: scene.owner }, 'admin')
        const invitee = await somebody(harness)
        const { token } = await invited(harness, { id: scene.tenantId, owner: scene.owner }, invitee.email, {
          role: CLERK.key,
          by: inviter,
        })
        return { ...scene, invitee, token }
      })
      const responses = await harness.race(
        scenes.flatMap((scene, at) =>
          inTurn(at, [
            {
              ...byOwner(scene),
              useCase: 'roles.update',
              input: { key: CLERK.key, permissions: ['tenant:read', 'tenant:archive'] },
            },
            acceptOf(scene),
          ]),
        ),
      )
      for (const [at, { tenantId }] of scenes.entries()) {
        const { events } = await wholeTenant(harness.storage, tenantId)
        const joined = events.findLastIndex(({ type }) => type === 'member.joined')
        const raised = events.findIndex(({ type }) => type === 'role.updated')
        const [raising, accepted] = inTurn(at, [nameOf(responses[at * 2]), nameOf(responses[at * 2 + 1])])
        assert.equal(raising, 'ok')
        // The admin joined before both: whoever joined last is the invitee only when accepting succeeded.
        if (accepted === 'ok') assert.ok(joined < raised, 'the invitee joined after the role was raised')
        else assert.equal(accepted, 'invalid_token')
      }
    },
  },
  {
    id: 'role-create-once',
    name: 'one role is made twenty times at once: one role, one event',
    async run(harness) {
      const tenant = await someTenant(harness)
      const create = { actor: { userId: tenant.owner.id }, tenantId: tenant.id, useCase: 'roles.create', input: CLERK }
      const responses = await harness.race(Array.from({ length: MANY }, () => create))
      assert.deepEqual(countOutcomes(responses), { ok: 1, role_key_taken: MANY - 1 })
      const { events } = await wholeTenant(harness.storage, tenant.id)
      assert.equal(events.filter(({ type }) => type === 'role.created').length, 1)
    },
  },
  {
    id: 'role-limit',
    name: 'twenty roles are made at once where three may be: exactly three',
    async run(harness) {
      const tenant = await someTenant(harness, { roles: 3 })
      const create = { actor: { userId: tenant.owner.id }, tenantId: tenant.id, useCase: 'roles.create' }
      const responses = await harness.race(
        Array.from({ length: MANY }, (_, at) => ({ ...create, input: { ...CLERK, key: `clerk_${at}` } })),
      )
      assert.deepEqual(countOutcomes(responses), { ok: 3, role_limit_exceeded: MANY - 3 })
      assert.equal(await harness.storage.read.roles.count(tenant.id), 3)
    },
  },
]

async function someScene(harness: ConcurrencyHarness): Promise<Scene> {
  const tenant = await someTenant(harness)
  const member = await memberOf(harness, tenant, 'viewer')
  await harness.tenancy.as({ userId: tenant.owner.id }).in(tenant.id).roles.create(CLERK)
  return { tenantId: tenant.id, owner: tenant.owner, member }
}

function deleteOf(scene: Scene): Call {
  return { ...byOwner(scene), useCase: 'roles.delete', input: { key: CLERK.key } }
}

function acceptOf({ invitee, token }: { readonly invitee: Person; readonly token: string }): Call {
  return { actor: { userId: invitee.id }, useCase: 'invitations.accept', input: { token } }
}

async function everyRoleIsThere({ storage }: ConcurrencyHarness, tenantId: string): Promise<void> {
  const { members, invitations } = await wholeTenant(storage, tenantId)
  const own = (await storage.read.roles.list(tenantId)).map(({ key }) => key)
  const offered = invitations.filter(({ status }) => status === 'pending').map(({ role }) => role)
  for (const key of [...members.flatMap(({ roles }) => roles), ...offered]) {
    assert.ok(Object.hasOwn(BUILT_IN_ROLES, key) || own.includes(key), `somebody has the role ${key}, which is gone`)
  }
}
