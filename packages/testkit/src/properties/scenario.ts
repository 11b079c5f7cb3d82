import { isTenancyError, memoryStorage, SYSTEM } from '@tenantry/core'
import type { AuthorizationInput, Membership, Storage, Tenancy, Transaction } from '@tenantry/core'
import type { PolicyUnderTest } from './policy-under-test.js'
import { AUTHORITY } from './authority.js'

/** Two tenants in memory and the people of a law, in the order of their names. The first of them owns both. */
export interface Scenario {
  readonly underTest: PolicyUnderTest
  readonly storage: Storage
  readonly tenancy: Tenancy
  readonly people: readonly Person[]
  readonly here: string
  readonly elsewhere: string
  /** The places in which everybody is, while nothing was done since. */
  resolved: Places | null
}

interface Places {
  readonly here: readonly Place[]
  readonly elsewhere: readonly Place[]
}

interface Person {
  readonly id: string
  readonly email: string
  readonly name: string
}

/** A person's place in a tenant at the beginning; `null` for none. */
export type Place = Pick<Membership, 'roles' | 'overrides' | 'active'> | null

/** The keys of the roles that either tenant made for itself. They hold nothing at the beginning. */
export const CUSTOM_ROLES = ['own_one', 'own_two'] as const

export const NAMES = ['Ann', 'Bob', 'Cid', 'Dan', 'Eve'] as const

/** A scenario in which everybody but the owner is nowhere yet. */
export async function createScenario(underTest: PolicyUnderTest): Promise<Scenario> {
  const storage = memoryStorage()
  const tenancy = underTest.tenancyOn(storage)
  await tenancy.migrate()
  const people: Person[] = []
  for (const name of NAMES) {
    const email = `${name.toLowerCase()}@example.com`
    const { id } = await tenancy.as(SYSTEM).users.create({ email, name, emailVerified: true })
    people.push({ id, email, name })
  }
  const tenants = tenancy.as({ userId: people[0]?.id ?? '' }).tenants
  const here = (await tenants.create({ name: 'Here' })).id
  const elsewhere = (await tenants.create({ name: 'Elsewhere' })).id
  return { underTest, storage, tenancy, people, here, elsewhere, resolved: null }
}

/**
 * Puts everybody but the owner in their places, past all authority: whoever holds what, the laws must hold from there. What
 * was done before is undone, which is much faster than another scenario.
 */
export async function settleTown(scenario: Scenario, places: Places): Promise<void> {
  const { storage, people, here, elsewhere, resolved } = scenario
  if (resolved?.here === places.here && resolved.elsewhere === places.elsewhere) return
  const all = [
    [here, [OWNER, ...places.here]],
    [elsewhere, [OWNER, ...places.elsewhere]],
  ] as const
  await storage.transaction({ tenants: [here, elsewhere] }, async (tx) => {
    for (const { id } of people) await tx.formerMembers.deleteByUser(id)
    for (const [tenantId, placed] of all) {
      await forgetTenant(tx, tenantId)
      for (const key of CUSTOM_ROLES)
        await tx.roles.insert({ tenantId, key, name: key, rank: 5, permissions: [], createdAt: 0 })
      for (const [at, { id: userId }] of people.entries()) {
        const place = placed[at]
        const unused = { invitedBy: null, lastActiveAt: null, metadata: null, createdAt: 0 }
        if (place) await tx.memberships.insert({ tenantId, userId, ...place, ...unused })
      }
    }
  })
  scenario.resolved = places
}

const OWNER: Place = { roles: ['owner'], overrides: {}, active: true }
const EVERY = { page: { limit: 1000 } } as const

async function forgetTenant({ memberships, roles, invitations }: Transaction, tenantId: string): Promise<void> {
  for (const { userId } of await memberships.list({ tenantId, ...EVERY }))
    await memberships.delete({ tenantId, userId })
  for (const { key } of await roles.list(tenantId)) await roles.delete({ tenantId, key })
  for (const { id } of await invitations.list({ tenantId, status: 'pending', ...EVERY }))
    await invitations.resolve({ tenantId, id, status: 'revoked', at: 0 })
}

