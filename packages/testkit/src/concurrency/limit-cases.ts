import assert from 'node:assert/strict'
import { GUEST } from '@tenantry/core'
import { wholeTenant } from '../tenant-state.js'
import { countOutcomes } from './count-outcomes.js'
import { invited, newAddress, people, somebody, someTenant, times } from './fixtures.js'
import type { ConcurrencyCase } from './concurrency-case.js'

const MANY = 50

/** A limit is exact, however many ask at once. */
export const limitCases: readonly ConcurrencyCase[] = [
  {
    id: 'seats-accept',
    name: 'fifty people accept their invitations at once with ten seats left: ten become members',
    async run(harness) {
      const tenant = await someTenant(harness, { seats: 11 })
      const invitees = await people(harness, MANY)
      const tokens = await times(MANY, async (at) => (await invited(harness, tenant, invitees[at]?.email ?? '')).token)
      const responses = await harness.race(
        invitees.map(({ id: userId }, at) => ({
          actor: { userId },
          useCase: 'invitations.accept',
          input: { token: tokens[at] },
        })),
      )
      assert.deepEqual(countOutcomes(responses), { ok: 10, member_limit_exceeded: 40 })
      const { members, events } = await wholeTenant(harness.storage, tenant.id)
      assert.equal(members.length, 11)
      assert.equal(events.filter(({ type }) => type === 'member.joined').length, 10)
    },
  },
  {
    id: 'seats-sign-up',
    name: 'fifty new people sign up by invitation at once with ten seats left: ten get an account and a seat',
    async run(harness) {
      const tenant = await someTenant(harness, { seats: 11 })
      const tokens = await times(MANY, async () => (await invited(harness, tenant, newAddress())).token)
      const responses = await harness.race(
        tokens.map((token) => ({ actor: GUEST, useCase: 'invitations.signUp', input: { token } })),
      )
      assert.deepEqual(countOutcomes(responses), { ok: 10, member_limit_exceeded: 40 })
      const { members, invitations } = await wholeTenant(harness.storage, tenant.id)
      assert.equal(members.length, 11)
      const waiting = invitations.filter(({ status }) => status === 'pending')
      assert.equal(waiting.length, 40)
      const accounts = await times(40, (at) => harness.storage.read.users.findByEmailKey(waiting[at]?.emailKey ?? ''))
      assert.deepEqual(new Set(accounts), new Set([null]), 'who got no seat got no account either')
    },
  },
  {
    id: 'tenants-per-user-accept',
    name: 'one person accepts five invitations at once and may be in three tenants: three memberships',
    async run(harness) {
      const person = await somebody(harness, 3)
      const tenants = await times(5, () => someTenant(harness))
      const tokens = await times(5, async (at) => {
        const tenant = tenants[at]
        return tenant ? (await invited(harness, tenant, person.email)).token : ''
      })
      const accept = { actor: { userId: person.id }, useCase: 'invitations.accept' }
      const responses = await harness.race(tokens.map((token) => ({ ...accept, input: { token } })))
      assert.deepEqual(countOutcomes(responses), { ok: 3, tenant_limit_exceeded: 2 })
      assert.equal(await harness.storage.read.memberships.countByUser(person.id), 3)
      for (const { id } of tenants) await wholeTenant(harness.storage, id)
    },
  },
  {
    id: 'tenants-per-user-create',
    name: 'one person creates fifty tenants at once and may be in three: three tenants',
    async run(harness) {
      const person = await somebody(harness, 3)
      const create = { actor: { userId: person.id }, useCase: 'tenants.create', input: { name: 'One of many' } }
      const responses = await harness.race(Array.from({ length: MANY }, () => create))
      assert.deepEqual(countOutcomes(responses), { ok: 3, tenant_limit_exceeded: 47 })
      assert.equal(await harness.storage.read.memberships.countByUser(person.id), 3)
    },
  },
  {
    id: 'invitations',
    name: 'fifty addresses are invited at once with room for ten open invitations: ten are open',
    async run(harness) {
      const tenant = await someTenant(harness, { invitations: 10 })
      const invite = { actor: { userId: tenant.owner.id }, tenantId: tenant.id, useCase: 'members.invite' }
      const responses = await harness.race(
        Array.from({ length: MANY }, () => ({ ...invite, input: { email: newAddress(), role: 'member' } })),
      )
      assert.deepEqual(countOutcomes(responses), { ok: 10, invitation_limit_exceeded: 40 })
      assert.equal((await wholeTenant(harness.storage, tenant.id)).invitations.length, 10)
    },
  },
  {
    id: 'slug',
    name: 'fifty people create a tenant at the same slug at once: one has it',
    async run(harness) {
      const founders = await people(harness, MANY)
      const slug = `slug-${founders[0]?.id ?? ''}`
      const responses = await harness.race(
        founders.map(({ id: userId }) => ({
          actor: { userId },
          useCase: 'tenants.create',
          input: { name: 'Mine', slug },
        })),
      )
      assert.deepEqual(countOutcomes(responses), { ok: 1, slug_taken: 49 })
      const founded = await times(MANY, (at) => harness.storage.read.memberships.countByUser(founders[at]?.id ?? ''))
      assert.equal(founded.filter((count) => count > 0).length, 1)
    },
  },
]
