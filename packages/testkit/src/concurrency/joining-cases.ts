import assert from 'node:assert/strict'
import { wholeTenant } from '../tenant-state.js'
import { countOutcomes, isOk, nameOf } from './count-outcomes.js'
import { people, somebody, someTenant, times } from './fixtures.js'
import type { Person } from './fixtures.js'
import type { ConcurrencyHarness, Call, ConcurrencyCase } from './concurrency-case.js'

const MANY = 50
const PAIRS = 8

interface Asked {
  readonly tenantId: string
  readonly owner: Person
  readonly applicant: Person
  readonly joinRequestId: string
}

async function openedTenant(
  harness: ConcurrencyHarness,
  joinPolicy: 'request' | 'open',
  limits: { readonly seats?: number } = {},
) {
  const tenant = await someTenant(harness, limits)
  await harness.tenancy.as({ userId: tenant.owner.id }).in(tenant.id).update({ joinPolicy })
  return tenant
}

async function ask({ tenancy }: ConcurrencyHarness, tenantId: string, userId: string): Promise<string> {
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
): ConcurrencyCase {
  return {
    id,
    name: `a request is approved just as it is ${name}: one of the two came first`,
    async run(harness) {
      const scenes = await times(PAIRS, async (): Promise<Asked> => {
        const tenant = await openedTenant(harness, 'request')
        const applicant = await somebody(harness)
        const joinRequestId = await ask(harness, tenant.id, applicant.id)
        return { tenantId: tenant.id, owner: tenant.owner, applicant, joinRequestId }
      })
      const responses = await harness.race(scenes.flatMap((scene) => [decide('approve', scene), against(scene)]))
      for (const [at, { tenantId, applicant, joinRequestId }] of scenes.entries()) {
        const [approval, other] = [responses[at * 2], responses[at * 2 + 1]]
        const expected = isOk(approval) ? ['ok', refusal] : ['conflict', 'ok']
        assert.deepEqual([nameOf(approval), nameOf(other)], expected)
        const { members } = await wholeTenant(harness.storage, tenantId)
        assert.equal(
          members.some(({ userId }) => userId === applicant.id),
          isOk(approval),
        )
        const request = await harness.storage.read.joinRequests.find({ tenantId, id: joinRequestId })
        assert.equal(request?.status === 'approved', isOk(approval))
      }
    },
  }
}

export const joiningCases: readonly ConcurrencyCase[] = [
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
    async run(harness) {
      const tenant = await openedTenant(harness, 'request')
      const applicant = await somebody(harness)
      const joinRequestId = await ask(harness, tenant.id, applicant.id)
      const approve = decide('approve', { ...tenant, tenantId: tenant.id, applicant, joinRequestId })
      const responses = await harness.race(Array.from({ length: 20 }, () => approve))
      assert.deepEqual(countOutcomes(responses), { ok: 1, conflict: 19 })
      const { events } = await wholeTenant(harness.storage, tenant.id)
      assert.equal(events.filter(({ type }) => type === 'member.joined').length, 1)
    },
  },
  {
    id: 'seats-approve',
    name: 'fifty requests are approved at once with ten seats left: ten become members',
    async run(harness) {
      const tenant = await openedTenant(harness, 'request', { seats: 11 })
      const applicants = await people(harness, MANY)
      const scenes = await times(MANY, async (at): Promise<Asked> => {
        const applicant = applicants[at] ?? tenant.owner
        const joinRequestId = await ask(harness, tenant.id, applicant.id)
        return { tenantId: tenant.id, owner: tenant.owner, applicant, joinRequestId }
      })
      const responses = await harness.race(scenes.map((scene) => decide('approve', scene)))
      assert.deepEqual(countOutcomes(responses), { ok: 10, member_limit_exceeded: 40 })
      assert.equal((await wholeTenant(harness.storage, tenant.id)).members.length, 11)
      const waiting = await harness.storage.read.joinRequests.count({ tenantId: tenant.id, status: 'pending' })
      assert.equal(waiting, 40, 'who got no seat still waits')
    },
  },
  {
    id: 'seats-join',
    name: 'fifty people join an open tenant at once with ten seats left: ten become members',
    async run(harness) {
      const tenant = await openedTenant(harness, 'open', { seats: 11 })
      const newcomers = await people(harness, MANY)
      const join = { useCase: 'tenants.join', input: { tenantId: tenant.id } }
      const responses = await harness.race(newcomers.map(({ id: userId }) => ({ ...join, actor: { userId } })))
      assert.deepEqual(countOutcomes(responses), { ok: 10, member_limit_exceeded: 40 })
      assert.equal((await wholeTenant(harness.storage, tenant.id)).members.length, 11)
    },
  },
  {
    id: 'join-delete',
    name: 'somebody joins just as the tenant is deleted: it is deleted, and who came later found none',
    async run(harness) {
      const scenes = await times(PAIRS, async () => ({
        tenant: await openedTenant(harness, 'open'),
        newcomer: await somebody(harness),
      }))
      const responses = await harness.race(
        scenes.flatMap(({ tenant: { id: tenantId, owner }, newcomer }): Call[] => [
          { actor: { userId: newcomer.id }, useCase: 'tenants.join', input: { tenantId } },
          { actor: { userId: owner.id }, tenantId, useCase: 'delete' },
        ]),
      )
      for (const [at, { tenant, newcomer }] of scenes.entries()) {
        const [join, deletion] = [responses[at * 2], responses[at * 2 + 1]]
        assert.equal(nameOf(deletion), 'ok')
        assert.ok(['ok', 'tenant_not_found'].includes(nameOf(join)), `join answered ${nameOf(join)}`)
        const state = await wholeTenant(harness.storage, tenant.id)
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
