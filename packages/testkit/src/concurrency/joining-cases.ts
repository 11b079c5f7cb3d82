import assert from 'node:assert/strict'
import { wholeTenant } from '../tenant-state.js'
import { countAnswers, isOk, nameOf } from './count-answers.js'
import { people, somebody, someTenant, times } from './given.js'
import type { Person } from './given.js'
import type { Arena, Call, RaceCase } from './race-case.js'

const MANY = 50
const PAIRS = 8

interface Asked {
  readonly tenantId: string
  readonly owner: Person
  readonly applicant: Person
  readonly joinRequestId: string
}

async function openedTenant(arena: Arena, joinPolicy: 'request' | 'open', limits: { readonly seats?: number } = {}) {
  const tenant = await someTenant(arena, limits)
  await arena.tenancy.as({ userId: tenant.owner.id }).in(tenant.id).update({ joinPolicy })
  return tenant
}

async function ask({ tenancy }: Arena, tenantId: string, userId: string): Promise<string> {
  return (await tenancy.as({ userId }).tenants.requestToJoin({ tenantId })).id
}

const decide = (useCase: 'approve' | 'reject', { owner, tenantId, joinRequestId }: Asked): Call => ({
  actor: { userId: owner.id },
  tenantId,
  useCase: `joinRequests.${useCase}`,
  input: { joinRequestId },
})

/** An approval meets something that ends the request otherwise: one of the two comes first. */
function againstApproval(
  { id, name, refusal }: { readonly id: string; readonly name: string; readonly refusal: string },
  against: (asked: Asked) => Call,
): RaceCase {
  return {
    id,
    name: `a request is approved just as it is ${name}: one of the two came first`,
    async run(arena) {
      const scenes = await times(PAIRS, async (): Promise<Asked> => {
        const tenant = await openedTenant(arena, 'request')
        const applicant = await somebody(arena)
        const joinRequestId = await ask(arena, tenant.id, applicant.id)
        return { tenantId: tenant.id, owner: tenant.owner, applicant, joinRequestId }
      })
      const answers = await arena.race(scenes.flatMap((scene) => [decide('approve', scene), against(scene)]))
      for (const [at, { tenantId, applicant, joinRequestId }] of scenes.entries()) {
        const [approval, other] = [answers[at * 2], answers[at * 2 + 1]]
        const expected = isOk(approval) ? ['ok', refusal] : ['conflict', 'ok']
        assert.deepEqual([nameOf(approval), nameOf(other)], expected)
        const { members } = await wholeTenant(arena.storage, tenantId)
        assert.equal(
          members.some(({ userId }) => userId === applicant.id),
          isOk(approval),
        )
        const request = await arena.storage.read.joinRequests.find({ tenantId, id: joinRequestId })
        assert.equal(request?.status === 'approved', isOk(approval))
      }
    },
  }
}

export const joiningCases: readonly RaceCase[] = [
  againstApproval({ id: 'approve-reject', name: 'rejected', refusal: 'conflict' }, (asked) => decide('reject', asked)),
  againstApproval(
    { id: 'approve-withdraw', name: 'taken back', refusal: 'join_request_not_found' },
    ({ applicant, tenantId }) => ({
      actor: { userId: applicant.id },
      useCase: 'tenants.withdrawJoinRequest',
      input: { tenantId },
    }),
  ),
  {
    id: 'approve-twice',
    name: 'a request is approved by many at once: one membership, one event',
    async run(arena) {
      const tenant = await openedTenant(arena, 'request')
      const applicant = await somebody(arena)
      const joinRequestId = await ask(arena, tenant.id, applicant.id)
      const approve = decide('approve', { ...tenant, tenantId: tenant.id, applicant, joinRequestId })
      const answers = await arena.race(Array.from({ length: 20 }, () => approve))
      assert.deepEqual(countAnswers(answers), { ok: 1, conflict: 19 })
      const { events } = await wholeTenant(arena.storage, tenant.id)
      assert.equal(events.filter(({ type }) => type === 'member.joined').length, 1)
    },
  },
  {
    id: 'seats-approve',
    name: 'fifty requests are approved at once with ten seats left: ten become members',
    async run(arena) {
      const tenant = await openedTenant(arena, 'request', { seats: 11 })
      const applicants = await people(arena, MANY)
      const scenes = await times(MANY, async (at): Promise<Asked> => {
        const applicant = applicants[at] ?? tenant.owner
        const joinRequestId = await ask(arena, tenant.id, applicant.id)
        return { tenantId: tenant.id, owner: tenant.owner, applicant, joinRequestId }
      })
      const answers = await arena.race(scenes.map((scene) => decide('approve', scene)))
      assert.deepEqual(countAnswers(answers), { ok: 10, member_limit_exceeded: 40 })
      assert.equal((await wholeTenant(arena.storage, tenant.id)).members.length, 11)
      const waiting = await arena.storage.read.joinRequests.count({ tenantId: tenant.id, status: 'pending' })
      assert.equal(waiting, 40, 'who got no seat still waits')
    },
  },
  {
    id: 'seats-join',
    name: 'fifty people join an open tenant at once with ten seats left: ten become members',
    async run(arena) {
      const tenant = await openedTenant(arena, 'open', { seats: 11 })
      const newcomers = await people(arena, MANY)
      const join = { useCase: 'tenants.join', input: { tenantId: tenant.id } }
      const answers = await arena.race(newcomers.map(({ id: userId }) => ({ ...join, actor: { userId } })))
      assert.deepEqual(countAnswers(answers), { ok: 10, member_limit_exceeded: 40 })
      assert.equal((await wholeTenant(arena.storage, tenant.id)).members.length, 11)
    },
  },
  {
    id: 'join-delete',
    name: 'somebody joins just as the tenant is deleted: it is deleted, and who came later found none',
    async run(arena) {
      const scenes = await times(PAIRS, async () => ({
        tenant: await openedTenant(arena, 'open'),
        newcomer: await somebody(arena),
      }))
      const answers = await arena.race(
        scenes.flatMap(({ tenant: { id: tenantId, owner }, newcomer }): Call[] => [
          { actor: { userId: newcomer.id }, useCase: 'tenants.join', input: { tenantId } },
          { actor: { userId: owner.id }, tenantId, useCase: 'delete' },
        ]),
      )
      for (const [at, { tenant, newcomer }] of scenes.entries()) {
        const [join, deletion] = [answers[at * 2], answers[at * 2 + 1]]
        assert.equal(nameOf(deletion), 'ok')
        assert.ok(['ok', 'tenant_not_found'].includes(nameOf(join)), `join answered ${nameOf(join)}`)
        const state = await wholeTenant(arena.storage, tenant.id)
        assert.equal(state.tenant.status, 'deleted')
        assert.equal(
          state.members.some(({ userId }) => userId === newcomer.id),
          isOk(join),
        )
        assert.equal(state.events.at(-1)?.type, 'tenant.deleted')
      }
    },
  },
]