/** What one person tries to do to another, by their places among those who come into question. */
export interface Act {
  readonly actor: number
  readonly target: number
  /** Whether to choose among those who may give something, and among those it can be done to; else among all. */
  readonly apt: boolean
  readonly action:
    | { readonly kind: 'assign'; readonly roles: readonly string[] }
    | { readonly kind: 'invite' | 'add'; readonly role: string }
    | { readonly kind: 'change'; readonly roles: Readonly<Record<string, boolean>> }
    | {
        readonly kind: 'rewrite'
        readonly role: string
        readonly permissions: readonly string[]
        readonly rank: number
      }
    | { readonly kind: 'override'; readonly overrides: Readonly<Record<string, boolean | null>> }
    | { readonly kind: 'remove' | 'deactivate' | 'activate' | 'lift' }
}

/** Where everybody stands in a tenant, in the order of the people; `null` for whoever is no member. */
export type TenantAccesses = readonly (AuthorizationInput | null)[]

/** Lets somebody try it. Answers what was done, in words, and by whom; `null` when it was refused. */
export async function perform(
  scenario: Scenario,
  { actor, target, apt, action }: Act,
  tenantAccesses: TenantAccesses,
): Promise<{ readonly notified: string; readonly by: number } | null> {
  const { underTest, tenancy, people, here, resolved } = scenario
  const isAble = (_: Person, at: number) => {
    const access = tenantAccesses[at] && underTest.createAccess(tenantAccesses[at])
    return AUTHORITY.some((permission) => access?.can(permission))
  }
  const isMeant = (_: Person, at: number) =>
    (tenantAccesses[at] === null) === (action.kind === 'invite' || action.kind === 'add')
  const by = pick(apt ? people.filter(isAble) : people, actor)
  const to = pick(apt ? people.filter(isMeant) : people, target)
  if (!by || !to) return null
  const { members, roles } = tenancy.as({ userId: by.id }).in(here)
  const userId = to.id
  const attempt = async () => {
    switch (action.kind) {
      case 'assign':
        await members.setRoles({ userId, roles: [...action.roles] })
        return `gives ${to.name} the role ${action.roles.map((role) => `"${role}"`).join(' and ')}`
      case 'change':
        await members.update({ userId, roles: action.roles })
        return `changes the roles of ${to.name}: ${inWords(action.roles, 'given', 'taken')}`
      case 'add':
        await members.add({ email: to.email, role: action.role })
        return `adds ${to.name} as "${action.role}"`
      case 'invite': {
        const { link } = await members.invite({ email: to.email, role: action.role })
        await tenancy.as({ userId }).invitations.accept({ token: link ?? '' })
        return `invites ${to.name} as "${action.role}", who accepts`
      }
      case 'rewrite': {
        const { role: key, rank, permissions } = action
        await roles.update({ key, rank, permissions })
        return `rewrites the role "${key}" to rank ${rank}, holding ${permissions.join(', ') || 'nothing'}`
      }
      case 'override':
        await members.setOverrides({ userId, overrides: action.overrides })
        return `sets exceptions for ${to.name}: ${inWords(action.overrides, 'granted', 'denied')}`
      case 'lift': {
        const exceptions = Object.keys(tenantAccesses[people.indexOf(to)]?.membership?.overrides ?? {})
        await members.setOverrides({ userId, overrides: Object.fromEntries(exceptions.map((name) => [name, null])) })
        return `takes back every exception of ${to.name}: ${exceptions.join(', ')}`
      }
      default:
        await members[action.kind]({ userId })
        return `${action.kind}s ${to.name}`
    }
  }
  scenario.resolved = null
  try {
    return { notified: `${by.name} ${await attempt()}`, by: people.indexOf(by) }
  } catch (error) {
    if (!isTenancyError(error)) throw error
    // An invitation may stay behind that nobody could accept.
    if (action.kind !== 'invite') scenario.resolved = resolved
    return null
  }
}

function pick(people: readonly Person[], at: number): Person | undefined {
  return people[at % people.length]
}

function inWords(changes: Readonly<Record<string, boolean | null>>, yes: string, no: string): string {
  return Object.entries(changes)
    .map(([name, value]) => `${name} ${value === null ? 'as the roles say' : value ? yes : no}`)
    .join(', ')
}

export async function accessesIn({ storage, people }: Scenario, tenantId: string): Promise<TenantAccesses> {
  const facts = await Promise.all(people.map(({ id: userId }) => storage.read.access.find({ tenantId, userId })))
  return facts.map((one) => (one?.membership ? one : null))
}
