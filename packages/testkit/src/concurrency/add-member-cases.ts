import assert from 'node:assert/strict'
import { wholeTenant } from '../tenant-state.js'
import { countOutcomes, isOk, nameOf } from './count-outcomes.js'
import { invited, newAddress, people, somebody, someTenant, times } from './fixtures.js'
import type { Person } from './fixtures.js'
import type { Call, ConcurrencyCase } from './concurrency-case.js'

const MANY = 50
const PLACES = 20
const PAIRS = 8

const add = ({ id, owner }: { readonly id: string; readonly owner: Person }, email: string): Call => ({
  actor: { userId: owner.id },
  tenantId: id,
  useCase: 'members.add',
  input: { email, role: 'member' },
})

/** Somebody who is added is a member once, within every limit, with one account. */
export const addMemberCases: readonly ConcurrencyCase[] = [
  {
    id: 'seats-add',
    name: 'fifty people, half of them new, are added at once with ten seats left: ten become members',
    async run(harness) {
      const tenant = await someTenant(harness, { seats: 11 })
      const known = (await people(harness, MANY / 2)).map(({ email }) => email)
      const fresh = Array.from({ length: MANY / 2 }, newAddress)
      const responses = await harness.race([...known, ...fresh].map((email) => add(tenant, email)))
      assert.deepEqual(countOutcomes(responses), { ok: 10, member_limit_exceeded: 40 })
      const { members } = await wholeTenant(harness.storage, tenant.id)
      assert.equal(members.length, 11)
      const accounts = await times(fresh.length, (at) => harness.storage.read.users.findByEmailKey(fresh[at] ?? ''))
      const memberIds = new Set(members.map(({ userId }) => userId))
      for (const account of accounts) assert.ok(!account || memberIds.has(account.id), 'who got no seat got no account')
    },
  },
  {
    id: 'add-once',
    name: 'one new address is added fifty times at once: one account, one membership',
    async run(harness) {
      const tenant = await someTenant(harness)
      const email = newAddress()
      const responses = await harness.race(Array.from({ length: MANY }, () => add(tenant, email)))
      assert.deepEqual(countOutcomes(responses), { ok: 1, already_member: MANY - 1 })
      const { members, events } = await wholeTenant(harness.storage, tenant.id)
      assert.equal(members.length, 2)
      assert.equal(events.filter(({ type }) => type === 'member.added').length, 1)
    },
  },
  {
    id: 'add-everywhere',
    name: 'one new address is added to twenty tenants at once: one account, in all of them',
    async run(harness) {
      const email = newAddress()
      const tenants = await times(PLACES, () => someTenant(harness))
      const responses = await harness.race(tenants.map((tenant) => add(tenant, email)))
      assert.deepEqual(countOutcomes(responses), { ok: PLACES })
      const user = await harness.storage.read.users.findByEmailKey(email)
      assert.equal(await harness.storage.read.users.count({ keyword: email }), 1)
      assert.equal(await harness.storage.read.memberships.countByUser(user?.id ?? ''), PLACES)
      for (const { id } of tenants) await wholeTenant(harness.storage, id)
    },
  },
  {
    id: 'tenants-per-user-add',
    name: 'one person who may be in three tenants is added to twenty at once: three memberships',
    async run(harness) {
      const person = await somebody(harness, 3)
      const tenants = await times(PLACES, () => someTenant(harness))
      const responses = await harness.race(tenants.map((tenant) => add(tenant, person.email)))
      assert.deepEqual(countOutcomes(responses), { ok: 3, tenant_limit_exceeded: PLACES - 3 })
      assert.equal(await harness.storage.read.memberships.countByUser(person.id), 3)
    },
  },
  {
    id: 'add-accept',
    name: 'somebody is added just as they accept their invitation: one membership, by whichever came first',
    async run(harness) {
      const scenes = await times(PAIRS, async () => {
        const tenant = await someTenant(harness)
        const person = await somebody(harness)
        return { tenant, person, ...(await invited(harness, tenant, person.email)) }
      })
      const responses = await harness.race(
        scenes.flatMap(({ tenant, person, token }) => [
          { actor: { userId: person.id }, useCase: 'invitations.accept', input: { token } },
          add(tenant, person.email),
        ]),
      )
      for (const [at, { tenant, person }] of scenes.entries()) {
        const [accept, addition] = [responses[at * 2], responses[at * 2 + 1]]
        const { members, invitations } = await wholeTenant(harness.storage, tenant.id)
        assert.equal(members.filter(({ userId }) => userId === person.id).length, 1)
        const came = [nameOf(accept), nameOf(addition), invitations[0]?.status]
        assert.deepEqual(came, isOk(accept) ? ['ok', 'already_member', 'accepted'] : ['invalid_token', 'ok', 'revoked'])
      }
    },
  },
]
