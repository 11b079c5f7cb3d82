import fc from 'fast-check'
import { invitationsOf, isOpen, membersOf, tenantOf } from './model.js'
import type { Model, ModelInvitation, ModelTenant } from './model.js'

/** Every person a run may meet, by address; the first six have accounts from the start. */
export const PEOPLE = ['ann', 'bob', 'cem', 'dia', 'eve', 'fay', 'gus', 'hal'] as const
export const WITH_ACCOUNTS = 6

export const addressOf = (name: string) => `${name}@example.com`

export const number = fc.nat({ max: 99 })

/** Whoever a pick means. Most often somebody with a right to try, now and then anybody. */
const who = fc.record({
  as: fc.constantFrom('owner', 'owner', 'owner', 'member', 'member', 'member', 'anyone'),
  at: number,
})
export type Who = typeof who extends fc.Arbitrary<infer Value> ? Value : never

/** An address, sometimes written in capitals, which is the same address. */
export const address = fc
  .tuple(fc.constantFrom(...PEOPLE), fc.constantFrom(false, false, true))
  .map(([name, isLoud]) => (isLoud ? `${name.toUpperCase()}@Example.com` : addressOf(name)))

/** The keys that tenants give to custom roles. */
export const CUSTOM_ROLES = ['clerk', 'lead', 'clerk_2'] as const

/** A role to give: mostly a real one. */
export const role = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom('admin', 'manager', 'editor', 'librarian', 'member', 'viewer') },
  { weight: 4, arbitrary: fc.constantFrom(...CUSTOM_ROLES) },
  { weight: 1, arbitrary: fc.constantFrom('owner', 'king', 'Admin', '__proto__') },
)

export function pick<Item>(items: readonly Item[], at: number): Item | null {
  return items[at % Math.max(1, items.length)] ?? null
}

/** A tenant: every other time the first, in which most happens; now and then one that was deleted or never was. */
function pickTenant(model: Model, at: number): Pick<ModelTenant, 'id'> | null {
  if (at === 99) return { id: 'no-such-tenant' }
  if (at % 2 === 0 && model.tenants[0]?.status === 'active') return model.tenants[0]
  const living = model.tenants.filter(({ status }) => status !== 'deleted')
  return pick(at % 10 === 9 ? model.tenants : living, at >> 1)
}

/** The id of whoever acts in a tenant. */
export function pickActor(model: Model, tenantId: string, { as, at }: Who): string | null {
  if (as === 'owner') return tenantOf(model, tenantId)?.ownerId ?? pick(model.users, at)?.id ?? null
  if (as === 'member') return pickMember(model, { tenantId }, at)
  return pick(model.users, at)?.id ?? null
}

/** Somebody acting in a tenant. */
export const acting = fc.record({ tenant: number, who })
export type ActingPicks = typeof acting extends fc.Arbitrary<infer Value> ? Value : never

export interface Acting {
  readonly actorId: string
  readonly tenantId: string
}

export function pickActing(model: Model, picks: ActingPicks): Acting | null {
  const tenantId = pickTenant(model, picks.tenant)?.id
  const actorId = tenantId === undefined ? null : pickActor(model, tenantId, picks.who)
  return tenantId === undefined || actorId === null ? null : { actorId, tenantId }
}

/** A member's id, mostly not the actor's own; one pick in eight means somebody who may be no member. */
export function pickMember(model: Model, { tenantId, actorId }: Partial<Acting>, at: number): string | null {
  const members = membersOf(model, tenantId ?? '')
  const others = members.filter(({ userId }) => userId !== actorId)
  const member = at % 8 === 7 ? null : pick(at % 8 === 6 ? members : others, at >> 3)
  return member?.userId ?? pick(model.users, at)?.id ?? null
}

/** An invitation: of this tenant, mostly; of another one, or resolved, now and then. */
export function pickInvitation(model: Model, tenantId: string, at: number): ModelInvitation | null {
  if (at % 8 === 7) return pick(model.invitations, at)
  const own = invitationsOf(model, tenantId)
  const open = own.filter((invitation) => isOpen(invitation, model.now))
  return pick(at % 4 === 3 || open.length === 0 ? own : open, at)
}

/** A token somebody holds: mostly of an open invitation, now and then one that was replaced or used. */
export function pickInvitationToken(model: Model, at: number): string | null {
  if (at === 99) return 'no-such-token'
  const open = model.invitations
    .filter((invitation) => isOpen(invitation, model.now))
    .flatMap(({ token, emailedToken }) => [emailedToken, token])
  return pick(at % 6 === 5 || open.length === 0 ? model.invitationTokens : open, at)
}
