import assert from 'node:assert/strict'
import { GUEST } from '@tenantry/core'
import { wholeTenant } from '../tenant-state.js'
import { countAnswers } from './count-answers.js'
import { invited, newAddress, people, somebody, someTenant, times } from './given.js'
import type { RaceCase } from './race-case.js'

const MANY = 50

/** A limit is exact, however many ask at once. */
export const limitCases: readonly RaceCase[] = [
  {
    id: 'seats-accept',
    name: 'fifty people accept their invitations at once with ten seats left: ten become members',
    async run(arena) {
      const tenant = await someTenant(arena, { seats: 11 })
      const invitees = await people(arena, MANY)
      const tokens = await times(MANY, async (at) => (await invited(arena, tenant, invitees[at]?.email ?? '')).token)
      const answers = await arena.race(
        invitees.map(({ id: userId }, at) => ({
          actor: { userId },
          useCase: 'invitations.accept',
          input: { token: tokens[at] },
        })),
      )
      assert.deepEqual(countAnswers(answers), { ok: 10, member_limit_exceeded: 40 })
      const { members, events } = await wholeTenant(arena.storage, tenant.id)
      assert.equal(members.length, 11)
      assert.equal(events.filter(({ type }) => type === 'member.joined').length, 10)
    },
  },
  {
    id: 'seats-sign-up',
    name: 'fifty new people sign up by invitation at once with ten seats left: ten get an account and a seat',
    async run(arena) {
      const tenant = await someTenant(arena, { seats: 11 })
      const tokens = await times(MANY, async () => (await invited(arena, tenant, newAddress())).token)
      const answers = await arena.race(
        tokens.map((token) => ({ actor: GUEST, useCase: 'invitations.signUp', input: { token } })),
      )
      assert.deepEqual(countAnswers(answers), { ok: 10, member_limit_exceeded: 40 })
      const { members, invitations } = await wholeTenant(arena.storage, tenant.id)
      assert.equal(members.length, 11)
      const waiting = invitations.filter(({ status }) => status === 'pending')
      assert.equal(waiting.length, 40)
      const accounts = await times(40, (at) => arena.storage.read.users.findByEmailKey(waiting[at]?.emailKey ?? ''))
      assert.deepEqual(new Set(accounts), new Set([null]), 'who got no seat got no account either')
    },
  },
  {
    id: 'tenants-per-user-accept',
    name: 'one person accepts five invitations at once and may be in three tenants: three memberships',
    async run(arena) {
      const person = await somebody(arena, 3)
      const tenants = await times(5, () => someTenant(arena))
      const tokens = await times(5, async (at) => {
        const tenant = tenants[at]
        return tenant ? (await invited(arena, tenant, person.email)).token : ''
      })
      const accept = { actor: { userId: person.id }, useCase: 'invitations.accept' }
      const answers = await arena.race(tokens.map((token) => ({ ...accept, input: { token } })))
      assert.deepEqual(countAnswers(answers), { ok: 3, tenant_limit_exceeded: 2 })
      assert.equal(await arena.storage.read.memberships.countByUser(person.id), 3)
      for (const { id } of tenants) await wholeTenant(arena.storage, id)
    },
  },
  {
    id: 'tenants-per-user-create',
    name: 'one person creates fifty tenants at once and may be in three: three tenants',
    async run(arena) {
      const person = await somebody(arena, 3)
      const create = { actor: { userId: person.id }, useCase: 'tenants.create', input: { name: 'One of many' } }
      const answers = await arena.race(Array.from({ length: MANY }, () => create))
      assert.deepEqual(countAnswers(answers), { ok: 3, tenant_limit_exceeded: 47 })
      assert.equal(await arena.storage.read.memberships.countByUser(person.id), 3)
    },
  },
  {
    id: 'invitations',
    name: 'fifty addresses are invited at once with room for ten open invitations: ten are open',
    async run(arena) {
      const tenant = await someTenant(arena, { invitations: 10 })
      const invite = { actor: { userId: tenant.owner.id }, tenantId: tenant.id, useCase: 'members.invite' }
      const answers = await arena.race(
        Array.from({ length: MANY }, () => ({ ...invite, input: { email: newAddress(), role: 'member' } })),
      )
      assert.deepEqual(countAnswers(answers), { ok: 10, invitation_limit_exceeded: 40 })
      assert.equal((await wholeTenant(arena.storage, tenant.id)).invitations.length, 10)
    },
  },
  {
    id: 'slug',
    name: 'fifty people create a tenant at the same slug at once: one has it',
    async run(arena) {
      const founders = await people(arena, MANY)
      const slug = `slug-${founders[0]?.id ?? ''}`
      const answers = await arena.race(
        founders.map(({ id: userId }) => ({
          actor: { userId },
          useCase: 'tenants.create',
          input: { name: 'Mine', slug },
        })),
      )
      assert.deepEqual(countAnswers(answers), { ok: 1, slug_taken: 49 })
      const founded = await times(MANY, (at) => arena.storage.read.memberships.countByUser(founders[at]?.id ?? ''))
      assert.equal(founded.filter((count) => count > 0).length, 1)
    },
  },
]
