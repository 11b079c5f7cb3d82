import assert from 'node:assert/strict'
import { wholeTenant } from '../tenant-state.js'
import { countOutcomes, isOk, nameOf } from './count-outcomes.js'
import { memberOf, someTenant, startedTransfer, times, verifiedTransfer } from './fixtures.js'
import type { Person } from './fixtures.js'
import { RIGHT_CODE } from './concurrency-tenancy.js'
import type { Call, ConcurrencyCase } from './concurrency-case.js'

const PAIRS = 8
const MANY = 50
/** Tries of a code that are looked at before transfers of their owner are locked. */
const TRIES = 6

interface Handover {
  readonly tenantId: string
  readonly owner: Person
  readonly admin: Person
  readonly target: Person
}

interface ClosedMembership {
  readonly id: string
  readonly name: string
  readonly against: (handover: Handover) => Call
  /** What the departure is refused with, once the target owns the tenant. */
  readonly refusals: readonly string[]
}

const byAdmin = ({ admin, tenantId }: Handover) => ({ actor: { userId: admin.id }, tenantId })
const byTarget = ({ target }: Handover) => ({ actor: { userId: target.id } })

const DEPARTURES: readonly ClosedMembership[] = [
  {
    id: 'transfer-remove',
    name: 'is removed',
    against: (handover) => ({ ...byAdmin(handover), useCase: 'members.remove', input: { userId: handover.target.id } }),
    refusals: ['forbidden'],
  },
  {
    id: 'transfer-deactivate',
    name: 'is deactivated',
    against: (handover) => ({
      ...byAdmin(handover),
      useCase: 'members.deactivate',
      input: { userId: handover.target.id },
    }),
    refusals: ['forbidden'],
  },
  {
    id: 'transfer-demote',
    name: 'gets another role',
    against: (handover) => ({
      ...byAdmin(handover),
      useCase: 'members.setRoles',
      input: { userId: handover.target.id, roles: ['viewer'] },
    }),
    refusals: ['ok', 'forbidden'],
  },
  {
    id: 'transfer-leave',
    name: 'leaves',
    against: (handover) => ({ ...byTarget(handover), tenantId: handover.tenantId, useCase: 'members.leave' }),
    refusals: ['owner_required'],
  },
  {
    id: 'transfer-delete-account',
    name: 'deletes the account',
    against: (handover) => ({ ...byTarget(handover), useCase: 'users.delete', input: {} }),
    refusals: ['user_owns_tenants', 'conflict'],
  },
]

const departureCases: readonly ConcurrencyCase[] = DEPARTURES.map(({ id, name, against, refusals }) => ({
  id,
  name: `a tenant is handed over to a member who ${name} at the same moment: it has one owner, who is an active member`,
  async run(harness) {
    const handovers = await times(PAIRS, async () => {
      const tenant = await someTenant(harness)
      const [admin, target] = [await memberOf(harness, tenant, 'admin'), await memberOf(harness, tenant)]
      const token = await verifiedTransfer(harness, tenant)
      return { tenantId: tenant.id, owner: tenant.owner, admin, target, token }
    })
    const responses = await harness.race(
      handovers.flatMap((handover) => [
        {
          actor: { userId: handover.owner.id },
          tenantId: handover.tenantId,
          useCase: 'ownership.complete',
          input: { userId: handover.target.id, token: handover.token },
        },
        against(handover),
      ]),
    )
    for (const [at, { tenantId, owner, target }] of handovers.entries()) {
      const [complete, departure] = [responses[at * 2], responses[at * 2 + 1]]
      const { tenant } = await wholeTenant(harness.storage, tenantId)
      assert.equal(tenant.ownerId, isOk(complete) ? target.id : owner.id)
      if (isOk(complete)) assert.ok(refusals.includes(nameOf(departure)), `the departure answered ${nameOf(departure)}`)
      else assert.deepEqual([nameOf(complete), nameOf(departure)], ['member_not_found', 'ok'])
    }
  },
}))

