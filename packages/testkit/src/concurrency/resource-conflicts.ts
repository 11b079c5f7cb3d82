import { byTenantOwner, giveAway } from './resource-scene.js'
import type { Scene } from './resource-scene.js'
import type { Call } from './concurrency-case.js'

export interface ConflictCase {
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

const unshared = ({ owner, ownerTenant }: Scene) => ({ ownerId: owner.id, tenantId: ownerTenant.id })
const left = ({ ownerTenant }: Scene) => ({ ownerId: ownerTenant.owner.id, tenantId: ownerTenant.id })

/** Something ends the right to share just as it is used. */
export const SHARINGS: readonly ConflictCase[] = [
  {
    id: 'share-removed',
    name: 'is removed from the tenant it is shared to',
    against: ({ elsewhere, owner }) => ({
      ...byTenantOwner(elsewhere),
      useCase: 'members.remove',
      input: { userId: owner.id },
    }),
    refusal: 'tenant_not_found',
    refusalOfOther: null,
    end: unshared,
  },
  {
    id: 'share-leave',
    name: 'leaves the tenant it is shared to',
    against: ({ elsewhere, owner }) => ({
      actor: { userId: owner.id },
      tenantId: elsewhere.id,
      useCase: 'members.leave',
    }),
    refusal: 'tenant_not_found',
    refusalOfOther: null,
    end: unshared,
  },
  {
    id: 'share-removed-at-home',
    name: 'is removed from the tenant it comes from',
    against: ({ ownerTenant, owner }) => ({
      ...byTenantOwner(ownerTenant),
      useCase: 'members.remove',
      input: { userId: owner.id },
    }),
    refusal: 'tenant_not_found',
    refusalOfOther: null,
    end: left,
  },
  {
    id: 'share-demoted',
    name: 'loses the permission to make one there',
    against: ({ elsewhere, owner }) => ({
      ...byTenantOwner(elsewhere),
      useCase: 'members.setRoles',
      input: { userId: owner.id, roles: ['viewer'] },
    }),
    refusal: 'forbidden',
    refusalOfOther: null,
    end: ({ owner, ownerTenant, elsewhere }, isFirst) => ({
      ownerId: owner.id,
      tenantId: (isFirst ? elsewhere : ownerTenant).id,
    }),
  },
  {
    id: 'share-tenant-deleted',
    name: 'sees the tenant it is shared with deleted',
    against: ({ elsewhere }) => ({ ...byTenantOwner(elsewhere), useCase: 'delete' }),
    refusal: 'tenant_not_found',
    refusalOfOther: null,
    end: unshared,
  },
  {
    id: 'share-give-away',
    name: 'gives it to another member',
    against: giveAway,
    refusal: 'resource_not_found',
    refusalOfOther: 'resource_not_found',
    end: ({ owner, memberUser, ownerTenant, elsewhere }, isFirst) =>
      isFirst ? { ownerId: owner.id, tenantId: elsewhere.id } : { ownerId: memberUser.id, tenantId: ownerTenant.id },
  },
]

/** Somebody ceases to be one who may own it just as they are given it. */
export const HANDOVERS: readonly ConflictCase[] = [
  {
    id: 'give-removed',
    name: 'removed',
    against: ({ ownerTenant, memberUser }) => ({
      ...byTenantOwner(ownerTenant),
      useCase: 'members.remove',
      input: { userId: memberUser.id },
    }),
    refusal: 'member_not_found',
    refusalOfOther: null,
    end: (scene, isFirst) => (isFirst ? left(scene) : unshared(scene)),
  },
  {
    id: 'give-account-deleted',
    name: 'deleting the account',
    against: ({ memberUser }) => ({ actor: { userId: memberUser.id }, useCase: 'users.delete', input: {} }),
    refusal: 'member_not_found',
    refusalOfOther: null,
    end: (scene, isFirst) => (isFirst ? left(scene) : unshared(scene)),
  },
  {
    id: 'give-deactivated',
    name: 'deactivated',
    against: ({ ownerTenant, memberUser }) => ({
      ...byTenantOwner(ownerTenant),
      useCase: 'members.deactivate',
      input: { userId: memberUser.id },
    }),
    refusal: 'member_not_found',
    refusalOfOther: null,
    end: ({ ownerTenant, owner, memberUser }, isFirst) => ({
      ownerId: (isFirst ? memberUser : owner).id,
      tenantId: ownerTenant.id,
    }),
  },
]
