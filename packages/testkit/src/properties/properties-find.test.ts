import { createAccess, compilePolicy } from '@tenantry/core'
import type { AuthorizationInput, Membership, Overrides, ResourceAttributes } from '@tenantry/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyMembership } from '../arbitraries/any-membership.js'
import { anyOverrides } from '../arbitraries/any-overrides.js'
import { anyPermission } from '../arbitraries/any-permission.js'
import { anyResource } from '../arbitraries/any-resource.js'
import { anyRole, anyRoles } from '../arbitraries/any-role.js'
import { anySubject } from '../arbitraries/any-subject.js'
import { checkProperty, everyCase } from './check-property.js'
import { policyUnderTest } from './policy-under-test.js'
import { checkOne, PROPERTIES } from './permission-properties.js'

const rules = {
  resources: { invoice: ['create', 'read', 'update', 'delete', 'approve'], note: ['read', 'comment'] },
  roles: {
    boss: { rank: 26, name: 'Boss', permissions: ['invoice:approve'] },
    clerk: { rank: 15, name: 'Clerk', permissions: ['tenant:read', 'invoice:read', 'invoice:create'] },
  },
} as const
const policy = compilePolicy(rules)
const host = Object.entries(policy.resources).flatMap(([name, verbs]) => verbs.map((verb) => `${name}:${verb}`))
const keys = [...policy.roles.keys()]
const SEEDS = Array.from({ length: 100 }, (_, seed) => seed)

const subjects = anySubject(rules)
const resources = anyResource()
const whoApprovesReads = (subject: AuthorizationInput, resource: ResourceAttributes | undefined) => {
  const access = createAccess(policy, subject)
  const wasTold = subject.membership && Object.keys(subject.membership.overrides).length > 0
  return wasTold || !access.can('invoice:approve', resource) || access.can('invoice:read', resource)
}

/** What a law says of rules in which one thing is wrong; `kept` when it finds nothing. */
async function verdict(check: Promise<void>): Promise<string> {
  return check.then(
    () => 'kept',
    (error: unknown) => (error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)),
  )
}

describe('a law of a host’s own', () => {
  const sentence = 'who approves an invoice also reads it'

  test('finds the one role that breaks it, whatever the seed, and tells it in a sentence', async () => {
    const notified = new Set<string>()
    for (const seed of SEEDS) {
      const property = { sentence, cases: [subjects, resources] as const, holds: whoApprovesReads }
      notified.add(await verdict(checkProperty(property, { seed })))
    }
    expect([...notified]).toEqual([`${sentence}: it does not hold for a boss, no resource in particular.`])
  })

  type Planted = (subject: AuthorizationInput, resource: ResourceAttributes | undefined) => boolean | undefined
  const alone =
    (role: string): Planted =>
    ({ membership }) =>
      membership?.roles.length === 1 && membership.roles[0] === role
  const both =
    (one: string, other: string): Planted =>
    ({ membership }) =>
      membership?.roles.includes(one) && membership.roles.includes(other)
  const notified =
    (name: string, value: boolean): Planted =>
    ({ membership }) =>
      membership?.overrides[name] === value
  const planted: readonly (readonly [string, Planted])[] = [
    ...keys.map((role) => [`the role ${role}`, alone(role)] as const),
    ...keys.flatMap((one, at) => keys.slice(at + 1).map((other) => [`${one} and ${other}`, both(one, other)] as const)),
    ...host.flatMap((name) => [true, false].map((value) => [`${name}: ${value}`, notified(name, value)] as const)),
    ...keys.flatMap((role) => {
      const own: Planted = (subject, resource) => alone(role)(subject, resource) && resource?.ownerId === 'user-1'
      const shown: Planted = (subject, resource) => alone(role)(subject, resource) && resource?.visibility === 'tenant'
      return [[`${role} on their own`, own] as const, [`${role} on what the tenant sees`, shown] as const]
    }),
    ...(['suspended', 'archived', 'deleted'] as const).map(
      (status) => [`a tenant that is ${status}`, ({ tenant }: AuthorizationInput) => tenant.status === status] as const,
    ),
    ['an account that is disabled', ({ user }) => user.status === 'disabled'],
    ['somebody who is no member', ({ membership }) => membership === null],
    ['an inactive viewer', ({ membership }) => membership?.active === false && membership.roles[0] === 'viewer'],
    [
      'who runs the organization',
      ({ organizationMembership }) => organizationMembership?.admin && organizationMembership.active,
    ],
    [
      'what is shared away',
      (_, resource) => resource?.tenantId === 'tenant-1' && resource.sharedTenantId === 'tenant-2',
    ],
  ]

  test.each(planted)('finds %s', async (_, isWrong) => {
    const property = {
      sentence,
      cases: [subjects, resources] as const,
      holds: (...one: [AuthorizationInput, ResourceAttributes | undefined]) => !isWrong(...one),
    }
    expect(await verdict(checkProperty(property, { runs: 1 }))).toMatch(
      /^who approves an invoice also reads it: it does not hold for /,
    )
  })

  test('is about whatever it needs, and may wait', async () => {
    const property = {
      sentence: 'members are older than 3',
      cases: [anyMembership(rules), anyRole(rules), fc.integer({ min: 4, max: 9 })] as const,
      holds: async (membership: Membership, role: string, age: number) => age > 3 || role === membership.roles[0],
    }
    await checkProperty(property)
    const refuted = { ...property, holds: async (_: Membership, role: string) => role !== 'boss' }
    expect(await verdict(checkProperty(refuted))).toMatch(/it does not hold for a viewer, "boss", \d\.$/)
  })

  test('that only chance refutes is told with the seed that does it again', async () => {
    const property = { sentence: 'few', cases: [fc.integer()] as const, holds: (one: number) => one < 50 }
    await expect(checkProperty(property, { seed: 5, runs: 60 })).rejects.toThrow(
      'few: it does not hold for 50.\nRepeat it with FC_SEED=5 FC_RUNS=60.',
    )
  })

  test('passes on what is wrong with itself', async () => {
    const holds = () => {
      throw new RangeError('mine')
    }
    await expect(checkProperty({ sentence, cases: [subjects], holds })).rejects.toThrow(RangeError)
  })
})

