import type { AuthorizationInput, ResourceAttributes, TenantStatus, UserStatus } from '@tenantry/core'
import type { PermissionRules } from '../../arbitraries/permission-rules.js'
import { TENANT_ONE } from '../../arbitraries/tenant-one.js'
import type { ReferenceFacts } from '../../reference/reference-decision.js'

/** A tenant, the people around it, the things in it, and what is asked about all of them: plain data. */
export interface Scenario {
  readonly rules: Pick<PermissionRules, 'resources' | 'roles'>
  readonly tenant: TenantStatus
  readonly customRoles: readonly CustomRole[]
  readonly people: readonly Person[]
  readonly things: readonly Thing[]
  readonly questions: readonly Question[]
}

interface CustomRole {
  readonly key: string
  readonly rank: number
  readonly permissions: readonly string[]
}

export interface Person {
  readonly user: UserStatus
  readonly membership: Pick<NonNullable<AuthorizationInput['membership']>, 'roles' | 'active' | 'overrides'> | null
  /** What they are in the tenant's organization. */
  readonly organizationMembership: { readonly active: boolean; readonly admin: boolean } | null
  /** Whether they act as an operator. */
  readonly operator?: boolean
}

export const NOBODY: Person = { user: 'active', membership: null, organizationMembership: null }

/** A row of the host's. `owner` is the place of one of the people, or of nobody there. */
export interface Thing {
  readonly owner: number | null
  readonly visibility: string | null
  readonly tenant: Place | null
  readonly shared: Place | null
}

type Place = 'here' | 'elsewhere'

/** `told` are the facts that the host passes on; `null` when it asks about nothing in particular. */
export interface Question {
  readonly permission: string
  readonly notified: readonly (keyof Thing)[] | null
}

/** One question about one person and one thing, and what every way to ask it must answer. */
export interface Case {
  readonly person: number
  readonly thing: number
  readonly question: number
}

/** The ids that a scenario goes by in the databases, where it has neighbours. */
export interface Names {
  readonly tenantId: string
  readonly organizationId: string
  userId(person: number): string
  placeId(place: Place): string
}

export function namesOf(number: number): Names {
  const tenantId = `tenant-${number}`
  return {
    tenantId,
    organizationId: `organization-${number}`,
    userId: (person) => `user-${number}-${person}`,
    placeId: (place) => (place === 'here' ? tenantId : `${tenantId}-elsewhere`),
  }
}

export function factsOf(
  { tenant, customRoles, people }: Scenario,
  names: Names,
  person: number,
): AuthorizationInput & ReferenceFacts {
  const { tenantId, organizationId } = names
  const userId = names.userId(person)
  const { user, membership, organizationMembership, operator = false } = people[person] ?? NOBODY
  return {
    tenant: { ...TENANT_ONE, id: tenantId, organizationId, status: tenant },
    user: { id: userId, status: user },
    membership: membership && { tenantId, userId, ...membership },
    organizationMembership: organizationMembership && { organizationId, userId, ...organizationMembership },
    operator,
    customRoles: customRoles.map((role) => ({ ...role, name: role.key })),
  }
}

/** What the columns of a thing's row hold. */
export function rowOf({ owner, visibility, tenant, shared }: Thing, names: Names) {
  return {
    owner_id: owner === null ? null : names.userId(owner),
    visibility,
    tenant_id: tenant && names.placeId(tenant),
    shared_tenant_id: shared && names.placeId(shared),
  }
}

/** What the host tells about a thing. */
export function resourceOf(thing: Thing, notified: readonly (keyof Thing)[], names: Names): ResourceAttributes {
  const { owner_id, visibility, tenant_id, shared_tenant_id } = rowOf(thing, names)
  const facts = {
    ...(notified.includes('owner') ? { ownerId: owner_id } : {}),
    ...(notified.includes('visibility') ? { visibility } : {}),
    ...(notified.includes('tenant') ? { tenantId: tenant_id } : {}),
    ...(notified.includes('shared') ? { sharedTenantId: shared_tenant_id } : {}),
  }
  // A column may hold what the type does not name.
  return facts as ResourceAttributes
}

/** All there is to ask in a scenario. What is asked about nothing in particular is asked once. */
export function casesOf({ people, things, questions }: Scenario): readonly Case[] {
  return people.flatMap((_, person) =>
    questions.flatMap(({ notified }, question) =>
      (notified === null ? things.slice(0, 1) : things).map((_, thing) => ({ person, thing, question })),
    ),
  )
}
