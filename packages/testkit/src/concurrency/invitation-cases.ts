import assert from 'node:assert/strict'
import { GUEST } from '@tenantry/core'
import { wholeTenant } from '../tenant-state.js'
import { countOutcomes } from './count-outcomes.js'
import { invited, newAddress, somebody, someTenant, times, tokenIn } from './fixtures.js'
import type { ConcurrencyCase } from './concurrency-case.js'

const MANY = 50

/** One invitation makes one member, and one address has one invitation. */
export const invitationCases: readonly ConcurrencyCase[] = [
  {
    id: 'accept-once',
    name: 'one invitation is accepted fifty times at once: one membership, one event',
    async run(harness) {
      const tenant = await someTenant(harness)
      const person = await somebody(harness)
      const { token } = await invited(harness, tenant, person.email)
      const accept = { actor: { userId: person.id }, useCase: 'invitations.accept', input: { token } }
      const responses = await harness.race(Array.from({ length: MANY }, () => accept))
      assert.deepEqual(countOutcomes(responses), { ok: 1, invalid_token: 49 })
      const { members, events } = await wholeTenant(harness.storage, tenant.id)
      assert.equal(members.length, 2)
      assert.equal(events.filter(({ type }) => type === 'member.joined').length, 1)
    },
  },
  {
    id: 'sign-up-once',
    name: 'one invitation is signed up with fifty times at once: one account, one membership',
    async run(harness) {
      const tenant = await someTenant(harness)
      const email = newAddress()
      const { token } = await invited(harness, tenant, email)
      const responses = await harness.race(
        Array.from({ length: MANY }, () => ({ actor: GUEST, useCase: 'invitations.signUp', input: { token } })),
      )
      // Ten attempts per token are let through. One that read the invitation before the account was committed, and the
      // account after, is asked to sign in.
      const { invalid_token = 0, unauthenticated = 0, ...rest } = countOutcomes(responses)
      assert.deepEqual(rest, { ok: 1, rate_limited: MANY - 10 })
      assert.equal(invalid_token + unauthenticated, 9)
      assert.equal((await wholeTenant(harness.storage, tenant.id)).members.length, 2)
      assert.equal(await harness.storage.read.users.count({ keyword: email }), 1)
    },
  },
  {
    id: 'sign-up-one-address',
    name: 'one new address signs up by five invitations of five tenants at once: one account, in one of them',
    async run(harness) {
      const email = newAddress()
      const tenants = await times(5, () => someTenant(harness))
      const tokens = await times(5, async (at) => {
        const tenant = tenants[at]
        return tenant ? (await invited(harness, tenant, email)).token : ''
      })
      const responses = await harness.race(
        tokens.map((token) => ({ actor: GUEST, useCase: 'invitations.signUp', input: { token } })),
      )
      assert.deepEqual(countOutcomes(responses), { ok: 1, unauthenticated: 4 })
      assert.equal(await harness.storage.read.users.count({ keyword: email }), 1)
      const states = await times(5, (at) => wholeTenant(harness.storage, tenants[at]?.id ?? ''))
      assert.equal(states.filter(({ members }) => members.length === 2).length, 1)
    },
  },
  {
    id: 'invite-once',
    name: 'one address is invited fifty times at once: one pending invitation, and one token that opens it',
    async run(harness) {
      const tenant = await someTenant(harness)
      const email = newAddress()
      const invite = { actor: { userId: tenant.owner.id }, tenantId: tenant.id, useCase: 'members.invite' }
      const responses = await harness.race(
        Array.from({ length: MANY }, () => ({ ...invite, input: { email, role: 'member' } })),
      )
      assert.deepEqual(countOutcomes(responses), { ok: MANY })
      const { invitations, events } = await wholeTenant(harness.storage, tenant.id)
      assert.equal(invitations.length, 1)
      assert.equal(events.filter(({ type }) => type === 'invitation.resent').length, MANY - 1)
      const tokens = responses.map((response) => ('result' in response ? tokenIn(linkOf(response.result)) : ''))
      const guest = harness.tenancy.as(GUEST)
      const previews = await times(MANY, (at) => guest.invitations.preview({ token: tokens[at] ?? '' }))
      assert.equal(previews.filter((preview) => preview !== null).length, 1)
    },
  },
  {
    id: 'ensure-once',
    name: 'one person of the host is seen for the first time by fifty requests at once: one account, all are answered',
    async run(harness) {
      const email = newAddress()
      const input = { id: `host:${email}`, email, emailVerified: true }
      const responses = await harness.race(
        Array.from({ length: MANY }, () => ({ actor: { system: true as const }, useCase: 'users.ensure', input })),
      )
      assert.deepEqual(countOutcomes(responses), { ok: MANY })
      assert.equal(await harness.storage.read.users.count({ keyword: email }), 1)
    },
  },
]

function linkOf(result: unknown): string | null {
  // `members.invite` answers an invitation with its link.
  return (result as { readonly link: string | null }).link
}