describe('a property of fast-check', () => {
  test('tries every case with `everyCase`, and tells it in words', () => {
    const arbitraries = [subjects, resources] as const
    for (const seed of SEEDS) {
      const found = fc.check(fc.property(...arbitraries, whoApprovesReads), { ...everyCase(...arbitraries), seed })
      expect([found.failed, fc.stringify(found.counterexample)]).toEqual([true, '[a boss,undefined]'])
    }
  })

  test('keeps what is tried when an arbitrary is narrowed', () => {
    const active = subjects.filter(({ membership }) => membership?.active === true)
    const roles = active.map(({ membership }) => membership?.roles ?? [])
    const tried = everyCase(roles).examples.map(([one]) => one.join())
    expect(keys.filter((key) => !tried.includes(key))).toEqual([])
    expect(everyCase(fc.integer()).examples).toEqual([])
  })
})

describe('a law of the library finds whatever one thing is wrong', () => {
  /** A library that also allows `invoice:delete` to those for whom `isWrong` says so. */
  const allowing = (isWrong: (roles: readonly string[], overrides: Overrides) => boolean) => ({
    ...policyUnderTest(rules),
    createAccess(facts: AuthorizationInput) {
      const right = createAccess(policy, facts)
      const { roles = [], overrides = {} } = facts.membership ?? {}
      const wrong = isWrong(roles, overrides)
      return {
        ...right,
        can: (name: string, about?: ResourceAttributes) =>
          right.can(name, about) || (wrong && name === 'invoice:delete'),
      }
    },
  })
  const defaultDeny = PROPERTIES.find(({ id }) => id === 'default-deny')
  const wrong = [
    ...keys.map((role) => [role, (roles: readonly string[]) => roles.length === 1 && roles[0] === role] as const),
    ...[0, 2, 4].map((at) => {
      const pair = [keys[at], keys[at + 1]].map(String)
      return [pair.join(' and '), (roles: readonly string[]) => pair.every((key) => roles.includes(key))] as const
    }),
    ...host.flatMap((name) =>
      [true, false].map((value) => {
        return [`${name}: ${value}`, (_: unknown, overrides: Overrides) => overrides[name] === value] as const
      }),
    ),
  ]
  // Everything is theirs already.
  const without = wrong.filter(([name]) => !/owner|admin|delete: true/.test(name))

  test.each(without)('with %s', async (_, isWrong) => {
    if (!defaultDeny) throw new Error('There is no such law')
    expect(await verdict(checkOne(defaultDeny, allowing(isWrong), { runs: 1 }))).toContain('may do invoice:delete')
  })

  test('by the same arbitraries that hosts have', () => {
    for (const arbitrary of [anyPermission(rules), anyRole(rules), anyRoles(rules), anyOverrides(rules)])
      expect(everyCase<[unknown]>(arbitrary).examples.length).toBeGreaterThan(0)
  })
})
