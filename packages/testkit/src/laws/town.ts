import { isTenancyError, memoryStorage, SYSTEM } from '@tenantry/core'
import type { DecisionFacts, Membership, Storage, Tenancy } from '@tenantry/core'
import type { Judged } from './judged.js'

/** Two tenants in memory and the people of a law, in the order of their names. The first of them owns both. */
export interface Town {
  readonly judged: Judged
  readonly storage: Storage
  readonly tenancy: Tenancy
  readonly people: readonly Person[]
  readonly here: string
  readonly elsewhere: string
}

export interface Person {
  readonly id: string
  readonly email: string
  readonly name: string
}

/** A person's place in a tenant at the beginning; `null` for none. */
export type Place = Pick<Membership, 'roles' | 'overrides' | 'active'> | null

export const NAMES = ['Ann', 'Bob', 'Cid', 'Dan', 'Eve'] as const

/** Puts everybody but the owner in their places, past all authority: whoever holds what, the laws must hold from there. */
export async function openTown(
  judged: Judged,
  places: { readonly here: readonly Place[]; readonly elsewhere: readonly Place[] },
): Promise<Town> {
  const storage = memoryStorage()
  const tenancy = judged.tenancyOn(storage)
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
  await storage.transaction({ tenants: [here, elsewhere] }, async ({ memberships }) => {
    for (const [at, { id: userId }] of people.slice(1).entries()) {
      for (const [tenantId, place] of [[here, places.here[at]] as const, [elsewhere, places.elsewhere[at]] as const]) {
        if (!place) continue
        await memberships.insert({ tenantId, userId, ...place, invitedBy: null, lastActiveAt: null, createdAt: 0 })
      }
    }
  })
  return { judged, storage, tenancy, people, here, elsewhere }
}

/** What one person tries to do to another. */
export interface Act {
  readonly actor: number
  readonly target: number
  readonly deed:
    | { readonly kind: 'assign' | 'invite'; readonly role: string }
    | { readonly kind: 'override'; readonly overrides: Readonly<Record<string, boolean | null>> }
    | { readonly kind: 'remove' | 'deactivate' | 'activate' }
}

/** Lets somebody try it. Answers whether it was done; a refusal is none. */
export async function perform({ tenancy, people, here }: Town, { actor, target, deed }: Act): Promise<boolean> {
  const [by, to] = [people[actor], people[target]]
  if (!by || !to) return false
  const { members } = tenancy.as({ userId: by.id }).in(here)
  const userId = to.id
  const attempt = async () => {
    switch (deed.kind) {
      case 'assign':
        return members.changeRole({ userId, role: deed.role })
      case 'invite': {
        const { link } = await members.invite({ email: to.email, role: deed.role })
        return tenancy.as({ userId }).invitations.accept({ token: link ?? '' })
      }
      case 'override':
        return members.setOverrides({ userId, overrides: deed.overrides })
      default:
        return members[deed.kind]({ userId })
    }
  }
  try {
    await attempt()
    return true
  } catch (error) {
    if (isTenancyError(error)) return false
    throw error
  }
}

/** An act as one would tell it, such as `Bob gives Cid the role "editor"`. */
export function tell({ people }: Town, { actor, target, deed }: Act): string {
  const [by, to] = [people[actor]?.name ?? '', people[target]?.name ?? '']
  switch (deed.kind) {
    case 'assign':
      return `${by} gives ${to} the role "${deed.role}"`
    case 'invite':
      return `${by} invites ${to} as "${deed.role}", who accepts`
    case 'override':
      return `${by} sets exceptions for ${to}: ${inWords(deed.overrides)}`
    default:
      return `${by} ${deed.kind}s ${to}`
  }
}

function inWords(overrides: Readonly<Record<string, boolean | null>>): string {
  const value = (one: boolean | null | undefined) => (one === null ? 'as the roles say' : one ? 'granted' : 'denied')
  return Object.keys(overrides)
    .map((name) => `${name} ${value(overrides[name])}`)
    .join(', ')
}

/** Where everybody stands in a tenant now; `null` for whoever is no member. */
export async function standings(
  { storage, people }: Town,
  tenantId: string,
): Promise<readonly (DecisionFacts | null)[]> {
  const facts = await Promise.all(people.map(({ id: userId }) => storage.read.access.find({ tenantId, userId })))
  return facts.map((one) => (one?.membership ? one : null))
}
