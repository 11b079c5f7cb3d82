import assert from 'node:assert/strict'
import { GUEST } from '@tenantry/core'
import { wholeTenant } from '../tenant-state.js'
import type { TenantState } from '../tenant-state.js'
import { isOk, nameOf } from './count-outcomes.js'
import { invited, memberOf, somebody, someTenant, times } from './fixtures.js'
import type { Person } from './fixtures.js'
import type { Response, Call, ConcurrencyCase } from './concurrency-case.js'

const PAIRS = 8

/** A tenant in which one person is just accepting. */
interface Scene {
  readonly tenantId: string
  readonly owner: Person
  /** The admin who sent the invitation. */
  readonly inviter: Person
  readonly invitee: Person
  readonly token: string
  readonly invitationId: string
}

interface ConflictCase {
  readonly id: string
  readonly name: string
  readonly against: (scene: Scene) => Call
  /** What the other call may be refused with, once the invitation is accepted. */
  readonly refusals: readonly string[]
  /** Whether the invitee stays a member when both calls succeeded. */
  readonly staysMember?: false
  readonly check?: (state: TenantState, scene: Scene) => void
}

const byOwner = ({ owner, tenantId }: Scene) => ({ actor: { userId: owner.id }, tenantId })

/** Something that makes an invitation void happens just as it is accepted. */
const CONFLICTS: readonly ConflictCase[] = [
  {
    id: 'accept-revoke',
    name: 'is revoked',
    against: (scene) => ({
      ...byOwner(scene),
      useCase: 'invitations.revoke',
      input: { invitationId: scene.invitationId },
    }),
    refusals: ['conflict'],
  },
  {
    id: 'accept-resend',
    name: 'is sent again with a new token',
    against: (scene) => ({
      ...byOwner(scene),
      useCase: 'invitations.resend',
      input: { invitationId: scene.invitationId },
    }),
    refusals: ['conflict'],
  },
  {
    id: 'accept-renew',
    name: 'is replaced by another for the same address',
    against: (scene) => ({
      ...byOwner(scene),
      useCase: 'members.invite',
      input: { email: scene.invitee.email, role: 'viewer' },
    }),
    refusals: ['already_member'],
  },
  {
    id: 'accept-decline',
    name: 'is declined',
    against: ({ token }) => ({ actor: GUEST, useCase: 'invitations.decline', input: { token } }),
    refusals: ['invalid_token'],
  },
  {
    id: 'accept-archive',
    name: 'meets its tenant being archived',
    against: (scene) => ({ ...byOwner(scene), useCase: 'archive' }),
    refusals: [],
    check: ({ tenant }) => assert.equal(tenant.status, 'archived'),
  },
  {
    id: 'accept-delete',
    name: 'meets its tenant being deleted',
    against: (scene) => ({ ...byOwner(scene), useCase: 'delete' }),
    refusals: [],
    check: ({ tenant }) => assert.equal(tenant.status, 'deleted'),
  },
  {
    id: 'accept-inviter-removed',
    name: 'meets its inviter being removed',
    against: (scene) => ({ ...byOwner(scene), useCase: 'members.remove', input: { userId: scene.inviter.id } }),
    refusals: [],
  },
  {
    id: 'accept-inviter-demoted',
    name: 'meets its inviter being demoted',
    against: (scene) => ({
      ...byOwner(scene),
      useCase: 'members.setRoles',
      input: { userId: scene.inviter.id, roles: ['viewer'] },
    }),
    refusals: [],
  },
  {
    id: 'accept-account-deleted',
    name: 'meets the account of the invitee being deleted',
    against: ({ invitee }) => ({ actor: { userId: invitee.id }, useCase: 'users.delete', input: {} }),
    refusals: ['conflict'],
    staysMember: false,
  },
]

export const conflictCases: readonly ConcurrencyCase[] = CONFLICTS.map((conflict) => ({
  id: conflict.id,
  name: `an invitation is accepted just as it ${conflict.name}: one of the two came first, and nothing is half done`,
  async run(harness) {
    const scenes = await times(PAIRS, async (): Promise<Scene> => {
      const tenant = await someTenant(harness)
      const inviter = await memberOf(harness, tenant, 'admin')
      const invitee = await somebody(harness)
      const invitation = await invited(harness, tenant, invitee.email, { by: inviter })
      return { tenantId: tenant.id, owner: tenant.owner, inviter, invitee, ...invitation }
    })
    const responses = await harness.race(
      scenes.flatMap((scene) => [
        { actor: { userId: scene.invitee.id }, useCase: 'invitations.accept', input: { token: scene.token } },
        conflict.against(scene),
      ]),
    )
    for (const [at, scene] of scenes.entries()) {
      const state = await wholeTenant(harness.storage, scene.tenantId)
      checkConflict(conflict, scene, state, [responses[at * 2], responses[at * 2 + 1]])
    }
  },
}))

function checkConflict(
  { refusals, staysMember, check }: ConflictCase,
  scene: Scene,
  state: TenantState,
  [accept, other]: readonly [Response | undefined, Response | undefined],
): void {
  const isMember = state.members.some(({ userId }) => userId === scene.invitee.id)
  const isGone = staysMember === false && isOk(other)
  assert.equal(isMember, isOk(accept) && !isGone, `accept answered ${nameOf(accept)}, the other ${nameOf(other)}`)
  if (isOk(accept)) {
    const allowed = ['ok', ...refusals]
    assert.ok(allowed.includes(nameOf(other)), `the other answered ${nameOf(other)}`)
  } else {
    assert.ok(['invalid_token', 'unauthenticated'].includes(nameOf(accept)), `accept answered ${nameOf(accept)}`)
    assert.equal(nameOf(other), 'ok', 'when the invitation was void, the other call came first')
  }
  check?.(state, scene)
}
