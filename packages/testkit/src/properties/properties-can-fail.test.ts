import { createAccess, createTenancy } from '@tenantry/core'
import type { AuthorizationInput, Overrides, ResourceAttributes, Storage, Tenancy } from '@tenantry/core'
import { expect, test } from 'vitest'
import type { PermissionRules } from '../arbitraries/permission-rules.js'
import { policyUnderTest } from './policy-under-test.js'
import type { PolicyUnderTest, PermissionPropertyOptions } from './policy-under-test.js'
import { checkOne, PROPERTIES } from './permission-properties.js'

const resources = { invoice: ['read', 'update', 'approve'] } as const
const RULES = {
  resources,
  roles: { clerk: { rank: 15, name: 'Clerk', permissions: ['invoice:update', 'member:assign'] } },
}

interface Wrong extends PermissionPropertyOptions {
  readonly rules?: PermissionRules
  readonly library?: Partial<PolicyUnderTest>
}

/** What the law says of the given rules, options and library: a line, or `kept`. */
async function verdict(id: string, { rules = RULES, library = {}, ...options }: Wrong): Promise<string> {
  const property = PROPERTIES.find((one) => one.id === id)
  if (!property) throw new Error(`There is no law ${id}`)
  try {
    await checkOne(property, { ...policyUnderTest(rules, options), ...library }, { seed: 1, runs: 300, ...options })
    return 'kept'
  } catch (error) {
    return error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
  }
}

const { policy } = policyUnderTest(RULES)

/** A library that takes the facts for others. */
function mistaking(change: (facts: AuthorizationInput) => AuthorizationInput): Partial<PolicyUnderTest> {
  return { createAccess: (facts) => createAccess(policy, change(facts)) }
}

/** A library that takes the membership for another. */
function misreading(change: (membership: Terms) => Partial<Terms>): Partial<PolicyUnderTest> {
  return mistaking(({ membership, ...facts }) => ({
    ...facts,
    membership: membership && { ...membership, ...change(membership) },
  }))
}
type Terms = NonNullable<AuthorizationInput['membership']>

/** A library whose `can` answers `otherwise`, given the right answer. */
function answering(
  otherwise: (right: boolean, permission: string, facts: AuthorizationInput, resource?: ResourceAttributes) => boolean,
): Partial<PolicyUnderTest> {
  return {
    createAccess: (facts) => {
      const right = createAccess(policy, facts)
      return { ...right, can: (name, resource) => otherwise(right.can(name, resource), name, facts, resource) }
    },
  }
}

/** A library whose use cases work for another than their caller, or in another tenant than the one they were given. */
function confusing(to: { readonly owner?: boolean; readonly elsewhere?: boolean }): Partial<PolicyUnderTest> {
  return {
    tenancyOn(storage: Storage): Tenancy {
      const limits = { emailsPerRecipient: Infinity }
      const tenancy: Tenancy = createTenancy({ storage, ...RULES, limits, invitationLink: (token) => token })
      const created: { readonly id: string; readonly userId: string }[] = []
      tenancy.on('tenant.created', ({ target, actorId }) => void created.push({ id: target.id, userId: actorId ?? '' }))
      const as: Tenancy['as'] = (actor) => ({
        ...tenancy.as(actor),
        // Nobody here acts as an operator.
        in: ((id) => {
          const actors = to.owner ? { userId: created[0]?.userId ?? '' } : actor
          return tenancy.as(actors).in(to.elsewhere ? (created[1]?.id ?? id) : id)
        }) as ReturnType<Tenancy['as']>['in'],
      })
      return { ...tenancy, as }
    },
  }
}

/** A library whose filters leave the owner out. */
function filteringWithoutOwner(): Partial<PolicyUnderTest> {
  return {
    createAccess: (facts) => {
      const right = createAccess(policy, facts)
      return { ...right, filter: (name, { owner, ...columns } = {}) => right.filter(name, columns) }
    },
  }
}

const hasGrant = (overrides: Overrides) => Object.values(overrides).includes(true)
const withRole = (key: string, permissions: readonly string[], rank: number): Wrong => ({
  rules: { resources, roles: { [key]: { rank, name: key, permissions } } },
})

