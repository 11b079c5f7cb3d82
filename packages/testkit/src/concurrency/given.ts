import { randomUUID } from 'node:crypto'
import { SYSTEM } from '@tenantry/core'
import type { Arena } from './race-case.js'
import { RIGHT_CODE } from './race-tenancy.js'
import type { RaceLimits } from './race-tenancy.js'

/** What races begin with. Every name is new, so that races on one database do not meet. */

export interface Person {
  readonly id: string
  readonly email: string
}

export const newAddress = () => `${randomUUID()}@example.com`

/** An account with a proven address; with a limit, one that may be in so many tenants only. */
export async function somebody({ tenancy }: Arena, limit?: number): Promise<Person> {
  const name = limit === undefined ? 'Somebody' : `At most ${limit} tenants`
  const { id, email } = await tenancy.as(SYSTEM).users.create({ email: newAddress(), emailVerified: true, name })
  return { id, email }
}

export function people(arena: Arena, count: number): Promise<readonly Person[]> {
  return Promise.all(Array.from({ length: count }, () => somebody(arena)))
}

/** A tenant of somebody new, with limits when given. */
export async function someTenant(
  arena: Arena,
  limits: RaceLimits = {},
): Promise<{ readonly id: string; readonly owner: Person }> {
  const owner = await somebody(arena)
  const tenants = arena.tenancy.as({ userId: owner.id }).tenants
  return { id: (await tenants.create({ name: 'A place to race', description: JSON.stringify(limits) })).id, owner }
}

/** Invites one address and answers what only its owner should know, and the invitation's id. */
export async function invited(
  { tenancy }: Arena,
  { id, owner }: { readonly id: string; readonly owner: Person },
  email: string,
  { role = 'member', by = owner }: { readonly role?: string; readonly by?: Person } = {},
): Promise<{ readonly token: string; readonly invitationId: string }> {
  const { invitation, link } = await tenancy.as({ userId: by.id }).in(id).members.invite({ email, role })
  return { token: tokenIn(link), invitationId: invitation.id }
}

/** A new member of the tenant. */
export async function memberOf(
  arena: Arena,
  tenant: { readonly id: string; readonly owner: Person },
  role = 'member',
): Promise<Person> {
  const person = await somebody(arena)
  await admitted(arena, tenant, person, role)
  return person
}

/** Makes somebody a member of the tenant. */
export async function admitted(
  arena: Arena,
  tenant: { readonly id: string; readonly owner: Person },
  person: Person,
  role: string,
): Promise<void> {
  const { token } = await invited(arena, tenant, person.email, { role })
  await arena.tenancy.as({ userId: person.id }).invitations.accept({ token })
}

/** The token of a transfer whose code was mailed and not given yet. */
export async function startedTransfer({ tenancy }: Arena, tenant: { readonly id: string; readonly owner: Person }) {
  return (await tenancy.as({ userId: tenant.owner.id }).in(tenant.id).ownership.start()).token
}

/** The token that completes a transfer. */
export async function verifiedTransfer(arena: Arena, tenant: { readonly id: string; readonly owner: Person }) {
  const token = await startedTransfer(arena, tenant)
  const { ownership } = arena.tenancy.as({ userId: tenant.owner.id }).in(tenant.id)
  return (await ownership.verify({ token, code: RIGHT_CODE })).token
}

export function tokenIn(link: string | null): string {
  const token = link?.split('token=')[1]
  if (token === undefined) throw new Error('An invitation came without its link.')
  return token
}

export async function times<Item>(count: number, make: (at: number) => Promise<Item>): Promise<readonly Item[]> {
  return Promise.all(Array.from({ length: count }, (_, at) => make(at)))
}