export const ownershipCases: readonly ConcurrencyCase[] = [
  ...departureCases,
  {
    id: 'transfer-twice',
    name: 'a tenant is handed over to two members at once: one of them owns it',
    async run(harness) {
      const tenant = await someTenant(harness)
      const targets = await times(2, () => memberOf(harness, tenant))
      const token = await verifiedTransfer(harness, tenant)
      const complete = { actor: { userId: tenant.owner.id }, tenantId: tenant.id, useCase: 'ownership.complete' }
      const responses = await harness.race(
        Array.from({ length: MANY }, (_, at) => ({ ...complete, input: { userId: targets[at % 2]?.id, token } })),
      )
      assert.deepEqual(countOutcomes(responses), { ok: 1, forbidden: MANY - 1 })
      const winner = targets[responses.findIndex(isOk) % 2]
      const state = await wholeTenant(harness.storage, tenant.id)
      assert.equal(state.tenant.ownerId, winner?.id)
    },
  },
  {
    id: 'guess-in-parallel',
    name: 'fifty wrong codes are given at once: six are looked at, and transfers are locked',
    async run(harness) {
      const tenant = await someTenant(harness)
      const token = await startedTransfer(harness, tenant)
      const verify = { actor: { userId: tenant.owner.id }, tenantId: tenant.id, useCase: 'ownership.verify' }
      const guesses = await harness.race(
        Array.from({ length: MANY }, (_, at) => ({ ...verify, input: { token, code: String(100_000 + at) } })),
      )
      assert.deepEqual(countOutcomes(guesses), { invalid_token: TRIES, transfer_locked: MANY - TRIES })
      const [right] = await harness.race([{ ...verify, input: { token, code: RIGHT_CODE } }])
      assert.equal(nameOf(right), 'transfer_locked')
      const transfer = await harness.storage.read.ownershipTransfers.find(tenant.id)
      assert.equal(transfer?.phase, 'sent', 'the right code was looked at though transfers are locked')
    },
  },
  {
    id: 'guess-the-right-code',
    name: 'the right code is five times among fifty that are given at once: it is taken once, or refused without effect',
    async run(harness) {
      const tenant = await someTenant(harness)
      const token = await startedTransfer(harness, tenant)
      const verify = { actor: { userId: tenant.owner.id }, tenantId: tenant.id, useCase: 'ownership.verify' }
      const codes = Array.from({ length: MANY }, (_, at) => (at % 10 === 9 ? RIGHT_CODE : String(100_000 + at)))
      const responses = await harness.race(codes.map((code) => ({ ...verify, input: { token, code } })))
      const { ok = 0 } = countOutcomes(responses)
      const { events } = await wholeTenant(harness.storage, tenant.id)
      assert.ok(ok <= 1, `${ok} codes were right`)
      assert.equal(events.filter(({ type }) => type === 'ownership_transfer.verified').length, ok)
      for (const [at, code] of codes.entries()) {
        if (isOk(responses[at])) assert.equal(code, RIGHT_CODE)
      }
    },
  },
  {
    id: 'admins-remove-each-other',
    name: 'two admins remove each other at once: one is gone, the other stays',
    async run(harness) {
      const pairs = await times(PAIRS, async () => {
        const tenant = await someTenant(harness)
        return { tenantId: tenant.id, admins: await times(2, () => memberOf(harness, tenant, 'admin')) }
      })
      const responses = await harness.race(
        pairs.flatMap(({ tenantId, admins }) =>
          [admins, [...admins].reverse()].map(([actor, target]) => ({
            actor: { userId: actor?.id ?? '' },
            tenantId,
            useCase: 'members.remove',
            input: { userId: target?.id },
          })),
        ),
      )
      for (const [at, { tenantId }] of pairs.entries()) {
        const two = countOutcomes(responses.slice(at * 2, at * 2 + 2))
        assert.deepEqual(two, { ok: 1, tenant_not_found: 1 })
        assert.equal((await wholeTenant(harness.storage, tenantId)).members.length, 2)
      }
    },
  },
]
