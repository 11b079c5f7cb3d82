import { randomUUID } from 'node:crypto'
import { SYSTEM } from '@tenantry/core'
import type { ConcurrencyHarness } from './concurrency-case.js'
import { RIGHT_CODE } from './concurrency-tenancy.js'
import type { RaceLimits } from './concurrency-tenancy.js'

/** What races begin with. Every name is new, so that races on one database do not meet. */

export interface Person {
  readonly id: string
  readonly email: string
}

export const newAddress = () => `${randomUUID()}@example.com`

/** An account with a proven address; with a limit, one that may be in so many tenants only. */
export async function somebody({ tenancy }: ConcurrencyHarness, limit?: number): Promise<Person> {
  const name = limit === undefined ? 'Somebody' : `At most ${limit} tenants`
  const { id, email } = await tenancy.as(SYSTEM).users.create({ email: newAddress(), emailVerified: true, name })
  return { id, email }
}

export function people(harness: ConcurrencyHarness, count: number): Promise<readonly Person[]> {
  return Promise.all(Array.from({ length: count }, () => somebody(harness)))
}

/** A tenant of somebody new, with limits when given. */
export async function someTenant(
  harness: ConcurrencyHarness,
  limits: RaceLimits = {},
): Promise<{ readonly id: string; readonly owner: Person }> {
  const owner = await somebody(harness)
  const tenants = harness.tenancy.as({ userId: owner.id }).tenants
  return { id: (await tenants.create({ name: 'A place to race', description: JSON.stringify(limits) })).id, owner }
}

/** Invites one address and answers what only its owner should know, and the invitation's id. */
export async function invited(
  { tenancy }: ConcurrencyHarness,
  { id, owner }: { readonly id: string; readonly owner: Person },
  email: string,
  { role = 'member', by = owner }: { readonly role?: string; readonly by?: Person } = {},
): Promise<{ readonly token: string; readonly invitationId: string }> {
  const { invitation, link } = await tenancy.as({ userId: by.id }).in(id).members.invite({ email, role })
  return { token: tokenIn(link), invitationId: invitation.id }
}

/** A new member of the tenant. */
export async function memberOf(
  harness: ConcurrencyHarness,
  tenant: { readonly id: string; readonly owner: Person },
  role = 'member',
): Promise<Person> {
  const person = await somebody(harness)
  await admitted(harness, tenant, person, role)
  return person
}

/** Makes somebody a member of the tenant. */
export async function admitted(
  harness: ConcurrencyHarness,
  tenant: { readonly id: string; readonly owner: Person },
  person: Person,
  role: string,
): Promise<void> {
  const { token } = await invited(harness, tenant, person.email, { role })
  await harness.tenancy.as({ userId: person.id }).invitations.accept({ token })
}

/** The token of a transfer whose code was mailed and not given yet. */
export async function startedTransfer(
  { tenancy }: ConcurrencyHarness,
  tenant: { readonly id: string; readonly owner: Person },
) {
  return (await tenancy.as({ userId: tenant.owner.id }).in(tenant.id).ownership.start()).token
}

/** The token that completes a transfer. */
export async function verifiedTransfer(
  harness: ConcurrencyHarness,
  tenant: { readonly id: string; readonly owner: Person },
) {
  const token = await startedTransfer(harness, tenant)
  const { ownership } = harness.tenancy.as({ userId: tenant.owner.id }).in(tenant.id)
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
