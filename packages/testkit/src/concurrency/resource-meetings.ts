import { byTenantOwner, giveAway } from './resource-scene.js'
import type { Scene } from './resource-scene.js'
import type { Call } from './race-case.js'

export interface Meeting {
  readonly id: string
  readonly name: string
  readonly against: (scene: Scene) => Call
  /** What the call that the case is about is refused with when the other came first. */
  readonly refusal: string
  /** What the other is refused with when it came second; `null` when it succeeds then, too. */
  readonly refusalOfOther: string | null
  /** Who owns the document in the end, and the tenant that sees it; `isFirst` says whether this call came first. */
  end(scene: Scene, isFirst: boolean): { readonly ownerId: string; readonly tenantId: string }
}

const backAtHome = ({ owner, home }: Scene) => ({ ownerId: owner.id, tenantId: home.id })
const left = ({ home }: Scene) => ({ ownerId: home.owner.id, tenantId: home.id })

/** Something ends the right to lend just as it is used. */
export const LENDINGS: readonly Meeting[] = [
  {
    id: 'lend-removed',
    name: 'is removed from the tenant it is lent to',
    against: ({ elsewhere, owner }) => ({
      ...byTenantOwner(elsewhere),
      useCase: 'members.remove',
      input: { userId: owner.id },
    }),
    refusal: 'tenant_not_found',
    refusalOfOther: null,
    end: backAtHome,
  },
  {
    id: 'lend-leave',
    name: 'leaves the tenant it is lent to',
    against: ({ elsewhere, owner }) => ({
      actor: { userId: owner.id },
      tenantId: elsewhere.id,
      useCase: 'members.leave',
    }),
    refusal: 'tenant_not_found',
    refusalOfOther: null,
    end: backAtHome,
  },
  {
    id: 'lend-removed-at-home',
    name: 'is removed from the tenant it comes from',
    against: ({ home, owner }) => ({ ...byTenantOwner(home), useCase: 'members.remove', input: { userId: owner.id } }),
    refusal: 'tenant_not_found',
    refusalOfOther: null,
    end: left,
  },
  {
    id: 'lend-demoted',
    name: 'loses the permission to make one there',
    against: ({ elsewhere, owner }) => ({
      ...byTenantOwner(elsewhere),
      useCase: 'members.changeRoles',
      input: { userId: owner.id, roles: ['viewer'] },
    }),
    refusal: 'forbidden',
    refusalOfOther: null,
    end: ({ owner, home, elsewhere }, isFirst) => ({ ownerId: owner.id, tenantId: (isFirst ? elsewhere : home).id }),
  },
  {
    id: 'lend-tenant-deleted',
    name: 'sees the tenant it is lent to deleted',
    against: ({ elsewhere }) => ({ ...byTenantOwner(elsewhere), useCase: 'delete' }),
    refusal: 'tenant_not_found',
    refusalOfOther: null,
    end: backAtHome,
  },
  {
    id: 'lend-give-away',
    name: 'gives it to a fellow member',
    against: giveAway,
    refusal: 'resource_not_found',
    refusalOfOther: 'resource_not_found',
    end: ({ owner, fellow, home, elsewhere }, isFirst) =>
      isFirst ? { ownerId: owner.id, tenantId: elsewhere.id } : { ownerId: fellow.id, tenantId: home.id },
  },
]

/** Somebody ceases to be one who may own it just as they are given it. */
export const HANDOVERS: readonly Meeting[] = [
  {
    id: 'give-removed',
    name: 'removed',
    against: ({ home, fellow }) => ({
      ...byTenantOwner(home),
      useCase: 'members.remove',
      input: { userId: fellow.id },
    }),
    refusal: 'member_not_found',
    refusalOfOther: null,
    end: (scene, isFirst) => (isFirst ? left(scene) : backAtHome(scene)),
  },
  {
    id: 'give-account-deleted',
    name: 'deleting the account',
    against: ({ fellow }) => ({ actor: { userId: fellow.id }, useCase: 'users.delete', input: {} }),
    refusal: 'member_not_found',
    refusalOfOther: null,
    end: (scene, isFirst) => (isFirst ? left(scene) : backAtHome(scene)),
  },
  {
    id: 'give-deactivated',
    name: 'deactivated',
    against: ({ home, fellow }) => ({
      ...byTenantOwner(home),
      useCase: 'members.deactivate',
      input: { userId: fellow.id },
    }),
    refusal: 'member_not_found',
    refusalOfOther: null,
    end: ({ home, owner, fellow }, isFirst) => ({ ownerId: (isFirst ? fellow : owner).id, tenantId: home.id }),
  },
]