const cases: readonly (readonly [string, string, Wrong, unknown])[] = [
  [
    'default-deny',
    'a library that allows what nothing grants',
    { library: answering((right, name) => right || name === 'invoice:approve') },
    'what nothing grants is refused: a viewer may do invoice:approve, though no role, no exception, no office and no ownership grants it.',
  ],
  [
    'undeclared-denied',
    'a library that reads names in any case',
    { library: answering((right, name, facts) => right || createAccess(policy, facts).can(name.toLowerCase())) },
    'what nobody declared is refused, to the owner too: an owner may do "TENANT:READ".',
  ],
  [
    'inactive-holds-nothing',
    'a library that forgets who was deactivated',
    { library: misreading(() => ({ active: true })) },
    'whoever is not active, or is so in a tenant that is not, holds nothing: an inactive viewer may do tenant:read.',
  ],
  [
    'inactive-holds-nothing',
    'a library that forgets who was disabled',
    { library: mistaking((facts) => ({ ...facts, user: { ...facts.user, status: 'active' } })) },
    'whoever is not active, or is so in a tenant that is not, holds nothing: a viewer (whose account is disabled) may do tenant:read.',
  ],
  [
    'inactive-holds-nothing',
    'a library that forgets which tenant was suspended',
    { library: mistaking((facts) => ({ ...facts, tenant: { ...facts.tenant, status: 'active' } })) },
    'whoever is not active, or is so in a tenant that is not, holds nothing: a viewer (of a tenant that is suspended) may do tenant:read.',
  ],
  [
    'private-stays-private',
    'a library that shows private resources to the owner of the tenant',
    { library: answering((right, _, { membership }) => right || membership?.roles.includes('owner') === true) },
    // fast-check may stop at two roles, whatever else one of them is.
    expect.stringMatching(
      /^a private resource is its owner’s alone: (an owner|a member with .*"owner".*) may do invoice:read on a private resource of somebody else, though explain says that the resource is private to its owner\.$/,
    ),
  ],
  [
    'foreign-resources-refused',
    'a library that does not look whose a resource is',
    { library: answering((_, name, facts) => createAccess(policy, facts).can(name)) },
    'a resource of another tenant is refused: a viewer may do invoice:read on a resource of another tenant.',
  ],
  [
    'tenants-apart',
    'a library that does not look where a membership is',
    { library: misreading(() => ({ tenantId: 'tenant-1' })) },
    'a membership gives nothing in another tenant: a viewer of one tenant may do tenant:read in another.',
  ],
  [
    'unrestricted-roles-hold-all',
    'an admin who is not unrestricted',
    withRole('admin', ['invoice:read'], 40),
    'an unrestricted role holds everything on the host’s resources, and the owner everything there is: an admin may not do invoice:update on a resource of the tenant, because none of the member’s roles grants it.',
  ],
  [
    'unrestricted-roles-hold-all',
    'an owner who lacks something',
    { library: answering((right, name) => right && name !== 'tenant:archive') },
    'an unrestricted role holds everything on the host’s resources, and the owner everything there is: an owner may not do tenant:archive, though explain says that one of the member’s roles is unrestricted.',
  ],
  [
    'unrestricted-roles-not-restricted',
    'an admin who can be restricted',
    withRole('admin', ['*:*'], 40),
    expect.stringMatching(
      /^no override restricts an unrestricted role: an admin \(denied (\S+)\) may not do \1 on a resource of the tenant, because an override denies it to this member\.$/,
    ),
  ],
  [
    'viewers-change-nothing',
    'a viewer who may update',
    withRole('viewer', ['*:read', 'invoice:update'], 10),
    'a viewer never changes anything: a viewer may do invoice:update on a resource of the tenant, because the role "viewer" grants it.',
  ],
  [
    'viewers-change-nothing',
    'a viewer by another name who assigns roles',
    { viewers: ['clerk'] },
    'a viewer never changes anything: a clerk may do member:assign, because the role "clerk" grants it.',
  ],
  [
    'rank-holds-lower',
    'a ladder with a missing rung',
    { monotone: ['viewer', 'clerk'] },
    'a higher rank holds what a lower one holds: a clerk (rank 15) may not do tenant:read, which a viewer (rank 10) may.',
  ],
  [
    'grant-never-takes',
    'a library in which a grant stands in place of the roles',
    { library: misreading(({ overrides, roles }) => ({ roles: hasGrant(overrides) ? [] : roles })) },
    'a grant never takes away: a viewer may do tenant:read, and may not any more when granted invoice:read, because none of the member’s roles grants it.',
  ],
  [
    'removal-never-gives',
    'a library in which the last role decides alone',
    { library: misreading(({ roles }) => ({ roles: roles.slice(-1) })) },
    expect.stringMatching(
      /^a removal never gives: a member with the roles "\w+" and "\w+" may not do \S+, and may when the role "\w+" is taken, because the role "\w+" grants it\.$/,
    ),
  ],
  [
    'explain-is-can',
    'a library that explains what it does not do',
    { library: answering((right, name) => right || name === 'invoice:approve') },
    'explain, canAll, canAny, canMany and permissions say what can says: a viewer may do invoice:approve, and explain, canAll, canAny, canMany, permissions answer otherwise.',
  ],
  [
    'filter-is-can',
    'a library whose filter forgets what is one’s own',
    { library: filteringWithoutOwner() },
    expect.stringMatching(
      /^a filter finds exactly the rows that can allows: .* may do invoice:.* on the row .*"owner_id":"user-1".*, which a filter misses\.$/,
    ),
  ],
  [
    'no-escalation',
    'a library that asks what the owner may in place of the caller',
    { library: confusing({ owner: true }) },
    expect.stringMatching(/^nobody gives .*: \w+ .*\. .* does not hold .*, which \w+ gains\.$/),
  ],
  [
    'acts-stay-inside',
    'a library that acts in the wrong tenant',
    { library: confusing({ elsewhere: true }) },
    expect.stringMatching(
      /^nothing done in one tenant changes another: Ann invites Bob as "(viewer|own_one)", who accepts, and another tenant has other members or roles\.$/,
    ),
  ],
]

test.each(cases)('the law %s finds %s', async (id, _, wrong, notified) => {
  expect(await verdict(id, wrong)).toEqual(notified)
})

test.each(PROPERTIES.map(({ id }) => id))('the law %s is kept by rules and a library that are right', async (id) => {
  expect(await verdict(id, { runs: 50 })).toBe('kept')
  expect(cases.some(([one]) => one === id)).toBe(true)
})

test('a law that only chance breaks is told with the seed that does it again', async () => {
  const three = answering((right, _, { membership }) => right || membership?.roles.length === 3)
  const property = PROPERTIES.find(({ id }) => id === 'default-deny')
  if (!property) throw new Error('There is no such law')
  const others = ['reader', 'writer', 'guest'].map((key) => [key, { rank: 12, name: key, permissions: [] }])
  const rules = { ...RULES, roles: { ...RULES.roles, ...Object.fromEntries(others) } }
  const check = async () => checkOne(property, { ...policyUnderTest(rules), ...three }, { seed: 7, runs: 400 })
  await expect(check()).rejects.toThrow('Repeat it with FC_SEED=7 FC_RUNS=400.')
})
